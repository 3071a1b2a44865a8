import { Details, Notices } from './appointment/details.tsx'
import { DeviceCheckLine } from './appointment/device-check.tsx'
import { Join } from './appointment/join.tsx'
import type { AppointmentModel, Caution } from './appointment/model.ts'
import { Freshness, State, stateSentence, WaitingBanner } from './appointment/state.tsx'
import { appointmentStyles } from './appointment/styles.ts'
import { clinicianDocument } from './layout/clinician-document.tsx'
import { MessageBar } from './layout/components/message-bar.tsx'
import { ReloadLink } from './layout/components/reload-link.tsx'
import type { Rendered } from './layout/document.ts'
import { liveRefresh } from './layout/live-refresh.ts'

export type {
  AppointmentFacts,
  AppointmentModel,
  Caution,
  DeviceLine,
  JoinWay,
  NoticeLine,
  VisitKind,
  VisitState,
} from './appointment/model.ts'

const CAUTIONS: Record<Caution, { title: string; words: string }> = {
  cancelled: {
    title: 'This appointment is cancelled in the EHR',
    words: 'The patient’s link says so too.',
  },
  not_video: {
    title: 'This is not a video appointment',
    words: 'The EHR does not mark it as a video visit, so the patient has no link from us.',
  },
  another_day: {
    title: 'This appointment is on another day',
    words: 'Check that you opened the right one.',
  },
}

/** What the live script compares: any of it differing changes the page in place. */
function sign({ visit, deviceCheck, notices }: AppointmentModel): string {
  return JSON.stringify([
    visit.kind,
    visit.since,
    deviceCheck,
    notices.map(({ kind, status, at }) => [kind, status, at]),
  ])
}

/**
 * The clinician's page of one visit: whom and when at a glance, Join, where the patient is, what was sent. Further
 * actions (send the link, running late, guests) get a card each in the first column.
 */
export function appointmentPage(model: AppointmentModel): Rendered {
  const { start, patientInitials, durationMinutes } = model.appointment
  const waiting = model.visit.kind === 'waiting'
  const caution = model.caution === undefined ? undefined : CAUTIONS[model.caution]
  const live = model.refreshSeconds !== undefined
  return clinicianDocument({
    title: waiting ? 'Patient waiting' : 'Video visit',
    styles: appointmentStyles,
    ...(live ? { scripts: [liveRefresh] } : {}),
    children: (
      <div data-refresh={live ? String(model.refreshSeconds) : undefined}>
        <p class="sr-only" id="announce" role="status" />
        <div class="who">
          <span class="avatar" aria-hidden="true">
            {patientInitials.replaceAll(/[.\s]/g, '')}
          </span>
          <div>
            <h1>
              Patient {patientInitials.replaceAll(' ', '\u00a0')}, <span class="nums">{start.time}</span>
            </h1>
            <p>
              {start.date}
              {durationMinutes === undefined ? '' : ` · ${durationMinutes} minutes`} · {start.zone}
            </p>
          </div>
        </div>
        <div class="stack">
          {caution === undefined ? null : (
            <MessageBar tone="warning" title={caution.title}>
              <p>{caution.words}</p>
            </MessageBar>
          )}
          <div data-stale hidden>
            <MessageBar tone="warning" title="Live updates have stopped">
              <p>
                What you see may be old. <ReloadLink>Reload the page</ReloadLink>, or open the appointment
                again from the EHR.
              </p>
            </MessageBar>
          </div>
          <div class="columns">
            <div class="stack">
              <section class="card joining" aria-labelledby="visit-heading">
                <h2 id="visit-heading">Video visit</h2>
                <div
                  class="now"
                  id="state"
                  data-live
                  data-sign={sign(model)}
                  data-announce={stateSentence(model.visit)}
                >
                  <WaitingBanner visit={model.visit} />
                  {waiting ? null : <State visit={model.visit} />}
                  <DeviceCheckLine check={model.deviceCheck} />
                </div>
                <Freshness model={model} />
                <Join model={model} />
                <p class="small card-foot">
                  Meeting chat is not a legal medical record. Copy what matters into the chart yourself.
                </p>
              </section>
              <div id="notices" data-live data-sign={sign(model)}>
                <Notices notices={model.notices} />
              </div>
            </div>
            <Details appointment={model.appointment} />
          </div>
        </div>
      </div>
    ),
  })
}

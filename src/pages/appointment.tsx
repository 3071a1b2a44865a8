import { openAtOnce } from './appointment/at-once.ts'
import { Details } from './appointment/details.tsx'
import { Join } from './appointment/join.tsx'
import { RunningLate } from './appointment/late.tsx'
import { LiveChange, LiveLinks, LiveNotices, LiveState, liveTitle } from './appointment/live.tsx'
import type { AppointmentModel, Caution } from './appointment/model.ts'
import { SendLink } from './appointment/send-link.tsx'
import { Freshness } from './appointment/state.tsx'
import { appointmentStyles } from './appointment/styles.ts'
import { Unread } from './appointment/unread.tsx'
import { clinicianDocument } from './layout/clinician-document.tsx'
import { ButtonLink } from './layout/components/button.tsx'
import { MessageBar } from './layout/components/message-bar.tsx'
import { ReloadLink } from './layout/components/reload-link.tsx'
import type { Rendered } from './layout/document.ts'
import { liveRefresh } from './layout/live-refresh.ts'

export type {
  AppointmentFacts,
  AppointmentModel,
  Caution,
  DeviceLine,
  Flash,
  JoinWay,
  NoticeLine,
  UnreadModel,
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

/**
 * The clinician's page of one visit: whom and when at a glance, Join, where the patient is, what was sent; then sending the
 * link, running late, and the way to a colleague.
 */
export function appointmentPage(model: AppointmentModel): Rendered {
  const { start, patientInitials, durationMinutes } = model.appointment
  const fields = { ...model.fields, csrf: model.csrf }
  const caution = model.caution === undefined ? undefined : CAUTIONS[model.caution]
  const live = model.refreshSeconds !== undefined
  return clinicianDocument({
    title: liveTitle(model, 'Video visit'),
    styles: appointmentStyles,
    ...(live ? { scripts: model.join?.atOnce ? [liveRefresh, openAtOnce] : [liveRefresh] } : {}),
    children: (
      <div
        data-refresh={live ? String(model.refreshSeconds) : undefined}
        data-look={live ? model.lookUrl : undefined}
      >
        <p class="sr-only" id="announce" role="status" />
        <div class="who">
          <span class="avatar" aria-hidden="true">
            {patientInitials.replaceAll(/[.\s]/g, '') || '?'}
          </span>
          <div>
            <h1>
              {patientInitials === ''
                ? 'Video visit'
                : `Patient ${patientInitials.replaceAll(' ', '\u00a0')}`}
              , <span class="nums">{start.time}</span>
            </h1>
            <p>
              {start.date}
              {durationMinutes === undefined ? '' : ` · ${durationMinutes} minutes`} · {start.zone}
            </p>
          </div>
        </div>
        <div class="stack">
          {model.flash === undefined ? null : (
            <MessageBar tone={model.flash.tone} role="status">
              <p>{model.flash.words}</p>
            </MessageBar>
          )}
          <Unread unread={model.unread ?? []} />
          <LiveChange model={model} />
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
                <LiveState model={model} />
                <Freshness model={model} />
                <Join model={model} />
                <p class="small card-foot">
                  Meeting chat is not a legal medical record. Copy what matters into the chart yourself.
                </p>
              </section>
              {model.sendLink === undefined ? null : <SendLink model={model.sendLink} fields={fields} />}
              <LiveLinks model={model} />
              {model.late === undefined ? null : (
                <RunningLate model={model.late} texts={model.lateTexts} fields={fields} />
              )}
              <LiveNotices model={model} />
            </div>
            <div class="stack">
              <Details appointment={model.appointment} />
              <Ways model={model} />
            </div>
          </div>
        </div>
      </div>
    ),
  })
}

/** Where else a clinician may want to go from here. */
const Ways = ({ model: { consultUrl, boardUrl } }: { model: AppointmentModel }) =>
  consultUrl === undefined && boardUrl === undefined ? null : (
    <div class="actions">
      {boardUrl === undefined ? null : <ButtonLink href={boardUrl}>Today’s video visits</ButtonLink>}
      {consultUrl === undefined ? null : <ButtonLink href={consultUrl}>Consult a colleague</ButtonLink>}
    </div>
  )

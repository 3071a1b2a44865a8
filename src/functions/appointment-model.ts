import { factsOf, sealLook } from '../core/launches/look.ts'
import { LATE_MINUTES } from '../core/launches/running-late.ts'
import { launchPath } from '../core/launches/session.ts'
import { isSameDay } from '../core/launches/site-day.ts'
import { readNoticesOfVisit } from '../core/messaging/read-notices.ts'
import { lateMinutes } from '../core/visits/late.ts'
import type { SendLinkModel } from '../pages/appointment/links-model.ts'
import type { AppointmentModel, Flash } from '../pages/appointment.tsx'
import { localStart } from '../pages/words/local-start.ts'
import { hasJoined, joinChoice } from './join.ts'
import { lateTexts, lateWith } from './late-texts.ts'
import { clinicianTime, liveModel } from './live-model.ts'
import type { OpenedVisit } from './open-call.ts'
import { sendLinkModel } from './send-link-model.ts'
import type { LaunchCall } from './session.ts'
import { unreadModels } from './unread-model.ts'

const MINUTE = 60_000

export type Given = {
  readonly choice: string | undefined
  readonly flash?: Flash | undefined
  readonly refused?: Pick<SendLinkModel, 'given' | 'problem'> | undefined
}

/** The clinician's page as plain data: everything in it was read just now. */
export async function appointmentModel(
  call: LaunchCall,
  opened: OpenedVisit,
  { choice, flash, refused }: Given,
): Promise<AppointmentModel> {
  const { app, session, csrf } = call
  const { site, appointment, patient, visit, account, meeting } = opened
  // Without the EHR, what our own row last knew.
  const start = appointment?.start ?? new Date(visit.row.start)
  const base = launchPath(session.launchId)
  const fields: Record<string, string> = choice === undefined ? {} : { choice }
  const notices = await readNoticesOfVisit(app.store.tables.visits, visit)
  const facts = factsOf(visit)
  const isToday = isSameDay(start, app.now(), site.timeZone)
  const participants = appointment?.participants ?? []
  const location = participants.find(({ kind }) => kind === 'Location')
  const late = await lateWith(call, opened)
  const look = sealLook(app.keys.session, session, {
    visitKeys: [visit.visitKey],
    facts,
    ...(late && !late.onlyThis ? { late: late.visits.map(({ visitKey }) => visitKey) } : {}),
  })
  const time = clinicianTime(site.timeZone)
  const { practitionerId } = session.ehrUser
  const join = (more: Record<string, string>) =>
    ({ method: 'post', action: `${base}/join`, fields: { ...fields, ...more } }) as const
  return {
    ...liveModel(call, visit, notices, { site, facts, fields }),
    appointment: {
      start: localStart(start, site.timeZone, 'en-US'),
      durationMinutes: appointment?.minutes ?? visit.row.minutes,
      patientInitials: patient?.initials ?? '',
      serviceType: appointment?.serviceType,
      locationName: location?.display,
      // Oracle Health may name a participant, a clinician or a place, without saying what they are. It is nobody of the
      // patient's where the patient is told apart.
      participants: participants.flatMap(({ kind, display }) =>
        kind === 'Location' ? [] : kind !== 'Other' ? kind : appointment?.patientId ? (display ?? []) : [],
      ),
      status: appointment?.status,
    },
    unread: unreadModels(opened),
    ...(isToday ? {} : { caution: 'another_day' as const }),
    asOf: localStart(app.now(), site.timeZone, 'en-US').time,
    // Also where the meeting could not be made: Join tries again, and says what is wrong where it is still so.
    join: {
      app: join({ way: 'app' }),
      browser: join({ way: 'browser' }),
      staff: join({ way: 'browser', as: 'staff' }),
      chosen: joinChoice(call.cookies),
      atOnce: meeting.ok && isToday && opensAtOnce(call, opened),
    },
    otherClinician:
      practitionerId !== undefined &&
      appointment !== undefined &&
      appointment.practitionerIds.length > 0 &&
      !appointment.practitionerIds.includes(practitionerId),
    flash,
    sendLink: sendLinkModel(call, opened, refused),
    // Who else is ahead today only the EHR knows; what was said before is shown without it too.
    late:
      appointment || lateMinutes(visit.row) > 0
        ? {
            ...(appointment ? { action: `${base}/late` } : {}),
            minutes: lateMinutes(visit.row),
            choices: LATE_MINUTES.filter((minutes) => minutes > 0),
          }
        : undefined,
    lateTexts: await lateTexts(app, { visit, notices }, late, time),
    consultUrl: `${base}/consult`,
    ...(session.context.kind === 'none' ? { boardUrl: `${base}/board` } : {}),
    joinedAs: account.upn,
    csrf,
    notYouAction: `${base}/forget`,
    lookUrl: `${base}/look?at=${look}${choice === undefined ? '' : `&choice=${choice}`}`,
  }
}

/**
 * Where the site wants it: once a launch, when the visit is at hand, and not for those who join in the browser; nor
 * while the page asks to look into the chart first.
 */
function opensAtOnce({ app, cookies }: LaunchCall, { site, appointment, unread }: OpenedVisit): boolean {
  if (!appointment || unread) return false
  const until = appointment.start.getTime() - app.now().getTime()
  const atHand =
    until <= app.settings.VISIT_OPENS_MINUTES * MINUTE && until >= -(appointment.minutes + 60) * MINUTE
  return site.openTeamsAtOnce && atHand && !hasJoined(cookies) && joinChoice(cookies) !== 'browser'
}

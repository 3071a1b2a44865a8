import type { App } from '../core/app.ts'
import type { Opened } from '../core/launches/open-visit.ts'
import { patientPlace, rosterOf } from '../core/meetings/roster/roster.ts'
import { readNoticesOfVisit, type VisitNotice } from '../core/messaging/read-notices.ts'
import type { VisitRow } from '../core/store/rows.ts'
import { DEVICE_PARTS, readDeviceCheck } from '../core/visits/device-check.ts'
import { noticeWords } from '../pages/appointment/notice-words.ts'
import type { AppointmentModel, DeviceLine, VisitState } from '../pages/appointment.tsx'
import { localStart } from '../pages/words/local-start.ts'

type Visible = Extract<Opened, { kind: 'visit' }>

/** The clinician's page as plain data: everything in it was read just now. */
export async function appointmentModel(
  app: App,
  { site, appointment, patient, visit, account }: Visible,
  { csrf, base, choice }: { csrf: string; base: string; choice: string | undefined },
): Promise<AppointmentModel> {
  const notices = await readNoticesOfVisit(app.store.tables.visits, visit)
  const time = (iso: string) => localStart(new Date(iso), site.timeZone, 'en-US').time
  const isToday = day(appointment.start, site.timeZone) === day(app.now(), site.timeZone)
  const location = appointment.participants.find(({ kind }) => kind === 'Location')
  return {
    appointment: {
      start: localStart(appointment.start, site.timeZone, 'en-US'),
      durationMinutes: appointment.minutes,
      patientInitials: patient?.initials ?? '',
      serviceType: appointment.serviceType,
      locationName: location?.display,
      participants: appointment.participants
        .map(({ kind }) => kind)
        .filter((kind) => kind !== 'Location' && kind !== 'Other'),
      status: appointment.status,
    },
    ...(isToday ? {} : { caution: 'another_day' as const }),
    visit: stateOf(visit.row, time),
    deviceCheck: deviceLine(visit.row, time),
    asOf: time(app.now().toISOString()),
    notices: notices.filter(isWorthALine).map((notice) => line(notice, time)),
    // Also where the meeting could not be made: Join tries again, and says what is wrong where it is still so.
    join: {
      app: {
        method: 'post',
        action: `${base}/join`,
        fields: choice === undefined ? {} : { choice },
      },
    },
    joinedAs: account.upn,
    csrf,
    notYouAction: `${base}/forget`,
    refreshSeconds: 5,
  }
}

/**
 * Where the patient is: what Teams told counts first, then our own page's signals. Pressing Join there says that they
 * are on their way, not that they wait.
 */
function stateOf(row: VisitRow, time: (iso: string) => string): VisitState {
  const place = patientPlace(rosterOf(row))
  if (place) return { kind: place.kind, since: time(place.since) }
  if (row.patientWaitingSince) return { kind: 'on_the_way', since: time(row.patientWaitingSince) }
  return row.patientSeenAt ? { kind: 'link_opened', since: time(row.patientSeenAt) } : { kind: 'not_here' }
}

function deviceLine(row: VisitRow, time: (iso: string) => string): DeviceLine | undefined {
  const check = readDeviceCheck(row.deviceCheck)
  if (!check || row.deviceCheckedAt === undefined) return undefined
  const results = DEVICE_PARTS.flatMap((part) => (check[part] ? [{ part, result: check[part] }] : []))
  return { at: time(row.deviceCheckedAt), results }
}

function line(
  { kind, row }: VisitNotice,
  time: (iso: string) => string,
): AppointmentModel['notices'][number] {
  return { ...noticeWords(kind, row.state, row.reason), at: time(row.changedAt) }
}

/** Where texts go out too, a chart without an address is nothing to look into. */
function isWorthALine({ row }: VisitNotice): boolean {
  return row.state !== 'skipped' || row.reason !== 'email_missing'
}

function day(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
}

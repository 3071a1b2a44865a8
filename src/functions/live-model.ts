import { factsOf } from '../core/launches/look.ts'
import { launchPath } from '../core/launches/session.ts'
import { patientPlace, rosterOf, staffInside } from '../core/meetings/roster/roster.ts'
import type { VisitNotice } from '../core/messaging/read-notices.ts'
import type { Site } from '../core/sites/site.ts'
import type { VisitRow } from '../core/store/rows.ts'
import { DEVICE_PARTS, readDeviceCheck } from '../core/visits/device-check.ts'
import { type ExtraLink, endOfExtraLink, extraLinks } from '../core/visits/extra-links.ts'
import type { Visit } from '../core/visits/visit.ts'
import type { LinkLine } from '../pages/appointment/links-model.ts'
import type { LiveModel } from '../pages/appointment/live.tsx'
import { noticeWords } from '../pages/appointment/notice-words.ts'
import type { DeviceLine, VisitState } from '../pages/appointment.tsx'
import { localStart } from '../pages/words/local-start.ts'
import type { LaunchCall } from './session.ts'

/** Seconds between two looks. With the polling of the queue that events wait in (host.json) less than three. */
export const LOOK_SECONDS = 1

type Time = (iso: string) => string

/** How clinicians' pages write the time of day at a site. */
export function clinicianTime(timeZone: string): Time {
  return (iso) => localStart(new Date(iso), timeZone, 'en-US').time
}

/** What of the page is read from our own rows alone. */
export function liveModel(
  { app, session, csrf }: Pick<LaunchCall, 'app' | 'session' | 'csrf'>,
  visit: Visit,
  notices: readonly VisitNotice[],
  {
    site,
    facts,
    fields,
  }: {
    /** Undefined where it was removed while the page was open. */
    readonly site: Pick<Site, 'timeZone' | 'texts'> | undefined
    readonly facts: string
    readonly fields: Readonly<Record<string, string>>
  },
): LiveModel {
  const time = clinicianTime(site?.timeZone ?? 'UTC')
  const line = ({ kind, row }: VisitNotice) => ({
    ...noticeWords(kind, row.state, row.reason, site?.texts.reminderMinutes),
    at: time(row.changedAt),
  })
  const byHand = ({ kind }: VisitNotice) => kind.startsWith('link.')
  return {
    visit: visitState(visit.row, time),
    deviceCheck: deviceLine(visit.row, time),
    notices: notices.filter((one) => !byHand(one) && isWorthALine(one)).map(line),
    links: extraLinks(visit.row).map((link) => linkLine(visit, link, notices, time, app.now())),
    revokeAction: `${launchPath(session.launchId)}/revoke`,
    fields,
    csrf,
    changed: factsOf(visit) !== facts,
    refreshSeconds: LOOK_SECONDS,
  }
}

/**
 * Where the patient is: what Teams told counts first, then our own page's signals. Pressing Join there says that they
 * are on their way, not that they wait; where Teams tells nothing, it is all that we know.
 */
export function visitState(row: VisitRow, time: Time): VisitState {
  const roster = rosterOf(row)
  const place = patientPlace(roster)
  const inside = staffInside(roster)
  if (place) return { kind: place.kind, since: time(place.since), staffInside: inside }
  // Somebody may wait by another way than our page, a dial-in say: without Teams we would not know.
  const untold = row.watchFailure === undefined ? {} : { blind: true }
  if (row.patientWaitingSince) {
    const blind = row.watchFailure !== undefined && row.clinicianJoinedAt === undefined
    return { kind: 'on_the_way', since: time(row.patientWaitingSince), blind }
  }
  if (row.deviceCheckedAt) return { kind: 'checking', since: time(row.deviceCheckedAt), ...untold }
  if (row.patientSeenAt) return { kind: 'link_opened', since: time(row.patientSeenAt), ...untold }
  return { kind: 'not_here', ...untold }
}

function deviceLine(row: VisitRow, time: Time): DeviceLine | undefined {
  const check = readDeviceCheck(row.deviceCheck)
  if (!check || row.deviceCheckedAt === undefined) return undefined
  const results = DEVICE_PARTS.flatMap((part) => (check[part] ? [{ part, result: check[part] }] : []))
  return { at: time(row.deviceCheckedAt), results }
}

/** Where texts go out too, a chart without an address is nothing to look into. */
function isWorthALine({ row }: VisitNotice): boolean {
  return row.state !== 'skipped' || row.reason !== 'email_missing'
}

export const ROLE_WORDS: Readonly<Record<ExtraLink['role'], string>> = {
  patient: 'Patient',
  family: 'Family',
  interpreter: 'Interpreter',
  colleague: 'Colleague',
  other: 'Other guest',
}

function linkLine(
  { row }: Visit,
  link: ExtraLink,
  notices: readonly VisitNotice[],
  time: Time,
  now: Date,
): LinkLine {
  const notice = notices.find(
    ({ kind }) => kind === `link.${link.serial}` || kind === `link.${link.serial}@email`,
  )
  const sent = notice && noticeWords(notice.kind, notice.row.state, notice.row.reason)
  const ended = endOfExtraLink(row) <= now
  const open = link.revokedAt === undefined && !ended
  return {
    serial: link.serial,
    who: `${ROLE_WORDS[link.role]}, by ${link.way === 'sms' ? 'text' : 'e-mail'}`,
    at: time(link.at),
    status: open ? (sent?.status ?? 'Sent') : ended ? 'Ended' : 'Taken back',
    tone: open ? (sent?.tone ?? 'info') : 'info',
    open,
  }
}

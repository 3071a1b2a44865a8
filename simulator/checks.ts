import { localTime } from '../src/core/messaging/compose.ts'
import { toGsm7 } from '../src/core/messaging/gsm7.ts'
import {
  type NoticeName,
  noticeRowKey,
  openNoticeId,
  openNoticeRowKey,
  subjectOf,
} from '../src/core/messaging/notice.ts'
import { mayBecome } from '../src/core/messaging/notice-states.ts'
import { quietUntil } from '../src/core/messaging/quiet-hours.ts'
import type { NoticeRow, VisitRow } from '../src/core/store/rows.ts'
import type { Store } from '../src/core/store/store.ts'
import { bayPartitions } from '../src/core/visits/bay-range.ts'
import { visitKeyOf, visitRef } from '../src/core/visits/visit.ts'
import type { SimulatedClinic } from './clinic.ts'
import type { Change } from './ehr.ts'
import type { Journal } from './journal.ts'
import { fieldKeys, identity } from './keys.ts'
import type { RunSettings } from './settings.ts'
import type { Accepted } from './vendor.ts'

/** What patients and staff are promised; each is checked after every run. */
export type Promised =
  | 'one text for each visit, version and kind'
  | 'no more texts than changes'
  | 'nothing silent'
  | 'nothing in quiet hours'
  | 'nothing untrue'
  | 'nothing too late'
  | 'nothing after STOP'
  | 'states move forward'
  | 'one bay of a day for each visit'
  | 'the pace is kept'
  | 'the first look confirms nothing'
export type Violation = { readonly promised: Promised; readonly what: string }

/** A text may be as old as a claim lives, and what its request takes: then nobody could know better. */
const STALE_MS = 150_000
const ENDS = new Set(['sent', 'delivered', 'undelivered', 'unknown', 'skipped', 'expired'])

export type Scene = {
  readonly settings: RunSettings
  readonly clinic: SimulatedClinic
  readonly journal: Journal
  readonly tables: Store['tables']
  readonly days: readonly string[]
  readonly now: Date
}

type Sent = Accepted & { readonly name: NoticeName }

export async function violations(scene: Scene) {
  const { clinic, settings, journal } = scene
  const found: Violation[] = []
  const broken = (promised: Promised, what: string) => found.push({ promised, what })
  const byVisit = new Map(
    [...clinic.ehr.appointments.keys()].map((id) => [visitRef(identity, settings.site, id).visitKey, id]),
  )
  const sent = clinic.vendor.accepted.map((text): Sent => {
    const name = openNoticeId(fieldKeys, text.tag)
    if (!name) throw new Error('a text without the name of a notice')
    return { ...text, name }
  })
  const tags = new Set<string>()
  const minutes = new Map<number, number>()
  for (const text of sent) {
    const about = `${byVisit.get(text.name.visitKey)} ${text.name.version}:${text.name.kind}`
    const key = noticeRowKey(text.name)
    if (tags.has(key)) broken('one text for each visit, version and kind', about)
    tags.add(key)
    const when = new Date(text.requestedAt)
    if (quietUntil(when, settings.site.timeZone, settings.site.texts.quietHours))
      broken('nothing in quiet hours', `${about} at ${when.toISOString()}`)
    const history = clinic.ehr.history.get(byVisit.get(text.name.visitKey) ?? '') ?? []
    const lately = during(history, text.requestedAt - STALE_MS, text.requestedAt)
    if (!lately.some((one) => isTrue(text, one, settings))) broken('nothing untrue', about)
    const subject = subjectOf(text.name.kind)
    const starts = subject !== 'cancelled' && subject !== 'not_video'
    if (starts && lately.every(({ start }) => start.getTime() <= text.requestedAt))
      broken('nothing too late', about)
    const minute = Math.floor(text.requestedAt / 60_000)
    minutes.set(minute, (minutes.get(minute) ?? 0) + 1)
    if (isStopped(journal, text)) broken('nothing after STOP', about)
  }
  for (const [minute, count] of minutes)
    if (count > settings.perMinute)
      broken('the pace is kept', `${count} in the minute of ${new Date(minute * 60_000).toISOString()}`)
  for (const { rowKey, from, to } of journal.steps)
    if (from !== undefined && from !== to.state && !mayBecome(from, to.state))
      broken('states move forward', `${rowKey}: ${from} to ${to.state}`)
  for (const [visitKey, id] of byVisit) {
    const history = clinic.ehr.history.get(id) ?? []
    const told = sent.filter(({ name }) => name.visitKey === visitKey && !name.kind.startsWith('reminder.'))
    if (told.length > news(history)) broken('no more texts than changes', `${id}: ${told.length}`)
    const before =
      history[0]?.at === settings.start.getTime() && news(history) === 1 && isSettled(history, journal)
    if (before && told.length > 0) broken('the first look confirms nothing', id)
  }
  const ended = await silence(scene, byVisit, broken)
  return { violations: found, ended }
}

/** When every window had been looked at for the first time; undefined where one never was. */
function lookedAtAll({ firstLooks }: Journal, windows: number): number | undefined {
  const looks = [...firstLooks].filter(([rowKey]) => !rowKey.startsWith('reminders|')).map(([, at]) => at)
  return looks.length < windows ? undefined : Math.max(...looks)
}

/** It changed its department not before everybody had looked: else it is new to whoever had looked already. */
function isSettled(history: readonly Change[], { firstLooks }: Journal): boolean {
  const all = Math.max(...firstLooks.values())
  const first = history[0]?.is.locationIds.join()
  return history.every(({ at, is }) => at > all || is.locationIds.join() === first)
}

/** How often what a patient should know changed; the booking is the first. */
function news(history: readonly Change[]): number {
  let count = 0
  let before: string | undefined
  for (const { is } of history) {
    const fact = is.cancelled || !is.video ? `off ${is.cancelled}` : is.start.toISOString()
    if (fact !== before) count++
    before = fact
  }
  return count
}

/** What the EHR said at any time between two instants. */
function during(history: readonly Change[], from: number, to: number) {
  return history
    .filter(({ at }, index) => at <= to && (history[index + 1]?.at ?? Number.POSITIVE_INFINITY) >= from)
    .map(({ is }) => is)
}

function isTrue({ body, name }: Sent, is: Change['is'], { site }: RunSettings): boolean {
  const subject = subjectOf(name.kind)
  if (subject === 'cancelled') return is.cancelled
  if (subject === 'not_video') return !is.cancelled && !is.video
  return !is.cancelled && is.video && body.includes(toGsm7(localTime(is.start, site.timeZone, 'en')))
}

function isStopped({ words }: Journal, { name, to, requestedAt }: Sent): boolean {
  const phoneKey = identity.phoneKey(name.tenantId, to)
  const last = words.filter((one) => one.phoneKey === phoneKey && one.at < requestedAt - STALE_MS).at(-1)
  const since = words.some((one) => one.phoneKey === phoneKey && one.at >= requestedAt - STALE_MS)
  return last?.word === 'STOP' && !since
}

/** Every notice is at an end, every accepted text has its row, and whatever a visit stands for was told or has a reason. */
async function silence(
  { tables, settings, days, clinic, journal }: Scene,
  byVisit: ReadonlyMap<string, string>,
  broken: (promised: Promised, what: string) => void,
): Promise<Map<string, number>> {
  const ended = new Map<string, number>()
  const notices = new Map<string, NoticeRow>()
  const visits: [string, VisitRow][] = []
  for (const day of days) {
    const seen = new Set<string>()
    for await (const row of tables.visits.across(bayPartitions(settings.site, day))) {
      if (row.type === 'notice') notices.set(row.rowKey, row)
      else {
        const visitKey = visitKeyOf(row.rowKey)
        if (seen.has(visitKey))
          broken('one bay of a day for each visit', `${byVisit.get(visitKey)} on ${day}`)
        seen.add(visitKey)
        visits.push([visitKey, row])
      }
    }
  }
  for (const [rowKey, row] of notices) {
    const name = openNoticeRowKey(rowKey)
    const about = `${byVisit.get(name?.visitKey ?? '')} ${name?.version}:${name?.kind}`
    if (!ENDS.has(row.state)) broken('nothing silent', `${about} is still ${row.state}`)
    ended.set(row.state, (ended.get(row.state) ?? 0) + 1)
  }
  for (const { tag } of clinic.vendor.accepted) {
    const name = openNoticeId(fieldKeys, tag)
    const row = name && notices.get(noticeRowKey(name))
    if (!row || !['sent', 'delivered', 'undelivered', 'unknown'].includes(row.state))
      broken('nothing silent', `a text was taken and its notice is ${row?.state ?? 'nowhere'}`)
  }
  for (const [visitKey, row] of visits) {
    const { cause, version, start, since } = row
    const booked = clinic.ehr.history.get(byVisit.get(visitKey) ?? '')?.[0]?.at ?? 0
    // Everything had been looked at when it was booked.
    const lookedAt = lookedAtAll(journal, 2 * settings.site.departments.length)
    if (lookedAt !== undefined && lookedAt < booked && cause === 'baseline' && version === 1)
      broken('nothing silent', `${byVisit.get(visitKey)} was booked later and taken for a first look`)
    if (cause === 'baseline' || cause === 'untold' || !settings.site.texts.confirm[cause]) continue
    if (since >= start && (cause === 'booked' || cause === 'moved')) continue
    if (!notices.has(noticeRowKey({ visitKey, version, kind: cause })))
      broken('nothing silent', `${byVisit.get(visitKey)} ${version}:${cause} was never told`)
  }
  return ended
}

import type { Site } from '../sites/site.ts'
import type { NoticeRow, VisitRow } from '../store/rows.ts'
import { lateMinutes } from '../visits/late.ts'
import { lateKind, lateUntil, minutesLate } from './late-notice.ts'
import type { NoticeKind } from './notice.ts'
import type { VisitNotice } from './read-notices.ts'

const UNREACHED: ReadonlySet<string> = new Set(['undelivered', 'unknown', 'expired'])
const ON_ITS_WAY: ReadonlySet<string> = new Set(['claimed', 'sending'])

/** Held back to protect numbers and purse: whatever it was about, somebody did not hear of it. */
export const CAPPED: ReadonlySet<string> = new Set(['daily_cap', 'prefix_cap', 'tenant_cap'])

/** Why a text about a delay was dropped with nobody left to tell. */
const NOTHING_TO_TELL: ReadonlySet<string> = new Set([
  'superseded',
  'changed_since',
  'visit_over',
  'visit_gone',
  'appointment_gone',
  'patient_deceased',
  'patient_gone',
])

/**
 * Whether a notice reached nobody, as far as we know, and somebody should be told so. A text about a delay counts when it
 * was not sent at all, too: the clinician was told that it was on its way. Pure.
 */
export function reachedNobody(kind: string, { state, reason }: Pick<NoticeRow, 'state' | 'reason'>): boolean {
  if (UNREACHED.has(state)) return true
  if (state === 'skipped' && CAPPED.has(reason ?? '')) return true
  const late = minutesLate(kind as NoticeKind) !== undefined
  return late && state === 'skipped' && !NOTHING_TO_TELL.has(reason ?? '')
}

/** Whether a site texts at all. Pure. */
export function textsLate({ on, sender }: Site['texts']): boolean {
  return on && sender !== undefined
}

/** What became of the text about a visit's present delay. */
export type LateTold = {
  /** When the visit was to begin, in UTC. */
  readonly start: string
  readonly told: 'sent' | 'on_its_way' | 'not_sent' | 'too_late'
  /** The notice's row; of `not_sent` with what stood in the way. */
  readonly row: NoticeRow | undefined
}

/**
 * What became of the text about the delay that a visit has now, or undefined where it has none. One that nobody took up
 * yet is on its way, until the time that it would tell has come. Pure.
 */
export function lateTold(row: VisitRow, notices: readonly VisitNotice[], now: Date): LateTold | undefined {
  const minutes = lateMinutes(row)
  if (minutes === 0) return undefined
  const kind = lateKind(minutes)
  const notice = notices.find((one) => one.kind === kind && one.version === row.version)?.row
  const { start } = row
  if (!notice) return { start, told: lateUntil(row, kind) <= now ? 'too_late' : 'on_its_way', row: notice }
  if (ON_ITS_WAY.has(notice.state)) return { start, told: 'on_its_way', row: notice }
  const failed = notice.state === 'skipped' || reachedNobody(kind, notice)
  return { start, told: failed ? 'not_sent' : 'sent', row: notice }
}

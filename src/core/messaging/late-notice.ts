import type { VisitRow } from '../store/rows.ts'
import type { NoticeKind } from './notice.ts'

const MINUTE = 60_000

/** The minutes of a notice about a delay, or undefined where the notice is about something else. */
export function minutesLate(kind: NoticeKind): number | undefined {
  const [, minutes] = /^late\.(\d{1,3})(?:@|$)/.exec(kind) ?? []
  return minutes === undefined ? undefined : Number(minutes)
}

export function lateKind(minutes: number): NoticeKind {
  return `late.${minutes}`
}

/** When the visit is expected to begin: telling it later would tell nothing. */
export function lateUntil({ start }: Pick<VisitRow, 'start'>, kind: NoticeKind): Date {
  return new Date(Date.parse(start) + (minutesLate(kind) ?? 0) * MINUTE)
}

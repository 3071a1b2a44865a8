import type { RpcData } from './core-api.ts'
import type { Schedule } from './ncrontab.ts'

/** A timer's record: its last scheduled run, the next one, and when `next` was computed. */
export type ScheduleStatus = {
  readonly last: Date | undefined
  readonly next: Date
  readonly lastUpdated: Date | undefined
}

/** .NET's default(DateTime), which stands for "never". */
const NEVER = '0001-01-01T00:00:00'

/** The status of a timer that has none. */
export function firstStatus(schedule: Schedule, now: Date): ScheduleStatus {
  return { last: undefined, next: schedule.next(now), lastUpdated: now }
}

/**
 * What a starting host does with the recorded status: whether an occurrence was missed (then one catch-up run follows,
 * not one per missed occurrence), and the status to go on with. A changed schedule is taken over without a catch-up.
 * (azure-webjobs-sdk-extensions: ScheduleMonitor.CheckPastDueAsync.)
 */
export function onStart(
  recorded: ScheduleStatus | undefined,
  schedule: Schedule,
  now: Date,
): { readonly status: ScheduleStatus; readonly isPastDue: boolean; readonly changed: boolean } {
  if (!recorded) return { status: firstStatus(schedule, now), isPastDue: false, changed: true }
  const basis = recorded.last ?? recorded.lastUpdated ?? now
  const expected = schedule.next(basis)
  if (expected.getTime() === recorded.next.getTime()) {
    return { status: recorded, isPastDue: now > recorded.next, changed: false }
  }
  const status =
    now > expected
      ? { last: undefined, next: schedule.next(now), lastUpdated: now }
      : { last: undefined, next: expected, lastUpdated: basis }
  return { status, isPastDue: false, changed: true }
}

/** The status after a run that began at the given time. */
export function afterRun(schedule: Schedule, startedAt: Date): ScheduleStatus {
  return { last: startedAt, next: schedule.next(startedAt), lastUpdated: startedAt }
}

/** The timer object as the host sends it; the library turns its keys into camel case. */
export function timerInput(status: ScheduleStatus | undefined, isPastDue: boolean): RpcData {
  return {
    json: JSON.stringify({
      Schedule: { AdjustForDST: true },
      ScheduleStatus: status ? statusJson(status) : null,
      IsPastDue: isPastDue,
    }),
  }
}

/** The status blob's content. */
export function statusJson(status: ScheduleStatus): { Last: string; Next: string; LastUpdated: string } {
  return {
    Last: status.last?.toISOString() ?? NEVER,
    Next: status.next.toISOString(),
    LastUpdated: status.lastUpdated?.toISOString() ?? NEVER,
  }
}

/** Reads a status blob back; anything unreadable counts as no status. */
export function parseStatus(text: string): ScheduleStatus | undefined {
  try {
    const { Last, Next, LastUpdated } = JSON.parse(text) as Record<string, unknown>
    const next = date(Next)
    return next && { last: date(Last), next, lastUpdated: date(LastUpdated) }
  } catch {
    return undefined
  }
}

function date(value: unknown): Date | undefined {
  if (typeof value !== 'string' || value.startsWith('0001-')) return undefined
  const parsed = new Date(value)
  return Number.isNaN(parsed.getTime()) ? undefined : parsed
}

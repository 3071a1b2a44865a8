import type { CallEvent } from '../../../src/core/meetings/roster/call-event.ts'
import { applyEvent, EMPTY_ROSTER, type Roster } from '../../../src/core/meetings/roster/roster.ts'
import type { Attendance, Stay } from '../../../src/core/reports/presence.ts'
import { type MessageFact, visitRecord } from '../../../src/core/reports/visit-record.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { minutesFromStart, visitRow } from '../visits/visit.fixture.ts'

export const at = (minute: number) => minutesFromStart(minute).toISOString()

export type Move = { who: string; staff?: boolean; place: 'lobby' | 'meeting' | 'gone'; minute: number }

export const moved = ({ who, staff = false, place, minute }: Move): CallEvent => ({
  kind: 'roster',
  at: at(minute),
  changes: [{ who, staff, place }],
})
export const endedAt = (minute: number): CallEvent => ({ kind: 'ended', at: at(minute), changes: [] })

export function played(events: readonly CallEvent[]): Roster {
  return events.reduce((roster, event) => applyEvent(roster, event, minutesFromStart(600)), EMPTY_ROSTER)
}

export const stay = (staff: boolean, from: number, to: number): Stay => ({
  staff,
  from: at(from),
  to: at(to),
})

export const attended = (stays: readonly Stay[], end: number, clinicianId?: string): string =>
  JSON.stringify({
    stays: [...stays],
    endedAt: at(end),
    ...(clinicianId ? { clinicianId } : {}),
  } satisfies Attendance)

/** The record of a visit with a meeting, looked at so many minutes after its planned start. */
export function recorded(more: Partial<VisitRow>, minute: number, messages: readonly MessageFact[] = []) {
  const row = visitRow({ sealedAppointment: 'sealed', sealedMeeting: 'sealed', ...more })
  return visitRecord(row, messages, minutesFromStart(minute))
}

export const rosterColumn = (events: readonly CallEvent[]) => JSON.stringify(played(events))

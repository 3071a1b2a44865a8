import type { BoardEntry } from '../core/launches/day-board.ts'
import type { Site } from '../core/sites/site.ts'
import { noticeAdvice } from '../pages/appointment/notice-advice.ts'
import { noticeWords } from '../pages/appointment/notice-words.ts'
import { isWaiting, stateSentence } from '../pages/appointment/state.tsx'
import type { VisitState } from '../pages/appointment.tsx'
import type { BoardLine } from '../pages/board.tsx'
import { localStart } from '../pages/words/local-start.ts'
import { clinicianTime, visitState } from './live-model.ts'

const TONES: Partial<Record<VisitState['kind'], BoardLine['state']['tone']>> = {
  in_visit: 'success',
}

/** One line of the day: the state as the visit's own page says it. */
export function boardLine(site: Site, entry: BoardEntry, href: string): BoardLine {
  const { appointment, visit, patientName } = entry
  const time = clinicianTime(site.timeZone)
  const state: VisitState = visit ? visitState(visit.row, time) : { kind: 'not_here' }
  const waiting = isWaiting(state)
  return {
    ...(appointment.over ? {} : { href }),
    time: localStart(appointment.start, site.timeZone, 'en-US').time,
    minutes: appointment.minutes,
    patient: patientName || 'Name not read',
    type: appointment.serviceType,
    state: {
      words: appointment.over ? 'Done in the EHR' : stateSentence(state).replace(/\.$/, ''),
      tone: waiting ? 'warning' : (TONES[state.kind] ?? 'info'),
      waiting: waiting && !appointment.over,
    },
    problems: entry.failed.map(({ kind, row }) => {
      const { reminderMinutes } = site.texts
      const { kind: about, status } = noticeWords(kind, row.state, row.reason, reminderMinutes)
      return { words: `${about}: ${status}.`, advice: noticeAdvice(kind, row.state, row.reason) }
    }),
  }
}

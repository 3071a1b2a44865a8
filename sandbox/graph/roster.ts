import type { Participant, RosterEvent } from '../contracts.ts'
import type { CallEvent } from './call-event.ts'
import { recordCall } from './call-records.ts'
import type { Call, GraphState, StoredMeeting } from './state.ts'

const LEFT = 'Participant has left the meeting call.'

/**
 * What a roster event does to the meeting, and which call events it sends out. The first person at the door, be it in
 * the lobby, starts the call: from then on the meeting runs. Events about people who are not there change nothing.
 */
export function applyRoster(state: GraphState, meeting: StoredMeeting, event: RosterEvent): CallEvent[] {
  const at = state.now().toISOString()
  switch (event.kind) {
    case 'joined': {
      const started = meeting.call === undefined
      meeting.call ??= { startedAt: at, present: new Map(), intervals: [] }
      meeting.running = true
      meeting.call.present.set(event.participant.id, event.participant)
      if (!event.participant.inLobby) enter(meeting.call, event.participant, at)
      return [...(started ? [{ kind: 'callStarted' as const }] : []), update(event.participant)]
    }
    case 'admitted': {
      const waiting = meeting.call?.present.get(event.participantId)
      if (!meeting.call || !waiting?.inLobby) return []
      const admitted = { ...waiting, inLobby: false }
      meeting.call.present.set(admitted.id, admitted)
      enter(meeting.call, admitted, at)
      return [update(admitted)]
    }
    case 'left': {
      const gone = meeting.call?.present.get(event.participantId)
      if (!meeting.call || !gone) return []
      leave(meeting.call, gone, at)
      return [update({ ...gone, inLobby: false }, LEFT)]
    }
    case 'ended': {
      const { call } = meeting
      if (!call) return []
      const delta = [...call.present.values()].map((participant) => {
        leave(call, participant, at)
        return { participant: { ...participant, inLobby: false }, removedBecause: LEFT }
      })
      report(state, meeting, call, at)
      meeting.call = undefined
      meeting.running = false
      return [...(delta.length > 0 ? [{ kind: 'rosterUpdated' as const, delta }] : []), { kind: 'callEnded' }]
    }
  }
}

function update(participant: Participant, removedBecause?: string): CallEvent {
  return {
    kind: 'rosterUpdated',
    delta: [removedBecause === undefined ? { participant } : { participant, removedBecause }],
  }
}

function enter(call: Call, { id, userId, displayName }: Participant, at: string): void {
  call.intervals.push({ participantId: id, userId, displayName, joinDateTime: at, leaveDateTime: undefined })
}

function leave(call: Call, participant: Participant, at: string): void {
  call.present.delete(participant.id)
  for (const interval of call.intervals) {
    if (interval.participantId === participant.id) interval.leaveDateTime ??= at
  }
}

/** When an online meeting ends, an attendance report is generated for that session; the lobby alone makes none. */
function report(state: GraphState, meeting: StoredMeeting, call: Call, at: string): void {
  const first = call.intervals[0]
  if (!first) return
  recordCall(state, meeting, first.joinDateTime, at)
  meeting.reports.push({
    id: state.ids.guid('report', meeting.id, String(meeting.reports.length)),
    meetingStartDateTime: first.joinDateTime,
    meetingEndDateTime: at,
    intervals: call.intervals,
  })
}

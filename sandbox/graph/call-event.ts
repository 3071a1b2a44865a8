import type { Participant } from '../contracts.ts'
import type { EventSpelling } from './state.ts'

export type CallEvent =
  | { readonly kind: 'callStarted' | 'callEnded' }
  | { readonly kind: 'rosterUpdated'; readonly delta: readonly RosterChange[] }

export type RosterChange = { readonly participant: Participant; readonly removedBecause?: string }

/** `'#microsoft.graph.callevent'` with what changed (Get change notifications for meeting call event updates). */
export function callEventResource(
  event: CallEvent,
  about: { id: string; resource: string; at: string; tenantId: string },
  spelling: EventSpelling,
): Record<string, unknown> {
  return {
    '@odata.type': '#microsoft.graph.callevent',
    '@odata.id': about.resource,
    id: about.id,
    [spelling.eventType]: event.kind,
    eventDateTime: about.at,
    ...(event.kind === 'rosterUpdated'
      ? {
          [spelling.participants]: event.delta.map((change) =>
            participantResource(change, about.tenantId, spelling),
          ),
        }
      : {}),
  }
}

function participantResource(change: RosterChange, tenantId: string, spelling: EventSpelling) {
  const { participant, removedBecause } = change
  const { displayName, userId } = participant
  return {
    id: participant.id,
    isInLobby: participant.inLobby,
    info: {
      identity: userId
        ? { user: { id: userId, displayName, tenantId } }
        : { [spelling.guest]: { id: participant.id, displayName } },
    },
    ...(removedBecause === undefined ? {} : { removedState: { reason: removedBecause } }),
  }
}

import { createHash } from 'node:crypto'
import { z } from 'zod'
import { fail, ok, type Result } from '../../result.ts'

const identity = z.looseObject({ id: z.string().nullish() })
const participant = z.object({
  id: z.string(),
  isInLobby: z.boolean().nullish(),
  info: z
    .object({
      identity: z
        .object({
          user: identity.nullish(),
          guest: identity.nullish(),
          azureCommunicationServicesUser: identity.nullish(),
        })
        .nullish(),
    })
    .nullish(),
  removedState: z.unknown().optional(),
})
const event = z.object({
  eventType: z.string().optional(),
  callEventType: z.string().optional(),
  eventDateTime: z.iso.datetime({ offset: true }).optional(),
  participants: z.array(participant).optional(),
  'participants@delta': z.array(participant).optional(),
})

/** Somebody's place in the meeting changed. Names were dropped at reading; the id is a hash of Graph's. */
export type RosterChange = {
  readonly who: string
  /** Staff are users of a directory; patients and guests have no account. */
  readonly staff: boolean
  readonly place: 'lobby' | 'meeting' | 'gone'
}

export type CallEvent = {
  readonly kind: 'started' | 'ended' | 'roster'
  readonly at: string | undefined
  readonly changes: readonly RosterChange[]
}

const KINDS: Readonly<Record<string, CallEvent['kind']>> = {
  callStarted: 'started',
  callEnded: 'ended',
  rosterUpdated: 'roster',
}

/** Reads a decrypted meeting call event, in both spellings that Microsoft's pages show, and drops the names. */
export function parseCallEvent(from: unknown): Result<CallEvent, 'notification_invalid'> {
  const parsed = event.safeParse(from)
  const kind = parsed.success ? KINDS[parsed.data.eventType ?? parsed.data.callEventType ?? ''] : undefined
  if (!parsed.success || !kind) return fail('notification_invalid', { detail: 'call event' })
  const { data } = parsed
  return ok({
    kind,
    at: data.eventDateTime && new Date(data.eventDateTime).toISOString(),
    changes: (data['participants@delta'] ?? data.participants ?? []).map((one) => ({
      who: createHash('sha256').update(`roster|${one.id}`).digest('base64url').slice(0, 16),
      staff: Boolean(one.info?.identity?.user?.id),
      place: one.removedState ? 'gone' : one.isInLobby ? 'lobby' : 'meeting',
    })),
  })
}

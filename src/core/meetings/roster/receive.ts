import { z } from 'zod'
import type { App } from '../../app.ts'
import type { KeyRing } from '../../keys/key-ring.ts'
import { seal, unseal } from '../../keys/seal.ts'
import { lookAfterEnd } from '../../reports/looks.ts'
import { fail, ok, type Result } from '../../result.ts'
import type { VisitRef } from '../../visits/visit.ts'
import { parseCallEvent } from './call-event.ts'
import { decryptContent } from './decrypt.ts'
import type { EncryptedContent } from './notification.ts'
import { openRosterPointer } from './pointer.ts'
import { applyEvent, rosterOf } from './roster.ts'
import { checkSender } from './sender-tokens.ts'

export type RosterFailure =
  | 'notification_invalid'
  | 'notification_forged'
  | 'notification_undecipherable'
  | 'visit_gone'

export type RosterPorts = Pick<App, 'visits' | 'keys' | 'settings' | 'notificationKeys' | 'entraKeys' | 'now'>

const kept = z.object({
  tokens: z.array(z.string()),
  content: z.object({
    data: z.string(),
    dataSignature: z.string(),
    dataKey: z.string(),
    encryptionCertificateId: z.string(),
  }),
})

/** What the webhook puts on the queue: encrypted as it came, and sealed once more with the tokens that prove it. */
export function sealNotification(
  ring: KeyRing,
  pointer: string,
  content: EncryptedContent,
  tokens: readonly string[],
) {
  return seal(ring, `roster|${pointer}`, JSON.stringify({ tokens, content }))
}

/**
 * Takes one notification in: proves the sender, opens it, drops the names, and brings the visit's roster up to date
 * under its ETag. `ended`: the call is over as of this event.
 */
export async function receiveNotification(
  ports: RosterPorts,
  message: { pointer: string; sealed: string },
): Promise<Result<VisitRef & { readonly ended: boolean }, RosterFailure>> {
  const ref = openRosterPointer(ports.keys.field, message.pointer)
  const opened = unseal(ports.keys.field, `roster|${message.pointer}`, message.sealed)
  const parsed = opened.ok ? kept.safeParse(JSON.parse(opened.value)) : undefined
  const keys = ports.notificationKeys()
  if (!ref || !parsed?.success || !keys) return fail('notification_invalid')
  const now = ports.now()
  const sender = await checkSender(
    parsed.data.tokens,
    { audience: ports.settings.ENTRA_CLIENT_ID, tenantId: ref.tenantId, keys: ports.entraKeys() },
    now,
  )
  if (!sender.ok) return sender
  const content = decryptContent(keys, parsed.data.content)
  if (!content.ok) return content
  const event = parseCallEvent(content.value)
  if (!event.ok) return event
  let ended = false
  const visit = await ports.visits.update(ref, (row) => {
    const before = rosterOf(row)
    const after = applyEvent(before, event.value, now)
    const roster = JSON.stringify(after)
    if (roster === row.roster) return undefined
    // The call ended: its attendance report is on the way.
    ended = after.endedAt !== undefined && after.endedAt !== before.endedAt
    return ended ? lookAfterEnd({ ...row, roster }, now.toISOString()) : { ...row, roster }
  })
  return visit ? ok({ ...ref, ended }) : fail('visit_gone')
}

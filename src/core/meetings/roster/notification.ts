import { z } from 'zod'
import { fail, ok, type Result } from '../../result.ts'

const encrypted = z.object({
  data: z.string().max(60_000),
  dataSignature: z.string(),
  dataKey: z.string(),
  encryptionCertificateId: z.string(),
})

const notification = z.object({
  subscriptionId: z.string().max(100),
  clientState: z.string().max(128),
  tenantId: z.string().max(100).optional(),
  encryptedContent: encrypted.optional(),
  /** Present instead of content: the subscription itself has news. */
  lifecycleEvent: z.enum(['subscriptionRemoved', 'reauthorizationRequired', 'missed']).optional(),
})

const body = z.object({
  value: z.array(notification).max(1000),
  validationTokens: z.array(z.string().max(8192)).max(100).default([]),
})

export type Notification = z.infer<typeof notification>
export type EncryptedContent = z.infer<typeof encrypted>

/**
 * What Graph posts to the webhook (Microsoft Graph, "Set up change notifications that include resource data"): several
 * notifications at once, and the tokens that prove who sent them. Still encrypted.
 */
export function parseNotifications(from: unknown): Result<z.infer<typeof body>, 'notification_invalid'> {
  const parsed = body.safeParse(from)
  return parsed.success
    ? ok(parsed.data)
    : fail('notification_invalid', {
        detail: parsed.error.issues.map((issue) => issue.path.join('.')).join(', '),
      })
}

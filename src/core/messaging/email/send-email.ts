import { EmailClient } from '@azure/communication-email'
import type { TokenCredential } from '@azure/identity'
import { fail, ok, type Result } from '../../result.ts'
import { type GiveUp, giveUp } from '../give-up.ts'
import { isNotAsked } from '../not-asked.ts'
import type { ComposedEmail } from './compose-email.ts'

export type EmailFailure =
  /** The vendor surely did not take it: try again later. */
  | 'email_throttled'
  /** Our own sign-in to the vendor failed: nothing was asked of it. */
  | 'email_not_asked'
  /** The vendor refused it: the sender's domain is not linked, or the address is none. */
  | 'email_refused'
  /** No answer, or one that does not tell: it may have been sent. */
  | 'email_outcome_unknown'

export type Email = ComposedEmail & {
  readonly from: string
  readonly to: string
  /** The same at every try of the same notice: the vendor's idempotency key, a UUID. */
  readonly operationId: string
}

/** Hands one e-mail to the vendor. */
export type SendEmail = (email: Email) => Promise<Result<void, EmailFailure>>

/** What is used of the vendor's SDK. */
export type EmailClientLike = Pick<EmailClient, 'beginSend'>

export function emailClient(endpoint: string, credential: TokenCredential): EmailClientLike {
  // The queue retries, and knows the notice's deadline.
  return new EmailClient(endpoint, credential, { retryOptions: { maxRetries: 0 } })
}

/**
 * Communication Services, "Email - Send": a request that is taken answers 202, and the same operation id again sends
 * nothing more. What becomes of it at the recipient's is not waited for.
 */
export function emailSender(client: EmailClientLike, patience: GiveUp = giveUp): SendEmail {
  return async ({ from, to, operationId, subject, plainText, html, attachments }) => {
    try {
      await client.beginSend(
        {
          senderAddress: from,
          content: { subject, plainText, html },
          recipients: { to: [{ address: to }] },
          attachments: [...attachments],
          // Opens and clicks are nobody's business, and tracking would rewrite the link.
          disableUserEngagementTracking: true,
        },
        { operationId, abortSignal: patience() },
      )
      return ok(undefined)
    } catch (error) {
      return refusal(error)
    }
  }
}

function refusal(error: unknown): Result<void, EmailFailure> {
  const { statusCode, response } = error as {
    statusCode?: number
    response?: { headers?: { get(name: string): string | undefined } }
  }
  const detail = `status ${statusCode ?? 'none'}`
  // The id was used before with other words (the language in the chart changed, say): one e-mail is out.
  if (statusCode === 409) return ok(undefined)
  if (statusCode === 429) {
    const wait = Number(response?.headers?.get('retry-after'))
    return fail('email_throttled', { detail, ...(wait > 0 ? { retryAfterSeconds: wait } : {}) })
  }
  if (isNotAsked(error)) return fail('email_not_asked', { detail: error.name })
  if (statusCode === undefined || statusCode >= 500) return fail('email_outcome_unknown', { detail })
  return fail('email_refused', { detail })
}

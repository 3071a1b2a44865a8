import { fail, ok, type Result } from '../result.ts'
import { isNotAsked } from './not-asked.ts'

export type SmsFailure =
  /** The vendor surely did not take it: try again later. */
  | 'sms_throttled'
  /** Our own sign-in to the vendor failed: nothing was asked of it. */
  | 'sms_not_asked'
  /** The vendor took exception to this recipient: no text will come of it. */
  | 'sms_recipient_refused'
  /** The vendor refused the request as a whole: a matter of configuration. */
  | 'sms_request_refused'
  /** No answer, or one that does not tell: it may have been sent. */
  | 'sms_outcome_unknown'

export type Text = {
  readonly from: string
  readonly to: string
  readonly body: string
  /** The same at every try of the same notice. */
  readonly repeatabilityId: string
  readonly firstSentAt: Date
  readonly tag: string
}

/** Hands one text to the vendor. */
export type SendText = (text: Text) => Promise<Result<void, SmsFailure>>

/** What is used of the vendor's SDK; sms-client.ts makes one. */
export type SmsClientLike = {
  send(
    request: { from: string; to: string[]; message: string },
    options: {
      enableDeliveryReport: boolean
      tag: string
      repeatability: { id: string; firstSent: Date }
    },
  ): Promise<{ successful: boolean; httpStatusCode: number }[]>
}

export function textSender(client: SmsClientLike): SendText {
  return async (text) => {
    try {
      const [result] = await client.send(
        { from: text.from, to: [text.to], message: text.body },
        {
          enableDeliveryReport: true,
          tag: text.tag,
          repeatability: { id: text.repeatabilityId, firstSent: text.firstSentAt },
        },
      )
      if (!result) return fail('sms_outcome_unknown')
      if (result.successful) return ok(undefined)
      if (result.httpStatusCode === 429) return fail('sms_throttled')
      if (result.httpStatusCode >= 500) return fail('sms_outcome_unknown')
      return fail('sms_recipient_refused', { detail: `status ${result.httpStatusCode}` })
    } catch (error) {
      return refusal(error)
    }
  }
}

function refusal(error: unknown): Result<never, SmsFailure> {
  const { statusCode, response } = error as {
    statusCode?: number
    response?: { headers?: { get(name: string): string | undefined } }
  }
  const detail = `status ${statusCode ?? 'none'}`
  if (statusCode === 429) {
    const wait = Number(response?.headers?.get('retry-after'))
    return fail('sms_throttled', { detail, ...(wait > 0 ? { retryAfterSeconds: wait } : {}) })
  }
  if (isNotAsked(error)) return fail('sms_not_asked', { detail: error.name })
  // A request without an answer, and a 5xx answer, may have been carried out all the same.
  if (statusCode === undefined || statusCode >= 500) return fail('sms_outcome_unknown', { detail })
  return fail('sms_request_refused', { detail })
}

import { SmsClient, type SmsClientOptions } from '@azure/communication-sms'
import type { TokenCredential } from '@azure/identity'
import { type GiveUp, giveUp } from './give-up.ts'
import type { SmsClientLike } from './sms.ts'

type PipelinePolicy = NonNullable<SmsClientOptions['additionalPolicies']>[number]['policy']

const ID = 'x-notice-repeatability-id'
const FIRST_SENT = 'x-notice-first-sent'

/**
 * The SDK draws a new repeatability id at every send(), so a message delivered twice would text twice. A policy that
 * runs once per call, before the request is authenticated, puts the notice's own into the body; it travels there as
 * two headers of the request, which never leave the process.
 */
const repeatabilityOfNotice: PipelinePolicy = {
  name: 'repeatabilityOfNotice',
  sendRequest(request, next) {
    const [id, firstSent] = [request.headers.get(ID), request.headers.get(FIRST_SENT)]
    if (!id || !firstSent || typeof request.body !== 'string')
      throw new Error('a text was about to be sent without the repeatability id of its notice')
    request.headers.delete(ID)
    request.headers.delete(FIRST_SENT)
    const body = JSON.parse(request.body) as { smsRecipients?: Record<string, unknown>[] }
    for (const recipient of body.smsRecipients ?? []) {
      recipient.repeatabilityRequestId = id
      recipient.repeatabilityFirstSent = firstSent
    }
    request.body = JSON.stringify(body)
    return next(request)
  },
}

/**
 * A request that is never answered is given up, so that it holds neither its claim nor the function: the notice is then in
 * doubt, as after any lost answer.
 */
export function smsClient(
  endpoint: string,
  credential: TokenCredential,
  { patience = giveUp, ...options }: SmsClientOptions & { readonly patience?: GiveUp } = {},
): SmsClientLike {
  const client = new SmsClient(endpoint, credential, {
    ...options,
    // A retry inside the SDK would be safe only within the vendor's window; the queue retries, and knows the window.
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: repeatabilityOfNotice, position: 'perCall' }],
  })
  return {
    send: (request, { repeatability, ...options }) =>
      client.send(request, {
        ...options,
        abortSignal: patience(),
        requestOptions: {
          customHeaders: { [ID]: repeatability.id, [FIRST_SENT]: repeatability.firstSent.toUTCString() },
        },
      }),
  }
}

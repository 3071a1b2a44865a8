import { z } from 'zod'
import type { SmsRecord } from '../contracts.ts'
import { type Answer, type Call, refuse, tooMany } from './answer.ts'
import { pairOf } from './carrier.ts'
import type { Delivery } from './delivery.ts'
import { messageId } from './identifiers.ts'
import { type Fate, fateOf } from './magic-numbers.ts'
import { Pace } from './pace.ts'
import { Repeatability } from './repeatability.ts'
import { type AcsState, ownNumber } from './state.ts'

/** "SMS - Send" of the Communication Services REST API, SendMessageRequest. */
const SendRequest = z.object({
  from: z.string().min(1),
  smsRecipients: z
    .array(
      z.object({
        to: z.string(),
        repeatabilityRequestId: z.uuid().nullish(),
        repeatabilityFirstSent: z.string().nullish(),
      }),
    )
    .min(1)
    .max(100),
  message: z.string().min(1).max(2048),
  smsSendOptions: z.object({ enableDeliveryReport: z.boolean(), tag: z.string().nullish() }).nullish(),
})
type SendRequest = z.infer<typeof SendRequest>
type Recipient = SendRequest['smsRecipients'][number]

/** "SMS - Send", SmsSendResponseItem. */
type Result = {
  to: string
  messageId: string | null
  httpStatusCode: number
  errorMessage: string | null
  repeatabilityResult: 'accepted' | 'rejected' | null
  successful: boolean
}

/** E.164; in North America neither area code nor exchange begins with 0 or 1. */
const phoneNumber = /^\+(?:1[2-9]\d{2}[2-9]\d{6}|[2-9]\d{6,14})$/
/** "Sender ID types": up to 11 letters and digits, at least one letter. */
const alphanumericSender = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/
/** Messages a minute of one alphanumeric sender ("Service limits for Azure Communication Services"). */
const alphanumericPerMinute = 600

/** POST /sms. */
export class Sms {
  readonly #state: AcsState
  readonly #delivery: Delivery
  readonly #pace = new Pace()
  readonly #repeatability = new Repeatability<Result>()

  constructor(state: AcsState, delivery: Delivery) {
    this.#state = state
    this.#delivery = delivery
  }

  send(call: Call): Answer {
    const parsed = SendRequest.safeParse(call.body)
    if (!parsed.success) return refuse(400, 'BadRequest', explain(parsed.error))
    const request = parsed.data
    const repeatability = repeatabilityProblem(request.smsRecipients)
    if (repeatability !== undefined) return refuse(400, 'BadRequest', repeatability)
    const perMinute = this.#limitOf(request.from)
    if (perMinute === undefined) {
      return refuse(401, 'Unauthorized', 'The From phone number does not belong to this resource.')
    }
    const now = this.#state.now()
    const fresh = request.smsRecipients.filter((recipient) => this.#isFresh(request, recipient))
    const taken = this.#pace.take(request.from, fresh.length, perMinute, now)
    if (!taken.ok) return tooMany('Message rate limit of the sender exceeded.', taken.waitSeconds)
    const settle: (() => void)[] = []
    const value = request.smsRecipients.map((recipient) => this.#sendOne(request, recipient, now, settle))
    return {
      status: 202,
      body: { value },
      breakConnection: this.#state.settings.loseAnswers,
      afterwards: () => {
        for (const each of settle) each()
      },
    }
  }

  /** Undefined: this resource may not send from there. */
  #limitOf(from: string): number | undefined {
    if (ownNumber(this.#state, from) !== undefined) return this.#state.settings.messagesPerMinute
    return alphanumericSender.test(from) ? alphanumericPerMinute : undefined
  }

  #lookUp(request: SendRequest, recipient: Recipient) {
    return this.#repeatability.find(
      recipient.repeatabilityRequestId ?? undefined,
      fingerprint(request, recipient),
      this.#state.settings.repeatabilitySeconds,
      this.#state.now(),
    )
  }

  /** Whether the recipient costs one of the sender's places: repeats and malformed numbers do not. */
  #isFresh(request: SendRequest, recipient: Recipient): boolean {
    const sendable = phoneNumber.test(recipient.to) && fateOf(recipient.to).kind !== 'refused'
    return sendable && this.#lookUp(request, recipient).kind === 'new'
  }

  #sendOne(request: SendRequest, recipient: Recipient, now: Date, settle: (() => void)[]): Result {
    const { to } = recipient
    const seen = this.#lookUp(request, recipient)
    if (seen.kind === 'repeated') return seen.result
    if (seen.kind === 'mismatch') {
      const reason = 'The repeatability request id was used for another message.'
      return { ...refusedRecipient(to, 409, reason), repeatabilityResult: 'rejected' }
    }
    if (!phoneNumber.test(to)) return refusedRecipient(to, 400, 'Invalid To phone number format.')
    const fate = this.#fate(request.from, to)
    if (fate.kind === 'refused') return refusedRecipient(to, fate.httpStatusCode, fate.errorMessage)
    const text: SmsRecord = {
      messageId: messageId('Outgoing', now, this.#state.uuid()),
      from: request.from,
      to,
      message: request.message,
      tag: request.smsSendOptions?.tag ?? undefined,
      repeatabilityRequestId: recipient.repeatabilityRequestId ?? undefined,
      at: now.toISOString(),
      deliveryStatus: 'pending',
    }
    this.#state.texts.push(text)
    const reportWanted = request.smsSendOptions?.enableDeliveryReport ?? false
    settle.push(() => this.#delivery.settle(text, fate, reportWanted))
    const result: Result = {
      to,
      messageId: text.messageId,
      httpStatusCode: 202,
      errorMessage: null,
      repeatabilityResult: recipient.repeatabilityRequestId ? 'accepted' : null,
      successful: true,
    }
    const id = recipient.repeatabilityRequestId ?? undefined
    this.#repeatability.remember(id, fingerprint(request, recipient), result, now)
    return result
  }

  /** The sender's own troubles first: unverified, blocked after STOP, outside North America. Then the digits. */
  #fate(from: string, to: string): Fate {
    const sender = ownNumber(this.#state, from)
    if (this.#state.blocked.has(pairOf(from, to))) return { kind: 'failed', code: '4007' }
    if (sender !== undefined && !sender.verified) return { kind: 'failed', code: '4010' }
    const northAmerica = to.startsWith('+1')
    if ((sender !== undefined) !== northAmerica) return { kind: 'failed', code: '4003' }
    if (this.#state.settings.landlines) return { kind: 'failed', code: '4003' }
    return fateOf(to)
  }
}

function fingerprint(request: SendRequest, recipient: Recipient): string {
  return JSON.stringify([request.from, recipient.to, request.message, request.smsSendOptions ?? null])
}

function refusedRecipient(to: string, httpStatusCode: number, errorMessage: string): Result {
  return { to, messageId: null, httpStatusCode, errorMessage, repeatabilityResult: null, successful: false }
}

/** Both headers of a repeatable request belong together ("OASIS Repeatable Requests Version 1.0", section 2). */
function repeatabilityProblem(recipients: readonly Recipient[]): string | undefined {
  for (const { repeatabilityRequestId: id, repeatabilityFirstSent: sent } of recipients) {
    if (!id && !sent) continue
    if (!id || !sent) return 'repeatabilityRequestId and repeatabilityFirstSent are required together.'
    const rfc1123 = Number.isNaN(Date.parse(sent)) ? undefined : new Date(sent).toUTCString()
    if (rfc1123 !== sent) return 'repeatabilityFirstSent is no RFC 1123 date.'
  }
  return undefined
}

function explain(error: z.ZodError): string {
  const issue = error.issues[0]
  return issue === undefined ? 'Invalid request.' : `${issue.path.join('.') || 'body'}: ${issue.message}`
}

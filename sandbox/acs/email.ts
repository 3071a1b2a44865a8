import { z } from 'zod'
import { type Answer, type Call, refuse, tooMany } from './answer.ts'
import type { EmailReports } from './email-reports.ts'
import { Pace } from './pace.ts'
import type { AcsState, EmailRecord } from './state.ts'

const Address = z.object({ address: z.email(), displayName: z.string().nullish() })

/** "Email - Send" of the Communication Services REST API, EmailMessage. */
const SendRequest = z.object({
  senderAddress: z.email(),
  content: z
    .object({ subject: z.string().min(1), plainText: z.string().nullish(), html: z.string().nullish() })
    .refine((content) => Boolean(content.plainText ?? content.html), 'plainText or html is required'),
  recipients: z.object({
    to: z.array(Address).min(1).max(50),
    cc: z.array(Address).max(50).nullish(),
    bcc: z.array(Address).max(50).nullish(),
  }),
  attachments: z
    .array(z.object({ name: z.string().min(1), contentType: z.string().min(1), contentInBase64: z.base64() }))
    .nullish(),
})

type Sent = { readonly at: Date; readonly fingerprint: string }

/** POST /emails:send and its operations. Only senders of the linked domain may send. */
export class Email {
  readonly #state: AcsState
  readonly #linkedDomain: string
  readonly #origin: () => string
  readonly #minute = new Pace(60)
  readonly #hour = new Pace(3600)
  readonly #reports: EmailReports
  readonly #operations = new Map<string, Sent>()

  constructor(state: AcsState, reports: EmailReports, linkedDomain: string, origin: () => string) {
    this.#state = state
    this.#reports = reports
    this.#linkedDomain = linkedDomain
    this.#origin = origin
  }

  send(call: Call): Answer {
    const operationId = call.headers['operation-id'] ?? this.#state.uuid()
    if (!z.uuid().safeParse(operationId).success)
      return refuse(400, 'BadRequest', 'Operation-Id must be a UUID.')
    const parsed = SendRequest.safeParse(call.body)
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      return refuse(400, 'BadRequest', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}`)
    }
    const message = parsed.data
    const unlinked = this.#state.settings.flaws.has('email_domain')
    if (unlinked || message.senderAddress.split('@')[1]?.toLowerCase() !== this.#linkedDomain) {
      return refuse(404, 'DomainNotLinked', 'The specified sender domain has not been linked.')
    }
    const fingerprint = JSON.stringify(message)
    const before = this.#operations.get(operationId.toLowerCase())
    if (before !== undefined) {
      // The operation id is the idempotency key: the same request is answered again and sends nothing.
      if (before.fingerprint === fingerprint) return this.#accepted(operationId)
      return refuse(409, 'Conflict', 'The operation id was used for another message.')
    }
    const at = this.#state.now()
    const waitSeconds = this.#takePlace(at)
    if (waitSeconds > 0) return tooMany('The e-mail rate limit is exceeded.', waitSeconds)
    this.#operations.set(operationId.toLowerCase(), { at, fingerprint })
    const email: EmailRecord = {
      id: operationId,
      from: message.senderAddress,
      to: message.recipients.to.map((recipient) => recipient.address).join(', '),
      subject: message.content.subject,
      plainText: message.content.plainText ?? '',
      html: message.content.html ?? '',
      at: at.toISOString(),
      attachments: message.attachments ?? [],
      status: 'pending',
    }
    this.#state.emails.push(email)
    return {
      ...this.#accepted(operationId),
      breakConnection: this.#state.settings.loseAnswers,
      afterwards: () => this.#reports.settle(email),
    }
  }

  /** Of both windows or of none. The limits are of a subscription, here of its one domain. */
  #takePlace(at: Date): number {
    const { emailsPerMinute, emailsPerHour } = this.#state.settings
    const waitSeconds = Math.max(
      this.#minute.wait(this.#linkedDomain, 1, emailsPerMinute, at),
      this.#hour.wait(this.#linkedDomain, 1, emailsPerHour, at),
    )
    if (waitSeconds > 0) return waitSeconds
    this.#minute.take(this.#linkedDomain, 1, emailsPerMinute, at)
    this.#hour.take(this.#linkedDomain, 1, emailsPerHour, at)
    return 0
  }

  /** GET /emails/operations/{operationId} */
  operation(operationId: string): Answer {
    const sent = this.#operations.get(operationId.toLowerCase())
    if (sent === undefined) return refuse(404, 'NotFound', 'The operation cannot be found.')
    const done = this.#isDone(sent)
    const body = { id: operationId, status: done ? 'Succeeded' : 'Running', error: null }
    return { status: 200, body, headers: done ? {} : { 'retry-after': '1' } }
  }

  #isDone(sent: Sent): boolean {
    return this.#state.now().getTime() - sent.at.getTime() >= this.#state.settings.emailSeconds * 1000
  }

  #accepted(operationId: string): Answer {
    const location = `${this.#origin()}/emails/operations/${operationId}?api-version=2023-03-31`
    return {
      status: 202,
      body: { id: operationId, status: 'Running', error: null },
      headers: { 'operation-location': location, 'retry-after': '1' },
    }
  }
}

import type { Now } from '../contracts.ts'

export type GridEvent = {
  readonly id: string
  readonly topic: string
  readonly subject: string
  readonly eventType: string
  readonly eventTime: string
  readonly dataVersion: string
  readonly metadataVersion: string
  readonly data: Readonly<Record<string, unknown>>
}

type Subscription = { readonly name: string; readonly eventTypes: readonly string[]; readonly url: string }

/** The longest that Event Grid waits for a webhook: "Event Grid message delivery and retry". */
const answerTimeoutMs = 30_000

/** Never delivered again after these: the same page, table of status codes. */
const finalStatuses = new Set([400, 413])

/**
 * Event Grid for one topic: subscriptions with their handshake, at-least-once delivery in the Event Grid schema. The
 * real service waits 10 s and longer between attempts; here the waits are short and given by `retryDelaysMs`.
 */
export class EventGrid {
  readonly #subscriptions: Subscription[] = []
  readonly #running = new Set<Promise<void>>()
  readonly #stopped = new AbortController()
  readonly #now: Now
  readonly #topic: string
  readonly #uuid: () => string
  readonly #retryDelaysMs: readonly number[]

  constructor(options: { now: Now; topic: string; uuid: () => string; retryDelaysMs: readonly number[] }) {
    this.#now = options.now
    this.#topic = options.topic
    this.#uuid = options.uuid
    this.#retryDelaysMs = options.retryDelaysMs
  }

  event(eventType: string, id: string, subject: string, data: GridEvent['data']): GridEvent {
    const eventTime = this.#now().toISOString()
    return {
      id,
      topic: this.#topic,
      subject,
      data,
      eventType,
      dataVersion: '1.0',
      metadataVersion: '1',
      eventTime,
    }
  }

  /**
   * Asks the webhook to echo a validation code, then subscribes it: "Webhook event delivery", endpoint validation.
   *
   * @throws when the webhook does not answer 200 with `{"validationResponse": code}`; nothing is subscribed then
   */
  async subscribe(eventTypes: readonly string[], url: string): Promise<void> {
    const name = `SANDBOX-${this.#subscriptions.length + 1}`
    const validationCode = this.#uuid().toUpperCase()
    const validation = {
      ...this.event('Microsoft.EventGrid.SubscriptionValidationEvent', this.#uuid(), '', { validationCode }),
      dataVersion: '2',
    }
    const response = await this.#request(url, 'SubscriptionValidation', name, validation, 0)
    const echoed: unknown = await response.json().catch(() => undefined)
    const given = typeof echoed === 'object' && echoed !== null && 'validationResponse' in echoed
    if (response.status !== 200 || !given || echoed.validationResponse !== validationCode) {
      throw new Error(`The webhook did not prove that it wants these events (HTTP ${response.status}).`)
    }
    this.#subscriptions.push({ name, eventTypes, url })
  }

  /** Resolves after the first attempt at every subscriber; later attempts go on by themselves. */
  async publish(event: GridEvent): Promise<void> {
    const wanted = this.#subscriptions.filter((subscription) =>
      subscription.eventTypes.includes(event.eventType),
    )
    await Promise.all(wanted.map((subscription) => this.#deliver(subscription, event, 0)))
  }

  async close(): Promise<void> {
    this.#stopped.abort()
    await Promise.allSettled(this.#running)
  }

  async #deliver(subscription: Subscription, event: GridEvent, attempt: number): Promise<void> {
    const status = await this.#request(subscription.url, 'Notification', subscription.name, event, attempt)
      .then((response) => response.status)
      .catch(() => 0)
    const delivered = status >= 200 && status <= 204
    const delay = this.#retryDelaysMs[attempt]
    if (delivered || finalStatuses.has(status) || delay === undefined || this.#stopped.signal.aborted) return
    const again = this.#pause(delay).then(() => this.#deliver(subscription, event, attempt + 1))
    this.#running.add(again)
    void again.finally(() => this.#running.delete(again))
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#stopped.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  #request(url: string, kind: string, name: string, event: GridEvent, attempt: number): Promise<Response> {
    return fetch(url, {
      method: 'POST',
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'aeg-event-type': kind,
        'aeg-subscription-name': name,
        'aeg-delivery-count': String(attempt),
        'aeg-data-version': event.dataVersion,
        'aeg-metadata-version': event.metadataVersion,
      },
      body: JSON.stringify([event]),
      signal: AbortSignal.any([this.#stopped.signal, AbortSignal.timeout(answerTimeoutMs)]),
    })
  }
}

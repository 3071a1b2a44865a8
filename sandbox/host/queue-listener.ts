import { setTimeout as sleep } from 'node:timers/promises'
import type { QueueClient } from '@azure/storage-queue'
import type { QueueOptions } from './host-json.ts'
import type { Log } from './logging.ts'
import { decodeMessage, type QueueCall, type QueueMessage, queueCall } from './queue-message.ts'

/** The real host hides a message for ten minutes and renews that at half time while the function runs. */
const LEASE_SECONDS = 600
const MIN_POLL_MS = 100

export type QueueListenerOptions = {
  readonly queue: QueueClient
  /** Where a message goes that failed too often; absent for a queue that is itself a poison queue. */
  readonly poison: QueueClient | undefined
  readonly settings: QueueOptions
  /** Runs the function; false where it failed. */
  readonly handle: (call: QueueCall) => Promise<boolean>
  readonly log: Log
  /** How long a message stays hidden while its function runs, unless renewed. */
  readonly leaseSeconds?: number
}

/**
 * Polls a Storage queue and runs a function per message ("Azure Queue storage trigger for Azure Functions"): up to
 * `batchSize` at a time, a new batch once no more than `newBatchThreshold` run; success deletes, failure makes the
 * message visible again after `visibilityTimeout`, the `maxDequeueCount`-th failure moves it to the poison queue. An
 * empty queue is polled less and less often, up to `maxPollingInterval`.
 */
export function startQueueListener(options: QueueListenerOptions): { stop(): Promise<void> } {
  const { queue, settings, log } = options
  const leaseSeconds = options.leaseSeconds ?? LEASE_SECONDS
  const stopping = new AbortController()
  /** Messages whose function runs now, by id. */
  const running = new Map<string, Receipt>()
  const ended = new Set<() => void>()
  let exists = false

  async function poll(): Promise<number> {
    if (!exists) {
      await queue.createIfNotExists()
      exists = true
    }
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: settings.batchSize,
      visibilityTimeout: leaseSeconds,
    })
    for (const message of receivedMessageItems) accept(message)
    return receivedMessageItems.length
  }

  function accept(message: QueueMessage): void {
    const known = running.get(message.messageId)
    if (known && !known.released) {
      // Only a jump of the sandbox clock can end a lease that is being renewed: the function goes on with the new receipt.
      known.popReceipt = message.popReceipt
      return
    }
    const receipt: Receipt = { popReceipt: message.popReceipt, released: false }
    running.set(message.messageId, receipt)
    void processMessage(options, message, receipt, leaseSeconds)
      .catch((error: unknown) =>
        log('Warning', 'Host.Triggers.Queue', `A message was not settled: ${code(error)}`),
      )
      .finally(() => {
        if (running.get(message.messageId) === receipt) running.delete(message.messageId)
        for (const wake of ended) wake()
      })
  }

  async function loop(): Promise<void> {
    let waitMs = MIN_POLL_MS
    while (!stopping.signal.aborted) {
      let found = 0
      try {
        found = await poll()
      } catch (error) {
        exists = false
        log('Warning', 'Host.Triggers.Queue', `Polling a queue failed: ${code(error)}`)
      }
      waitMs =
        found > 0 ? MIN_POLL_MS : Math.min(waitMs * 2, Math.max(settings.maxPollingInterval, MIN_POLL_MS))
      if (found === 0) await sleep(waitMs, undefined, { signal: stopping.signal }).catch(() => {})
      while (running.size > settings.newBatchThreshold && !stopping.signal.aborted) await oneEnded()
    }
  }

  function oneEnded(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        ended.delete(wake)
        stopping.signal.removeEventListener('abort', wake)
        resolve()
      }
      ended.add(wake)
      stopping.signal.addEventListener('abort', wake)
    })
  }

  const looping = loop()
  return {
    /** Takes no more messages and waits until the running ones are settled. */
    async stop() {
      stopping.abort()
      await looping
      while (running.size > 0) await new Promise<void>((resolve) => ended.add(resolve))
    },
  }
}

type Receipt = {
  popReceipt: string
  /** Given back to the queue: whoever receives it from then on, this listener too, has a new try. */
  released: boolean
}

/** One message from receipt to settlement. (Microsoft.Azure.WebJobs.Extensions.Storage.Queues: QueueProcessor.) */
async function processMessage(
  options: QueueListenerOptions,
  message: QueueMessage,
  receipt: Receipt,
  leaseSeconds: number,
): Promise<void> {
  const { queue, poison, settings, log } = options
  if (poison && message.dequeueCount > settings.maxDequeueCount) {
    await moveToPoison(queue, poison, message, receipt)
    return
  }
  let renewing: Promise<void> = Promise.resolve()
  const renew = async () => {
    try {
      const renewed = await queue.updateMessage(
        message.messageId,
        receipt.popReceipt,
        undefined,
        leaseSeconds,
      )
      if (renewed.popReceipt) receipt.popReceipt = renewed.popReceipt
    } catch (error) {
      log('Warning', 'Host.Triggers.Queue', `A lease was not renewed: ${code(error)}`)
    }
  }
  const renewal = setInterval(() => {
    renewing = renew()
  }, leaseSeconds * 500)
  const text = decodeMessage(message.messageText, settings.messageEncoding)
  let succeeded = false
  try {
    if (text === undefined)
      log('Error', 'Host.Triggers.Queue', 'A message is not base64: see messageEncoding in host.json')
    else succeeded = await options.handle(queueCall(text, message))
  } finally {
    clearInterval(renewal)
    // A renewal under way changes the receipt that settling needs.
    await renewing
  }
  if (succeeded) {
    await queue.deleteMessage(message.messageId, receipt.popReceipt)
  } else if (poison && message.dequeueCount >= settings.maxDequeueCount) {
    await moveToPoison(queue, poison, message, receipt)
  } else {
    const seconds = Math.ceil(settings.visibilityTimeout / 1000)
    // Before the request: the next poll may have the message before the answer is here.
    receipt.released = true
    await queue.updateMessage(message.messageId, receipt.popReceipt, undefined, seconds)
  }
}

async function moveToPoison(
  queue: QueueClient,
  poison: QueueClient,
  message: QueueMessage,
  receipt: Receipt,
): Promise<void> {
  await poison.createIfNotExists()
  await poison.sendMessage(message.messageText)
  await queue.deleteMessage(message.messageId, receipt.popReceipt)
}

/** The service's error code; its message could quote what was stored. */
function code(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'unknown error'
  if ('code' in error && typeof error.code === 'string') return error.code
  return error instanceof Error ? error.name : 'unknown error'
}

import { randomUUID } from 'node:crypto'
import type { RpcData } from './core-api.ts'
import type { QueueOptions } from './host-json.ts'

/** A message as the queue service gives it. */
export type QueueMessage = {
  readonly messageId: string
  readonly popReceipt: string
  readonly messageText: string
  readonly dequeueCount: number
  readonly insertedOn: Date
  readonly expiresOn: Date
  readonly nextVisibleOn: Date
}

/** What a function is called with for a message. */
export type QueueCall = {
  readonly data: RpcData
  readonly triggerMetadata: Readonly<Record<string, RpcData>>
}

/** The message's text by host.json's `messageEncoding`; undefined where it is not what that says. */
export function decodeMessage(text: string, encoding: QueueOptions['messageEncoding']): string | undefined {
  if (encoding === 'none') return text
  const valid = text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
  return valid ? Buffer.from(text, 'base64').toString('utf8') : undefined
}

export function encodeMessage(text: string, encoding: QueueOptions['messageEncoding']): string {
  return encoding === 'none' ? text : Buffer.from(text, 'utf8').toString('base64')
}

/**
 * The call for a message: the text itself (the library parses it where it is JSON), and the trigger metadata of "Azure
 * Queue storage trigger: message metadata".
 */
export function queueCall(text: string, message: QueueMessage): QueueCall {
  return {
    data: { string: text },
    triggerMetadata: {
      QueueTrigger: { string: text },
      DequeueCount: { json: String(message.dequeueCount) },
      ExpirationTime: { json: dateJson(message.expiresOn) },
      Id: { string: message.messageId },
      InsertionTime: { json: dateJson(message.insertedOn) },
      NextVisibleTime: { json: dateJson(message.nextVisibleOn) },
      PopReceipt: { string: message.popReceipt },
    },
  }
}

/** A message made up for a call through the administrative endpoint. */
export function adminQueueCall(text: string, now: Date): QueueCall {
  const never = new Date('9999-12-31T23:59:59Z')
  return queueCall(text, {
    messageId: randomUUID(),
    popReceipt: '',
    messageText: text,
    dequeueCount: 0,
    insertedOn: now,
    expiresOn: never,
    nextVisibleOn: never,
  })
}

/** .NET's DateTimeOffset in JSON: whole seconds, offset instead of Z. */
function dateJson(date: Date): string {
  return JSON.stringify(`${date.toISOString().slice(0, 19)}+00:00`)
}

import type { QueueClient } from '@azure/storage-queue'
import type { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'

/** A queue whose messages are parsed when they arrive. */
export type Queue<Message> = {
  readonly name: string
  /** @param delaySeconds how long the message stays unseen, at most seven days (the queue's own limit). */
  send(message: Message, delaySeconds?: number): Promise<void>
  /** What a trigger received, or `message_invalid`: the host then retries it and sets it aside as poison. */
  read(received: unknown): Result<Message, 'message_invalid'>
}

export function queue<S extends z.ZodType>(client: QueueClient, schema: S): Queue<z.infer<S>> {
  return {
    name: client.name,
    async send(message, delaySeconds = 0) {
      // The functions host expects base64 and the queue SDK encodes nothing.
      const text = Buffer.from(JSON.stringify(schema.parse(message))).toString('base64')
      await client.sendMessage(text, { visibilityTimeout: delaySeconds })
    },
    read(received) {
      const parsed = schema.safeParse(received)
      if (parsed.success) return ok(parsed.data)
      const paths = parsed.error.issues.flatMap(fieldsOf)
      return fail('message_invalid', { detail: `queue ${client.name}: ${paths.join(', ')}` })
    },
  }
}

/** Where an issue lies; of several kinds of message, that of the kind which fits best. Names of fields, never values. */
function fieldsOf(issue: z.core.$ZodIssue): string[] {
  const [nearest] = issue.code === 'invalid_union' ? issue.errors.toSorted((a, b) => a.length - b.length) : []
  return nearest?.flatMap(fieldsOf) ?? [issue.path.join('.') || 'the whole message']
}

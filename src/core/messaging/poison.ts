import { messageSchemas, type QueueName } from '../store/messages.ts'
import type { StorageClients } from '../store/store.ts'

/** Queues whose messages say which tenant they are of; the others hold what a vendor sent, sealed, and are for operations. */
export const REPLAYABLE = ['confirmations', 'reminders', 'sweeps'] as const satisfies readonly QueueName[]
export type Replayable = (typeof REPLAYABLE)[number]

export type Poisoned = {
  readonly queue: Replayable
  readonly messages: number
  readonly notices: number
  readonly oldest: string | undefined
}

type Clients = Pick<StorageClients, 'queue'>
/** "Peek Messages" and "Get Messages" give at most 32. */
const MOST = 32
/** Seconds in which a message that is being put back is hidden from another one who does the same. */
const HIDDEN = 60

/** What was set aside of a tenant's messages after five failures: the first 32 of each queue. */
export async function listPoison(clients: Clients, tenantId: string): Promise<Poisoned[]> {
  const listed = await Promise.all(
    REPLAYABLE.map(async (queue): Promise<Poisoned> => {
      const { peekedMessageItems } = await clients
        .queue(`${queue}-poison`)
        .peekMessages({ numberOfMessages: MOST })
      const mine = peekedMessageItems.flatMap(({ messageText, insertedOn }) => {
        const message = ofTenant(queue, messageText, tenantId)
        return message ? [{ message, insertedOn }] : []
      })
      const notices = mine.reduce(
        (sum, { message }) => sum + ('notices' in message ? message.notices.length : 0),
        0,
      )
      const oldest = mine.map(({ insertedOn }) => insertedOn?.toISOString() ?? '').sort()[0]
      return { queue, messages: mine.length, notices, oldest }
    }),
  )
  return listed.filter(({ messages }) => messages > 0)
}

/**
 * Puts a tenant's messages back, each before it is taken away: a crash in between leaves a copy, and a copy texts nobody
 * twice, since notices are claimed. What is of other tenants or of nobody is seen again after a minute.
 * @returns how many were put back.
 */
export async function replayPoison(clients: Clients, queue: Replayable, tenantId: string): Promise<number> {
  const poison = clients.queue(`${queue}-poison`)
  const { receivedMessageItems } = await poison.receiveMessages({
    numberOfMessages: MOST,
    visibilityTimeout: HIDDEN,
  })
  let replayed = 0
  for (const { messageText, messageId, popReceipt } of receivedMessageItems) {
    if (!ofTenant(queue, messageText, tenantId)) continue
    await clients.queue(queue).sendMessage(messageText)
    await poison.deleteMessage(messageId, popReceipt)
    replayed++
  }
  return replayed
}

function ofTenant(queue: Replayable, text: string, tenantId: string) {
  try {
    const parsed = messageSchemas[queue].safeParse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')))
    return parsed.success && parsed.data.tenantId === tenantId ? parsed.data : undefined
  } catch {
    return undefined
  }
}

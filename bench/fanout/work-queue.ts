import type { QueueClient } from '@azure/storage-queue'

/** As the host does by host.json: sixteen messages at a time, each deleted when it was worked on. Ends when none is left. */
export async function workQueue(queue: QueueClient, work: (text: string) => Promise<void>): Promise<void> {
  for (;;) {
    const { receivedMessageItems } = await queue.receiveMessages({
      numberOfMessages: 16,
      visibilityTimeout: 120,
    })
    if (receivedMessageItems.length === 0) return
    await Promise.all(
      receivedMessageItems.map(async ({ messageText, messageId, popReceipt }) => {
        await work(Buffer.from(messageText, 'base64').toString('utf8'))
        await queue.deleteMessage(messageId, popReceipt)
      }),
    )
  }
}

import { type Answer, refuse } from './answers.ts'
import { postToWebhook } from './webhook.ts'

const WITHIN_MS = 10_000

/**
 * The validation of a notification URL (Receive change notifications through webhooks, "notificationUrl validation"):
 * 200, text/plain and the decoded token within 10 seconds; otherwise there is no subscription.
 */
export async function handshakeRefusal(
  url: string,
  token: string,
  ca: string | undefined,
): Promise<Answer | undefined> {
  const target = new URL(url)
  target.searchParams.set('validationToken', token)
  try {
    const answer = await postToWebhook(target.href, '', {
      contentType: 'text/plain; charset=utf-8',
      timeoutMs: WITHIN_MS,
      ca,
    })
    if (answer.status !== 200) {
      return failed('Notification endpoint must respond with 200 OK to validation request.')
    }
    if (!/^text\/plain\b/i.test(answer.contentType)) {
      return failed('Notification endpoint must respond with text/plain content type.')
    }
    return answer.body === token
      ? undefined
      : failed('Notification endpoint must respond with the validation token.')
  } catch {
    return refuse(400, 'ValidationError', 'Subscription validation request timed out.')
  }
}

function failed(why: string): Answer {
  return refuse(400, 'ValidationError', `Subscription validation request failed. ${why}`)
}

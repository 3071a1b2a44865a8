import { notifyLifecycle } from './notifications.ts'
import type { Outbox } from './outbox.ts'
import type { GraphState } from './state.ts'

/** Before the last quarter of its life is over, a subscription's application is asked to authorize it again. */
const CHALLENGE_AT = 0.75

/**
 * What time does to subscriptions: an expired one is gone; one in the last quarter of its life draws one
 * reauthorizationRequired for that expiry.
 */
export async function ageSubscriptions(state: GraphState, box: Outbox): Promise<void> {
  const now = state.now().getTime()
  for (const subscription of [...state.subscriptions.values()]) {
    const made = Date.parse(subscription.createdAt)
    const end = Date.parse(subscription.expirationDateTime)
    if (end <= now) {
      state.subscriptions.delete(subscription.id)
    } else if (!subscription.challenged && now >= made + (end - made) * CHALLENGE_AT) {
      subscription.challenged = true
      await notifyLifecycle(box, subscription, 'reauthorizationRequired')
    }
  }
}

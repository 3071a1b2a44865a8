import { type CallEvent, callEventResource } from './call-event.ts'
import { encryptResource } from './encryption.ts'
import type { Outbox } from './outbox.ts'
import type { GraphState, StoredMeeting } from './state.ts'
import type { Subscription } from './subscription.ts'
import type { ValidationTokens } from './validation-tokens.ts'

export type LifecycleEvent = 'reauthorizationRequired' | 'subscriptionRemoved' | 'missed'

/** Tells every living subscription of the meeting; resolves after the first attempts. */
export async function notify(
  state: GraphState,
  box: Outbox,
  tokens: ValidationTokens,
  meeting: StoredMeeting,
  event: CallEvent,
): Promise<void> {
  const about = {
    id: state.ids.next(),
    resource: `communications/onlineMeetings(joinWebUrl='${encodeURIComponent(meeting.joinWebUrl)}')/meetingCallEvents`,
    at: state.now().toISOString(),
    tenantId: meeting.tenantId,
  }
  const resource = callEventResource(event, about, state.settings.spelling)
  const subscriptions = [...state.subscriptions.values()].filter(({ meetingId }) => meetingId === meeting.id)
  await Promise.all(
    subscriptions.map((subscription) =>
      box.send({
        url: subscription.notificationUrl,
        kind: event.kind,
        subscriptionId: subscription.id,
        body: async () => {
          const change = changeNotification(subscription, about, resource)
          const rich = subscription.includeResourceData
          return JSON.stringify({
            value: [change],
            ...(rich
              ? { validationTokens: [await tokens.sign(subscription.tenantId, subscription.applicationId)] }
              : {}),
          })
        },
      }),
    ),
  )
}

/** One item of a changeNotificationCollection; without resource data it names the change and says nothing of it. */
function changeNotification(
  subscription: Subscription,
  about: { id: string; resource: string },
  resource: Record<string, unknown>,
) {
  const { encryptionCertificate, encryptionCertificateId } = subscription
  return {
    ...header(subscription),
    changeType: subscription.changeType,
    resource: about.resource,
    resourceData: {
      '@odata.id': about.resource,
      '@odata.type': '#microsoft.graph.callevent',
      id: about.id,
    },
    ...(encryptionCertificate && encryptionCertificateId
      ? { encryptedContent: encryptResource(resource, encryptionCertificate, encryptionCertificateId) }
      : {}),
  }
}

/** A notification about the subscription itself (Reduce missing subscriptions and change notifications). */
export async function notifyLifecycle(
  box: Outbox,
  subscription: Subscription,
  lifecycleEvent: LifecycleEvent,
): Promise<void> {
  if (!subscription.lifecycleNotificationUrl) return
  await box.send({
    url: subscription.lifecycleNotificationUrl,
    kind: lifecycleEvent,
    subscriptionId: subscription.id,
    body: async () => JSON.stringify({ value: [{ ...header(subscription), lifecycleEvent }] }),
  })
}

function header(subscription: Subscription) {
  return {
    subscriptionId: subscription.id,
    clientState: subscription.clientState ?? null,
    subscriptionExpirationDateTime: subscription.expirationDateTime,
    tenantId: subscription.tenantId,
    organizationId: subscription.tenantId,
  }
}

import { context, type GraphCall } from './call.ts'

/** A subscription as Graph keeps it (subscription resource type). */
export type Subscription = {
  readonly id: string
  readonly tenantId: string
  readonly applicationId: string
  readonly meetingId: string
  readonly resource: string
  readonly changeType: string
  readonly clientState: string | undefined
  notificationUrl: string
  readonly lifecycleNotificationUrl: string | undefined
  readonly createdAt: string
  expirationDateTime: string
  readonly includeResourceData: boolean
  /** PEM. */
  encryptionCertificate: string | undefined
  encryptionCertificateId: string | undefined
  /** The authorization challenge for this expiry went out. */
  challenged: boolean
}

export function subscriptionResource(call: GraphCall, subscription: Subscription) {
  return {
    '@odata.context': context(call, 'subscriptions/$entity'),
    ...plainSubscription(subscription),
  }
}

export function plainSubscription(subscription: Subscription) {
  return {
    id: subscription.id,
    resource: subscription.resource,
    applicationId: subscription.applicationId,
    changeType: subscription.changeType,
    clientState: subscription.clientState ?? null,
    notificationUrl: subscription.notificationUrl,
    notificationQueryOptions: null,
    lifecycleNotificationUrl: subscription.lifecycleNotificationUrl ?? null,
    expirationDateTime: subscription.expirationDateTime,
    creatorId: subscription.applicationId,
    includeResourceData: subscription.includeResourceData,
    latestSupportedTlsVersion: 'v1_2',
    encryptionCertificate: null,
    encryptionCertificateId: subscription.encryptionCertificateId ?? null,
    notificationUrlAppId: null,
  }
}

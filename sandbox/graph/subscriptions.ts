import { type Answer, invalidRequest, noSuchResource, refuse } from './answers.ts'
import { context, type GraphCall, parameter } from './call.ts'
import { handshakeRefusal } from './handshake.ts'
import { type GraphState, graphDate, type StoredMeeting } from './state.ts'
import { plainSubscription, type Subscription, subscriptionResource } from './subscription.ts'
import {
  certificateOf,
  expiryRefusal,
  joinUrlOf,
  subscriptionBody,
  subscriptionChanges,
} from './subscription-request.ts'

const HOUR = 3_600_000

/** How Graph reaches the application's webhooks. */
export type Reach = { readonly trustCa: string | undefined }

/** POST /subscriptions (Create subscription) for the call events of one meeting; there is no other resource yet. */
export async function createSubscription(call: GraphCall, reach: Reach): Promise<Answer> {
  const { state } = call
  const parsed = subscriptionBody.safeParse(call.body)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return invalidRequest(`Invalid value for '${issue?.path.join('.') ?? ''}': ${issue?.message ?? ''}`)
  }
  const asked = parsed.data
  const joinUrl = joinUrlOf(asked.resource)
  if (joinUrl === undefined || call.version !== 'beta') {
    return invalidRequest(
      `Resource '${asked.resource}' does not support change notifications on ${call.version}.`,
    )
  }
  if (asked.changeType !== 'updated') {
    return invalidRequest("changeType must be 'updated' for this resource.")
  }
  const now = state.now()
  const expiry = expiryRefusal(asked.expirationDateTime, now)
  if (expiry) return expiry
  if (asked.expirationDateTime.getTime() - now.getTime() > HOUR && !asked.lifecycleNotificationUrl) {
    return invalidRequest(
      'lifecycleNotificationUrl is a required property for subscription creation on this resource when the expirationDateTime value is set to greater than 1 hour.',
    )
  }
  let certificate: string | undefined
  if (asked.includeResourceData) {
    const checked = certificateOf(asked.encryptionCertificate)
    if (typeof checked !== 'string') return checked
    if (!asked.encryptionCertificateId) {
      return invalidRequest('encryptionCertificateId is required when includeResourceData is true.')
    }
    certificate = checked
  }
  const meeting = meetingBehind(state, call.tenant.id, joinUrl)
  if (!meeting) {
    return refuse(
      404,
      'ExtensionError',
      'Operation: Create; Exception: [Status Code: NotFound; Reason: Meeting not found.]',
    )
  }
  const taken = inUse(state, meeting.id)
  if (taken) return taken
  if (state.faults.flaws.has('subscriptions')) {
    return refuse(403, 'ExtensionError', 'Operation: Create; Exception: [Status Code: Forbidden; Reason: ]')
  }
  for (const url of new Set([asked.notificationUrl, asked.lifecycleNotificationUrl])) {
    const refusal = url && (await handshakeRefusal(url, validationToken(state), reach.trustCa))
    if (refusal) return refusal
  }
  // The handshakes took time: another request may have been quicker.
  const meanwhile = inUse(state, meeting.id)
  if (meanwhile) return meanwhile
  const subscription: Subscription = {
    id: state.ids.next(),
    tenantId: call.tenant.id,
    applicationId: call.appId ?? '',
    meetingId: meeting.id,
    resource: asked.resource,
    changeType: asked.changeType,
    clientState: asked.clientState,
    notificationUrl: asked.notificationUrl,
    lifecycleNotificationUrl: asked.lifecycleNotificationUrl,
    createdAt: state.now().toISOString(),
    expirationDateTime: graphDate(asked.expirationDateTime),
    includeResourceData: asked.includeResourceData ?? false,
    encryptionCertificate: certificate,
    encryptionCertificateId: asked.encryptionCertificateId,
    challenged: false,
  }
  state.subscriptions.set(subscription.id, subscription)
  return { status: 201, body: subscriptionResource(call, subscription) }
}

/** PATCH /subscriptions/{id} (Update subscription): renews, moves the webhook, rotates the certificate. */
export async function updateSubscription(call: GraphCall, reach: Reach): Promise<Answer> {
  const subscription = ownSubscription(call)
  if ('status' in subscription) return subscription
  const parsed = subscriptionChanges.safeParse(call.body)
  if (!parsed.success)
    return invalidRequest('Only expirationDateTime, notificationUrl and the certificate can change.')
  const { expirationDateTime, notificationUrl, encryptionCertificate, encryptionCertificateId } = parsed.data
  const expiry = expirationDateTime && expiryRefusal(expirationDateTime, call.state.now())
  if (expiry) return expiry
  const certificate = encryptionCertificate === undefined ? undefined : certificateOf(encryptionCertificate)
  if (certificate !== undefined && typeof certificate !== 'string') return certificate
  if (notificationUrl) {
    const refusal = await handshakeRefusal(notificationUrl, validationToken(call.state), reach.trustCa)
    if (refusal) return refusal
    subscription.notificationUrl = notificationUrl
  }
  if (expirationDateTime) {
    subscription.expirationDateTime = graphDate(expirationDateTime)
    subscription.challenged = false
  }
  if (certificate) subscription.encryptionCertificate = certificate
  if (encryptionCertificateId) subscription.encryptionCertificateId = encryptionCertificateId
  return { status: 200, body: subscriptionResource(call, subscription) }
}

/** GET /subscriptions/{id} (Get subscription). */
export function getSubscription(call: GraphCall): Answer {
  const subscription = ownSubscription(call)
  return 'status' in subscription
    ? subscription
    : { status: 200, body: subscriptionResource(call, subscription) }
}

/** GET /subscriptions (List subscriptions): the calling application's, in this tenant. */
export function listSubscriptions(call: GraphCall): Answer {
  const own = [...call.state.subscriptions.values()].filter((one) => isOwn(call, one))
  return {
    status: 200,
    body: { '@odata.context': context(call, 'subscriptions'), value: own.map(plainSubscription) },
  }
}

/** POST /subscriptions/{id}/reauthorize (subscription: reauthorize); the expiry stays. */
export function reauthorizeSubscription(call: GraphCall): Answer {
  const subscription = ownSubscription(call)
  return 'status' in subscription ? subscription : { status: 204 }
}

/** DELETE /subscriptions/{id} (Delete subscription). */
export function deleteSubscription(call: GraphCall): Answer {
  const subscription = ownSubscription(call)
  if ('status' in subscription) return subscription
  call.state.subscriptions.delete(subscription.id)
  return { status: 204 }
}

function ownSubscription(call: GraphCall): Subscription | Answer {
  const id = parameter(call, 0)
  const found = call.state.subscriptions.get(id)
  return found && isOwn(call, found) ? found : noSuchResource(id)
}

function isOwn(call: GraphCall, subscription: Subscription): boolean {
  return subscription.tenantId === call.tenant.id && subscription.applicationId === (call.appId ?? '')
}

function meetingBehind(state: GraphState, tenantId: string, joinUrl: string): StoredMeeting | undefined {
  return [...state.meetings.values()].find(
    (meeting) => meeting.tenantId === tenantId && meeting.joinWebUrl === joinUrl,
  )
}

function inUse(state: GraphState, meetingId: string): Answer | undefined {
  const other = [...state.subscriptions.values()].find((one) => one.meetingId === meetingId)
  return other
    ? refuse(
        409,
        'ObjectIdentifierInUse',
        `Subscription Id ${other.id} already exists for the requested combination`,
      )
    : undefined
}

function validationToken(state: GraphState): string {
  return `Validation: Testing client application reachability for subscription Request-Id: ${state.ids.next()}`
}

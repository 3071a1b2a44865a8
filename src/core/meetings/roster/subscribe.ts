import { z } from 'zod'
import { ok, type Result } from '../../result.ts'
import type { Graph } from '../graph.ts'
import { callGraph, type GraphFailure } from '../graph-call.ts'
import type { NotificationKeys } from './notification-keys.ts'

/** Under an hour a subscription needs no lifecycle URL; a visit lasts longer, so one is always given. */
const MOST_MINUTES = 4_230

export type Subscription = { readonly id: string; readonly until: string }

const answer = z.object({ id: z.string(), expirationDateTime: z.iso.datetime({ offset: true }) })

/**
 * Asks Graph to tell who joins, waits and leaves (Microsoft Graph beta, "Get change notifications for meeting call
 * event updates"). The join URL stands in the resource path encoded as a whole. Graph checks the webhook before it
 * answers, and takes one subscription a meeting.
 */
export async function subscribeToRoster(
  graph: Graph,
  request: {
    readonly joinWebUrl: string
    readonly notificationUrl: string
    readonly lifecycleUrl: string
    readonly clientState: string
    readonly keys: NotificationKeys
    readonly until: Date
  },
  now: Date,
): Promise<Result<Subscription, GraphFailure>> {
  const latest = new Date(now.getTime() + (MOST_MINUTES - 5) * 60_000)
  const until = request.until < latest ? request.until : latest
  const made = await callGraph(async () =>
    answer.parse(
      await graph
        .api('/subscriptions')
        .version('beta')
        .post({
          changeType: 'updated',
          resource: `communications/onlineMeetings(joinWebUrl='${encodeURIComponent(request.joinWebUrl)}')/meetingCallEvents`,
          notificationUrl: request.notificationUrl,
          lifecycleNotificationUrl: request.lifecycleUrl,
          expirationDateTime: until.toISOString(),
          includeResourceData: true,
          encryptionCertificate: request.keys.current.certificate,
          encryptionCertificateId: request.keys.current.id,
          clientState: request.clientState,
        }),
    ),
  )
  return made.ok
    ? ok({ id: made.value.id, until: new Date(made.value.expirationDateTime).toISOString() })
    : made
}

/** Sets the end of a subscription later; Graph refuses where it is gone already. */
export async function renewSubscription(
  graph: Graph,
  id: string,
  until: Date,
): Promise<Result<Subscription, GraphFailure>> {
  const renewed = await callGraph(async () =>
    answer.parse(
      await graph
        .api(`/subscriptions/${encodeURIComponent(id)}`)
        .version('beta')
        .patch({ expirationDateTime: until.toISOString() }),
    ),
  )
  return renewed.ok ? ok({ id, until: new Date(renewed.value.expirationDateTime).toISOString() }) : renewed
}

/** Whether Graph still has a subscription of ours. */
export async function hasSubscription(graph: Graph, id: string): Promise<Result<boolean, GraphFailure>> {
  const asked = await callGraph(() =>
    graph
      .api(`/subscriptions/${encodeURIComponent(id)}`)
      .version('beta')
      .get(),
  )
  if (asked.ok) return ok(true)
  return asked.failure.code === 'graph_not_found' ? ok(false) : asked
}

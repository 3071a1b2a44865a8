import type { App } from '../app.ts'
import { ok, type Result } from '../result.ts'
import type { VisitRef } from '../visits/visit.ts'
import { callGraph, type GraphFailure } from './graph-call.ts'
import { mayClose } from './meeting-life.ts'

/**
 * Deletes the online meeting of a visit that is over, with what watched it (Microsoft Graph, "Delete onlineMeeting"): its
 * join URL opens nothing any more. Doing it twice does nothing; a visit that is held after all gets a new meeting. Whoever
 * asked for it read a row that may have been left behind, or waited in a queue: it is over by the row of now, or stays.
 */
export async function closeMeeting(
  { visits, seals, graph, now }: Pick<App, 'visits' | 'seals' | 'graph' | 'now'>,
  ref: VisitRef,
): Promise<Result<'closed' | 'none', GraphFailure>> {
  const visit = await visits.find(ref)
  const meeting = visit && seals.meeting(visit)
  if (!visit || !meeting || !mayClose(visit.row, now())) return ok('none')
  const client = await graph(ref.tenantId)
  const { subscriptionId } = visit.row
  if (subscriptionId !== undefined) {
    const path = `/subscriptions/${encodeURIComponent(subscriptionId)}`
    // It ends by itself soon; the meeting is what counts.
    await callGraph(() => client.api(path).version('beta').delete())
  }
  const path = `/users/${encodeURIComponent(meeting.organizerId)}/onlineMeetings/${encodeURIComponent(meeting.meetingId)}`
  const deleted = await callGraph(() => client.api(path).delete())
  if (!deleted.ok && deleted.failure.code !== 'graph_not_found') return deleted
  const sealed = visit.row.sealedMeeting
  await visits.update(ref, (row) => {
    if (row.sealedMeeting !== sealed) return undefined
    const { sealedMeeting: _meeting, subscriptionId: _id, subscriptionUntil: _until, ...rest } = row
    return { ...rest, meetingClosedAt: now().toISOString() }
  })
  return ok('closed')
}

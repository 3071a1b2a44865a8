import type { App } from '../../app.ts'
import { ok, type Result } from '../../result.ts'
import type { VisitRow } from '../../store/rows.ts'
import type { VisitRef } from '../../visits/visit.ts'
import type { GraphFailure } from '../graph-call.ts'
import { rosterClientState, rosterPointer } from './pointer.ts'
import { hasSubscription, renewSubscription, subscribeToRoster } from './subscribe.ts'

const MINUTE = 60_000
/** Watched until this long after the planned end: visits run over, and attendance is told at the very end. */
const AFTER_END = 90 * MINUTE
/** Renewed when less than this is left while the visit may still run. */
const NEAR_END = 15 * MINUTE

export type WatchPorts = Pick<
  App,
  'visits' | 'seals' | 'graph' | 'keys' | 'settings' | 'notificationKeys' | 'now'
>
export type Watched = 'watching' | 'not_wanted'

/**
 * Sees to it that Graph tells who joins and waits in a visit's meeting: subscribes once, renews near the end, and
 * subscribes anew where the subscription is gone. Asked for as often as somebody opens the visit; does nothing then.
 * @param verify asks Graph first whether it still has the subscription. One that was lost says nothing, not even that.
 */
export async function watchMeeting(
  ports: WatchPorts,
  ref: VisitRef,
  verify = false,
): Promise<Result<Watched, GraphFailure>> {
  if (verify) await forgetIfLost(ports, ref)
  const visit = await ports.visits.find(ref)
  const meeting = visit && ports.seals.meeting(visit)
  const keys = ports.notificationKeys()
  if (!visit || !meeting || !keys) return ok('not_wanted')
  const now = ports.now()
  if (!needsWatch(visit.row, now)) return ok('watching')
  const until = watchedUntil(visit.row)
  const { subscriptionId, subscriptionUntil } = visit.row
  const left = subscriptionUntil === undefined ? 0 : Date.parse(subscriptionUntil) - now.getTime()
  const graph = await ports.graph(ref.tenantId)
  const renewed =
    subscriptionId && left > 0 ? await renewSubscription(graph, subscriptionId, until) : undefined
  const pointer = rosterPointer(ports.keys.field, ref)
  const base = `${ports.settings.PUBLIC_URL}/graph`
  const made = renewed?.ok
    ? renewed
    : await subscribeToRoster(
        graph,
        {
          joinWebUrl: meeting.joinWebUrl,
          notificationUrl: `${base}/notifications/${pointer}`,
          lifecycleUrl: `${base}/lifecycle/${pointer}`,
          clientState: rosterClientState(ports.keys.field, pointer),
          keys,
          until,
        },
        now,
      )
  if (!made.ok) {
    await noteRefusal(ports, ref, made.failure.code)
    return made
  }
  const { id, until: end } = made.value
  await ports.visits.update(ref, ({ watchFailure: _none, ...row }) => ({
    ...row,
    subscriptionId: id,
    subscriptionUntil: end,
  }))
  return ok('watching')
}

async function forgetIfLost(ports: WatchPorts, ref: VisitRef): Promise<void> {
  const visit = await ports.visits.find(ref)
  const id = visit?.row.subscriptionId
  if (id === undefined) return
  const known = await hasSubscription(await ports.graph(ref.tenantId), id)
  if (known.ok && !known.value) await forgetSubscription(ports, ref)
}

/** The clinician's page says that it cannot know who waits, rather than that nobody does. */
async function noteRefusal(ports: WatchPorts, ref: VisitRef, code: GraphFailure): Promise<void> {
  await ports.visits.update(ref, (row) =>
    row.watchFailure === code ? undefined : { ...row, watchFailure: code },
  )
}

/** Whether it is time to ask Graph: nothing is watching, or not for much longer, and the visit may still run. */
export function needsWatch(
  row: Pick<VisitRow, 'start' | 'minutes' | 'subscriptionUntil'>,
  now: Date,
): boolean {
  const until = watchedUntil(row)
  if (until <= now) return false
  const watched = row.subscriptionUntil === undefined ? 0 : Date.parse(row.subscriptionUntil)
  return watched - now.getTime() <= NEAR_END && watched < until.getTime()
}

/** How long a meeting is looked after: visits run over, and attendance is told at the very end. */
export function watchedUntil({ start, minutes }: Pick<VisitRow, 'start' | 'minutes'>): Date {
  return new Date(Date.parse(start) + minutes * MINUTE + AFTER_END)
}

/** Graph said that the subscription is gone: the next look makes a new one. */
export async function forgetSubscription(ports: Pick<App, 'visits'>, ref: VisitRef): Promise<void> {
  await ports.visits.update(ref, ({ subscriptionId: _id, subscriptionUntil: _until, ...row }) => row)
}

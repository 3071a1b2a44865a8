import type { Site } from '../sites/site.ts'
import type { Channel } from './channel.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { subjectOf } from './notice.ts'
import { ended, leftUntil, type Outcome } from './outcome.ts'
import { isInPlace, limitsBut, pauseSender, takePlaces } from './pace.ts'
import type { Due } from './prepare.ts'

/** Of every stretch so much stays free of reminders: a confirmation does not wait behind a morning's worth of them. */
const KEPT_FOR_CONFIRMATIONS = 0.25

/**
 * Who may leave now, and what becomes of the rest: a later place in the sender's pace, or none before the deadline.
 * Who has a place already, and is in it, keeps it.
 * @param place which the message holds for all its notices, if any.
 */
export async function keepPace<Words, One extends Due>(
  { pace }: Channel<Words>,
  { store, now }: Pick<DeliverByPorts, 'store' | 'now'>,
  site: Site,
  place: string | undefined,
  due: readonly One[],
): Promise<{ go: readonly One[]; wait: Outcome[] }> {
  const of = pace?.(site)
  if (!of || due.length === 0) return { go: due, wait: [] }
  const at = now()
  if (place !== undefined && isInPlace(new Date(place), at))
    return { go: due.map((one) => ({ ...one, place: new Date(place) })), wait: [] }
  const placed = due.filter((one) => one.place && isInPlace(one.place, at))
  const open = due.filter((one) => !placed.includes(one))
  const canWait = open.every(({ name }) => subjectOf(name.kind).startsWith('reminder.'))
  const limits = canWait ? limitsBut(KEPT_FOR_CONFIRMATIONS, of.limits) : of.limits
  // What may have been sent must be asked for again before the vendor may forget it: within its lease.
  const deadlines = open.map(({ row, deadline }) =>
    row.firstSentAt === undefined
      ? deadline
      : new Date(Math.min(Date.parse(row.leaseUntil), deadline.getTime())),
  )
  const places = await takePlaces(store.tables.pace, of.sender, deadlines, limits, at)
  const go: One[] = [...placed]
  const wait: Outcome[] = []
  for (const [n, one] of open.entries()) {
    const given = places[n] ?? { kind: 'none' }
    if (given.kind === 'none') wait.push(ended(one, 'expired', 'pace_full', at))
    else if (given.kind === 'ask_again') wait.push(leftUntil(one, given.at, 'pace_far', at))
    else if (given.at > at) wait.push(leftUntil(one, given.at, 'pace', at, given.at))
    else go.push({ ...one, place: given.at })
  }
  return { go, wait }
}

/** A vendor that is asked too often all the same gets the pause that it asks for, from every instance. */
export async function pauseIfAsked<Words>(
  { pace }: Channel<Words>,
  { store, now }: Pick<DeliverByPorts, 'store' | 'now'>,
  site: Site,
  outcomes: readonly Outcome[],
): Promise<void> {
  const of = pace?.(site)
  const waits = outcomes.flatMap(({ later }) =>
    later?.because.endsWith('_throttled') ? [later.seconds] : [],
  )
  if (!of || waits.length === 0) return
  const until = new Date(now().getTime() + Math.max(...waits) * 1000)
  await pauseSender(store.tables.pace, of.sender, until, now())
}

/** How many messages may leave in any stretch of so many seconds, wherever the stretch begins. */
export type Limit = { readonly count: number; readonly seconds: number }

/** How many places were handed out, by the number of the slot (seconds since 1970 over SLOT_SECONDS). */
export type Taken = ReadonlyMap<number, number>

export type Place =
  /** Its own place: it may leave from then on, for SLOT_SECONDS. */
  | { readonly kind: 'place'; readonly at: Date }
  /** Nothing is free as far as places are handed out ahead: worth asking again then. */
  | { readonly kind: 'ask_again'; readonly at: Date }
  /** Nothing is free before its deadline. */
  | { readonly kind: 'none' }

/** Whoever holds a place uses it within these seconds or takes another one. */
export const SLOT_SECONDS = 10
/** How far ahead places are handed out: the row that holds them stays small. */
const AHEAD_SECONDS = 12 * 3600

/** The slot that an instant lies in. */
export function slotOf(at: Date): number {
  return Math.floor(at.getTime() / 1000 / SLOT_SECONDS)
}

function startOf(slot: number): Date {
  return new Date(slot * SLOT_SECONDS * 1000)
}

/** Whether a place that was handed out for this instant may be used now. */
export function isInPlace(at: Date, now: Date): boolean {
  return slotOf(at) === slotOf(now)
}

/**
 * Limits for what can wait: a part of every stretch stays free for what cannot, however long the queue of the former.
 * @param kept the part, from 0 to 1.
 */
export function limitsBut(kept: number, limits: readonly Limit[]): Limit[] {
  return limits.map(({ count, seconds }) => ({ count: Math.max(1, Math.floor(count * (1 - kept))), seconds }))
}

/**
 * Hands out the earliest free places, in the order asked. Pure.
 * Limits hold for any stretch, not only for full minutes of the clock: what is sent within a slot may lie anywhere in
 * it, so a stretch of n slots' length touches n + 1 of them, and their sum stays within the limit.
 * @param deadlines one for each place that is wanted: a later place is none.
 * @param from no place before this instant, where the vendor asked for a pause.
 */
export function handOut(
  taken: Taken,
  deadlines: readonly Date[],
  limits: readonly Limit[],
  now: Date,
  from: Date = now,
): { places: Place[]; taken: Taken } {
  const first = from > now ? Math.ceil(from.getTime() / 1000 / SLOT_SECONDS) : slotOf(now)
  const last = slotOf(now) + AHEAD_SECONDS / SLOT_SECONDS
  const next = new Map(taken)
  const stretches = limits.map((limit) => stretchesOf(taken, limit, slotOf(now), last))
  // Places only become fewer: where nothing was free for one, nothing is free for the one after it.
  let slot = first
  const places = deadlines.map((deadline): Place => {
    while (slot <= last && stretches.some((one) => one.isFull(slot))) slot++
    if (slot > last)
      return deadline > startOf(last) ? { kind: 'ask_again', at: startOf(last) } : { kind: 'none' }
    const at = slot === slotOf(now) ? now : startOf(slot)
    if (deadline <= at) return { kind: 'none' }
    next.set(slot, (next.get(slot) ?? 0) + 1)
    for (const one of stretches) one.add(slot, 1)
    return { kind: 'place', at }
  })
  return { places, taken: next }
}

/** The places in every stretch of a limit's length that touches a slot from `first` to `last`, by where it begins. */
function stretchesOf(taken: Taken, { count, seconds }: Limit, first: number, last: number) {
  const reach = Math.ceil(seconds / SLOT_SECONDS)
  const sums = new Int32Array(last - first + reach + 1)
  /** A slot is in the stretches that begin up to `reach` before it. */
  const range = (slot: number): [number, number] => [
    Math.max(0, slot - first),
    Math.max(0, slot - first + reach + 1),
  ]
  const add = (slot: number, places: number) => {
    const [begin, end] = range(slot)
    for (const [at, sum] of sums.subarray(begin, end).entries()) sums[begin + at] = sum + places
  }
  for (const [slot, places] of taken) add(slot, places)
  return { add, isFull: (slot: number) => sums.subarray(...range(slot)).some((sum) => sum >= count) }
}

/** Leaves out what no stretch that is still to come can touch. */
export function withoutPast(taken: Taken, limits: readonly Limit[], now: Date): Taken {
  const reach = Math.max(0, ...limits.map(({ seconds }) => Math.ceil(seconds / SLOT_SECONDS)))
  return new Map([...taken].filter(([slot]) => slot >= slotOf(now) - reach))
}

/** `29571840:30 7:12`: the first slot, then the distance from each slot to the next one, with the places of each. */
export function writeTaken(taken: Taken): string {
  let before = 0
  return [...taken]
    .sort(([a], [b]) => a - b)
    .map(([slot, places]) => {
      const distance = slot - before
      before = slot
      return `${distance}:${places}`
    })
    .join(' ')
}

export function readTaken(text: string): Taken {
  let before = 0
  return new Map(
    text.split(' ').flatMap((part): [number, number][] => {
      const [distance, places] = part.split(':').map(Number)
      if (!distance || !places) return []
      before += distance
      return [[before, places]]
    }),
  )
}

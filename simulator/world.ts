/**
 * The clock, and everything that will happen, in the order in which it does. Nothing in a run happens by itself: every
 * await of the product's code ends in an event here, so that one seed plays one order of events.
 */
export type World = {
  now(): Date
  /** @param inMs virtual milliseconds from now; of two events at the same instant the one made first comes first. */
  after(inMs: number, event: () => unknown): void
  /** Lets the events up to an instant happen, each with all that follows from it before the next. */
  playUntil(instant: number): Promise<void>
  /** How many events happened. */
  readonly events: number
}

type Event = { readonly at: number; readonly order: number; readonly run: () => unknown }

export function world(start: number): World {
  const waiting: Event[] = []
  let [time, order, events] = [start, 0, 0]
  return {
    now: () => new Date(time),
    after(inMs, run) {
      push(waiting, { at: time + Math.max(0, inMs), order: order++, run })
    },
    async playUntil(instant) {
      for (let next = waiting[0]; next && next.at <= instant; next = waiting[0]) {
        pop(waiting)
        time = next.at
        events++
        const done = next.run()
        if (done instanceof Promise) await done
        // Continuations run as microtasks; when the loop turns, all of them have.
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
      time = Math.max(time, instant)
    },
    get events() {
      return events
    },
  }
}

function before(a: Event | undefined, b: Event | undefined): boolean {
  if (!a || !b) return a !== undefined
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}

/** A binary heap: the next event is the first. */
function push(heap: Event[], event: Event): void {
  let at = heap.push(event) - 1
  while (at > 0) {
    const above = (at - 1) >> 1
    if (before(heap[above], heap[at])) return
    swap(heap, at, above)
    at = above
  }
}

function pop(heap: Event[]): void {
  const last = heap.pop()
  if (heap.length === 0 || !last) return
  heap[0] = last
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2]
    const least = before(heap[right], heap[left]) ? right : left
    if (!before(heap[least], heap[at])) return
    swap(heap, at, least)
    at = least
  }
}

function swap(heap: Event[], a: number, b: number): void {
  const [one, other] = [heap[a], heap[b]]
  if (!one || !other) return
  heap[a] = other
  heap[b] = one
}

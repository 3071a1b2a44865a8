import type { Aim } from './coverage.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

/** What may happen at an await: the deed is done or not, and then the process lives on, waits, or is gone. */
export const faults = ['crash before', 'crash after', 'delay', 'twice'] as const
export type Fault = (typeof faults)[number]

/** Which await got which fault, over all runs: `deliver visits.transact` -> `crash before` -> times. */
export type Points = Map<string, Map<Fault | 'passed', number>>

/** The runs' own trouble: how often an await goes wrong, and until when. */
export type Trouble = {
  readonly random: Random
  readonly points: Points
  /** Probability that something happens at an await. */
  rate: number
  /** What is still to happen for certain, at the first await of its name. */
  readonly aims: Aim[]
}

/** What cannot happen to a deed: that its client asks twice by itself, or waits longer than so many seconds. */
export type Bounds = { readonly once?: boolean; readonly longestSeconds?: number }

/** One invocation of a function on one instance. After its end nothing that it still meant to do has any effect. */
export type Process = {
  /** Does one deed to the world. @param point names the await, for the list of crash points. */
  do<T>(point: string, deed: () => T | Promise<T>, bounds?: Bounds): Promise<T>
  readonly dead: boolean
}

/** @param onDeath the process is gone, at this very moment. */
export function process(world: World, trouble: Trouble, kind: string, onDeath: () => void): Process {
  const { random, points } = trouble
  let dead = false
  const die = () => {
    dead = true
    onDeath()
  }
  const latency = () => random.between(1, 60)
  return {
    get dead() {
      return dead
    },
    do(point, deed, { once = false, longestSeconds = Number.POSITIVE_INFINITY } = {}) {
      return new Promise((resolve, reject) => {
        if (dead) return
        const named = `${kind} ${point}`
        // Drawn in any case: a run that is aimed at something goes the same way up to there.
        const drawn = draw(trouble, point, once)
        const fault = aimedAt(trouble, named) ?? drawn
        note(points, named, fault ?? 'passed')
        const arrive = async () => {
          if (dead) return
          if (fault === 'crash before') return die()
          let done: Awaited<ReturnType<typeof deed>>
          try {
            done = await deed()
            // The answer to the first request was lost, and the storage client asked again by itself.
            if (fault === 'twice') done = await deed()
          } catch (error) {
            world.after(latency(), () => !dead && reject(error))
            return
          }
          if (fault === 'crash after') return die()
          world.after(latency(), () => !dead && resolve(done))
        }
        const wait = fault === 'delay' ? Math.min(random.pick(DELAYS), longestSeconds) * 1000 : 0
        world.after(latency() + wait, arrive)
      })
    },
  }
}

/** Seconds: some shorter than a lease, some longer than everything. */
const DELAYS = [2, 15, 40, 90, 150, 400, 1_500]

/** What happens seldom goes wrong more often: one aimed run each (coverage.ts) would be little. */
const SELDOM = /^(visits\.(remove|replace)|visitindex|optouts|numberlog\.put|ehr\.appointments$|\w+\.send$)/

function draw({ random, rate }: Trouble, point: string, once: boolean): Fault | undefined {
  const here = SELDOM.test(point) ? Math.min(0.4, rate * 6) : rate
  if (rate === 0 || !random.chance(here)) return undefined
  const fault = random.pick(faults)
  return fault === 'twice' && once ? 'delay' : fault
}

function aimedAt({ aims }: Trouble, named: string): Fault | undefined {
  const at = aims.findIndex(({ point }) => point === named)
  return at < 0 ? undefined : aims.splice(at, 1)[0]?.fault
}

function note(points: Points, point: string, what: Fault | 'passed'): void {
  const counts = points.get(point) ?? new Map<Fault | 'passed', number>()
  points.set(point, counts)
  counts.set(what, (counts.get(what) ?? 0) + 1)
}

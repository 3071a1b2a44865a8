import type { Hooks } from './bug.ts'
import { aimAtTheRest, type Way } from './coverage.ts'
import type { Points } from './process.ts'
import { type Ran, run } from './run.ts'

export type Totals = {
  readonly runs: number
  /** How many of them were aimed at an await and a fault that chance had left out. */
  readonly aimed: number
  readonly texts: number
  readonly throttled: number
  readonly events: number
  readonly ended: ReadonlyMap<string, number>
  readonly points: Points
  readonly broken: readonly Ran[]
}

export type Progress = { readonly runs: number; readonly broken: number }

/**
 * So many runs, one seed after the other, and then as many more as it takes for every fault at every await that one of
 * them came to. A run that threw counts as broken.
 */
export async function many(
  firstSeed: number,
  runs: number,
  make: () => Hooks = () => ({}),
  stopAtFirst = false,
  onRun: (soFar: Progress) => void = () => {},
): Promise<Totals> {
  const points: Points = new Map()
  const ways = new Map<string, Way>()
  const ended = new Map<string, number>()
  const broken: Ran[] = []
  let [texts, throttled, events, done] = [0, 0, 0, 0]
  const play = async (way: Way) => {
    const ran = await run(way, points, make())
    done++
    texts += ran.texts
    throttled += ran.throttled
    events += ran.events
    for (const [state, count] of ran.ended) ended.set(state, (ended.get(state) ?? 0) + count)
    if (ran.violations.length > 0) broken.push(ran)
    onRun({ runs: done, broken: broken.length })
    for (const point of points.keys()) if (!ways.has(point)) ways.set(point, way)
  }
  for (let seed = firstSeed; seed < firstSeed + runs && !(stopAtFirst && broken.length > 0); seed++)
    await play({ seed, aims: [] })
  const aimed = stopAtFirst ? 0 : await aimAtTheRest(points, ways, play)
  return { runs: done, aimed, texts, throttled, events, ended, points, broken }
}

export function added(totals: readonly Totals[]): Totals {
  const sum = (of: (one: Totals) => number) => totals.reduce((before, one) => before + of(one), 0)
  const points: Points = new Map()
  const ended = new Map<string, number>()
  for (const one of totals) {
    for (const [state, count] of one.ended) ended.set(state, (ended.get(state) ?? 0) + count)
    for (const [point, counts] of one.points) {
      const known = points.get(point) ?? new Map()
      points.set(point, known)
      for (const [what, count] of counts) known.set(what, (known.get(what) ?? 0) + count)
    }
  }
  return {
    runs: sum(({ runs }) => runs),
    aimed: sum(({ aimed }) => aimed),
    texts: sum((one) => one.texts),
    throttled: sum((one) => one.throttled),
    events: sum((one) => one.events),
    ended,
    points,
    broken: totals.flatMap(({ broken }) => broken).sort((a, b) => a.seed - b.seed),
  }
}

import { type Fault, faults, type Points } from './process.ts'

/** A fault that is to happen at an await when a run comes to it for the first time. */
export type Aim = { readonly point: string; readonly fault: Fault }

/** How a run goes: the seed and what it is aimed at play it again, to the last event. */
export type Way = { readonly seed: number; readonly aims: readonly Aim[] }

/** Every await that was come to, and what has not happened at one of them yet. */
export function coverage(points: Points): { all: string[]; missing: Aim[] } {
  const all = [...points.keys()].sort()
  const missing = all.flatMap((point) =>
    possible(point).flatMap((fault) => (points.get(point)?.has(fault) ? [] : [{ point, fault }])),
  )
  return { all, missing }
}

function possible(point: string): readonly Fault[] {
  // The client of the vendor never asks twice by itself.
  return point.endsWith('vendor.send') ? faults.filter((fault) => fault !== 'twice') : faults
}

/** `deliver visits.replace: crash after`, as the report prints it and as the command line takes it. */
export const written = ({ point, fault }: Aim): string => `${point}: ${fault}`

export function readAim(text: string): Aim {
  const [point = '', said = ''] = text.split(': ')
  const fault = faults.find((one) => one === said)
  if (!fault) throw new Error(`"${text}" names no fault: ${faults.join(', ')}`)
  return { point, fault }
}

/**
 * Chance leaves out awaits that are seldom come to. A run that came to one is played again with the missing fault aimed
 * there: up to it everything happens as before, so it is surely hit. What such a run comes to besides is aimed at in turn.
 * @param ways how each await was first come to; `play` adds to it and to `points`.
 * @returns how many runs it took.
 */
export async function aimAtTheRest(
  points: Points,
  ways: ReadonlyMap<string, Way>,
  play: (way: Way) => Promise<void>,
): Promise<number> {
  let played = 0
  for (let { missing } = coverage(points); missing.length > 0; { missing } = coverage(points)) {
    const before = played
    for (const aim of missing) {
      const way = ways.get(aim.point)
      if (!way || points.get(aim.point)?.has(aim.fault)) continue
      await play({ seed: way.seed, aims: [...way.aims, aim] })
      played++
      if (!points.get(aim.point)?.has(aim.fault)) throw new Error(`a run missed its aim: ${written(aim)}`)
    }
    if (played === before) break
  }
  return played
}

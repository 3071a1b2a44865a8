import type { Totals } from './many.ts'
import { type Fault, faults, type Points } from './process.ts'

/**
 * Awaits, and the faults that have not happened at one of them yet.
 * @param leastPassed looks only at awaits that were passed so often.
 */
export function coverage(points: Points, leastPassed = 0): { all: string[]; missing: string[] } {
  const wanted = (point: string): readonly Fault[] =>
    // The client of the vendor never asks twice by itself.
    point.endsWith('vendor.send') ? faults.filter((fault) => fault !== 'twice') : faults
  const all = [...points.keys()].sort()
  const often = all.filter((point) => (points.get(point)?.get('passed') ?? 0) >= leastPassed)
  const missing = often.flatMap((point) =>
    wanted(point).flatMap((fault) => (points.get(point)?.has(fault) ? [] : [`${point}: ${fault}`])),
  )
  return { all, missing }
}

/** What the runs came to, for people: every crash point with how often each fault hit it. */
export function report({ points, ...totals }: Totals): string {
  const { all, missing } = coverage(points)
  const columns = ['passed', ...faults] as const
  const lines = all.map((point) => {
    const counts = points.get(point)
    return `${point.padEnd(34)}${columns.map((what) => String(counts?.get(what) ?? 0).padStart(14)).join('')}`
  })
  const ended = [...totals.ended].map(([state, count]) => `${count} ${state}`).join(', ')
  return [
    `${'crash point'.padEnd(34)}${columns.map((what) => what.padStart(14)).join('')}`,
    ...lines,
    '',
    `${all.length} crash points, ${missing.length === 0 ? 'every fault at each' : `not hit: ${missing.join('; ')}`}`,
    `${totals.runs} runs, ${totals.events} events, ${totals.texts} texts, ${totals.throttled} refused for their pace`,
    `notices ended: ${ended}`,
    ...totals.broken
      .slice(0, 20)
      .flatMap(({ seed, violations }) =>
        violations.map(({ promised, what }) => `BROKEN seed ${seed}: ${promised}: ${what}`),
      ),
    totals.broken.length === 0 ? 'every promise was kept' : `${totals.broken.length} runs broke a promise`,
  ].join('\n')
}

import { coverage, written } from './coverage.ts'
import type { Totals } from './many.ts'
import { faults } from './process.ts'

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
    `${all.length} crash points, ${missing.length === 0 ? 'every fault at each' : `not hit: ${missing.map(written).join('; ')}`}`,
    `${totals.runs} runs, ${totals.aimed} of them aimed at what chance had left out`,
    `${totals.events} events, ${totals.texts} texts, ${totals.throttled} refused for their pace`,
    `notices ended: ${ended}`,
    ...totals.broken
      .slice(0, 20)
      .flatMap(({ seed, aims, violations }) =>
        violations.map(
          ({ promised, what }) =>
            `BROKEN ${[`--seed ${seed}`, ...aims.map((aim) => `--aim "${written(aim)}"`)].join(' ')}: ${promised}: ${what}`,
        ),
      ),
    totals.broken.length === 0 ? 'every promise was kept' : `${totals.broken.length} runs broke a promise`,
  ].join('\n')
}

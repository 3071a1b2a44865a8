/** How many values lie at which step: a sparse map that adds and takes away, so that a day is kept up to date. */
export type Histogram = Record<string, number>

/**
 * Seconds rounded to steps that grow with the value: 5 seconds up to five minutes, 30 up to half an hour, then minutes.
 * Quantiles are as exact as that, and a year of a busy site is still a hundred numbers.
 */
export function stepOf(seconds: number): number {
  const step = seconds < 300 ? 5 : seconds < 1_800 ? 30 : 60
  return Math.min(Math.round(seconds / step) * step, 86_400)
}

/** The value that a share of all values does not exceed (nearest rank); undefined where there are none. */
export function quantile(histogram: Histogram, share: number): number | undefined {
  const steps = Object.entries(histogram)
    .map(([value, count]) => [Number(value), count] as const)
    .sort(([a], [b]) => a - b)
  const all = steps.reduce((sum, [, count]) => sum + count, 0)
  if (all === 0) return undefined
  const rank = Math.max(1, Math.ceil(all * share))
  let seen = 0
  for (const [value, count] of steps) {
    seen += count
    if (seen >= rank) return value
  }
  return undefined
}

/** Adds in place; what comes to nothing is taken out, so that equal days have equal rows. */
export function add(counts: Histogram, key: string | number, by: number): void {
  const next = (counts[key] ?? 0) + by
  if (next === 0) delete counts[key]
  else counts[key] = next
}

export function merge(into: Histogram, from: Histogram, sign = 1): void {
  for (const [key, count] of Object.entries(from)) add(into, key, sign * count)
}

/** Median milliseconds of one call, of each side. */
export type Medians = { readonly ours: number; readonly baseline: number }

/**
 * Times two ways of doing the same thing by turns, so that what else the machine is busy with meets both alike; who
 * goes first changes with each round.
 * @param calls how many calls one round makes, one after the other
 */
export async function interleaved(
  sides: { readonly ours: () => Promise<unknown>; readonly baseline: () => Promise<unknown> },
  { rounds, calls }: { readonly rounds: number; readonly calls: number },
): Promise<Medians> {
  const times = { ours: [] as number[], baseline: [] as number[] }
  const orders = [['ours', 'baseline'] as const, ['baseline', 'ours'] as const]
  // The first two rounds warm up: connections, caches, the compiler.
  for (let round = -2; round < rounds; round++) {
    for (const side of orders[Math.abs(round) % 2] ?? []) {
      const began = performance.now()
      for (let call = 0; call < calls; call++) await sides[side]()
      if (round >= 0) times[side].push((performance.now() - began) / calls)
    }
  }
  return { ours: median(times.ours), baseline: median(times.baseline) }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

import { z } from 'zod'

/**
 * What a bench gives back: both sides were measured in the same run, in the same unit. Which of the two quotients
 * `ratio` is, and what else was counted, the bench itself says.
 */
export const benchResult = z.looseObject({
  ours: z.number(),
  baseline: z.number(),
  ratio: z.number(),
  unit: z.string(),
})
export type BenchResult = z.infer<typeof benchResult>

/** What every file of bench/ exports. */
export type Bench = {
  /** One line for `npm run bench` without a name. */
  readonly about: string
  readonly bench: () => Promise<BenchResult>
}

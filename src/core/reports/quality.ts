import { z } from 'zod'

export const ratings = ['good', 'fair', 'poor'] as const
export type Rating = (typeof ratings)[number]

/** Call quality of one visit, over all its audio and video streams, as its row keeps it. */
export const qualitySchema = z.object({
  rating: z.enum(ratings),
  /** The worst average of any stream: milliseconds, share of packets (0 to 1), milliseconds. */
  jitterMs: z.number().optional(),
  loss: z.number().optional(),
  roundTripMs: z.number().optional(),
  streams: z.number().int(),
})
export type Quality = z.infer<typeof qualitySchema>

export type StreamQuality = {
  readonly jitterMs: number | undefined
  readonly loss: number | undefined
  readonly roundTripMs: number | undefined
}

/**
 * Where a stream stops being good, and where it is poor. The second column is Microsoft's ("Stream classification in
 * Call Quality Dashboard": audio is poor from jitter 30 ms, loss 10 %, round trip 500 ms); the first is where Microsoft's
 * network guidance for Teams ends ("Prepare your organization's network": jitter 30 ms peak, loss 1 %, round trip 100 ms
 * from the client to the edge, doubled here for both ways).
 */
export const LIMITS = {
  jitterMs: { fair: 15, poor: 30 },
  loss: { fair: 0.01, poor: 0.1 },
  roundTripMs: { fair: 200, poor: 500 },
} as const

/** The worst stream decides: a visit in which one side could not be heard was not a good one. Pure. */
export function qualityOfStreams(streams: readonly StreamQuality[]): Quality | undefined {
  const worst = (of: keyof StreamQuality) => {
    const known = streams.flatMap((stream) => stream[of] ?? [])
    return known.length === 0 ? undefined : Math.max(...known)
  }
  const measured = { jitterMs: worst('jitterMs'), loss: worst('loss'), roundTripMs: worst('roundTripMs') }
  const values = Object.entries(measured).filter(([, value]) => value !== undefined)
  if (values.length === 0) return undefined
  const above = (level: 'fair' | 'poor') =>
    Object.entries(LIMITS).some(
      ([name, limit]) => (measured[name as keyof typeof LIMITS] ?? 0) > limit[level],
    )
  const rating: Rating = above('poor') ? 'poor' : above('fair') ? 'fair' : 'good'
  return { rating, ...Object.fromEntries(values), streams: streams.length }
}

/** Milliseconds that a meeting which is there waits for what the EHR or Microsoft says beside it. */
export const BESIDE_MEETING_MS = 4_000

/**
 * What some work comes to, or undefined where it takes longer than that. The work goes on, and may be waited for anew;
 * what becomes of it when nobody does is nobody's trouble.
 */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined
  work.catch(() => {})
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

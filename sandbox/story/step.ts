/** One line of the story: what happened, and how the other side shows it. */
export type StoryLine = { readonly step: string; readonly ok: boolean; readonly evidence: string }

/** What went wrong at which step; the story ends there, since every step stands on the one before. */
export class StoryFailure extends Error {
  readonly step: string
  readonly reason: string

  constructor(step: string, reason: string) {
    super(`${step}: ${reason}`)
    this.step = step
    this.reason = reason
  }
}

/** Waits for something that another process does, asking again and again; gives up with what it was waiting for. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  withinMs = 15_000,
): Promise<T> {
  const end = performance.now() + withinMs
  for (;;) {
    const found = await ask()
    if (found !== undefined && found !== false) return found as T
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export function expectThat(condition: boolean, what: string): void {
  if (!condition) throw new Error(what)
}

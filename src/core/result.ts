/**
 * A failure as a value: a stable code that people quote, and what only the log may see.
 * `detail` never reaches a page and never holds patient data, tokens or links.
 * `shown` is plain text from outside (an authorization server's error, say) that a page may quote, escaped.
 */
export type Failure<C extends string = string> = {
  readonly code: C
  readonly detail?: string
  readonly shown?: Readonly<Record<string, string>>
  /** Seconds that the other side asked us to wait, where it did. */
  readonly retryAfterSeconds?: number
}

/** What a step gives back: its value, or why there is none. Only broken invariants are thrown. */
export type Result<T, C extends string = string> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure<C> }

export function ok<T>(value: T): { readonly ok: true; readonly value: T } {
  return { ok: true, value }
}

export function fail<C extends string>(
  code: C,
  more: Omit<Failure<C>, 'code'> = {},
): { readonly ok: false; readonly failure: Failure<C> } {
  return { ok: false, failure: { code, ...more } }
}

/** What the service answered to a recipient once, so that it can answer the same again. */
export type Remembered<T> = { readonly at: number; readonly fingerprint: string; readonly result: T }

export type Lookup<T> =
  | { readonly kind: 'new' }
  | { readonly kind: 'repeated'; readonly result: T }
  /** The id was used for something else: "OASIS Repeatable Requests Version 1.0", section 3. */
  | { readonly kind: 'mismatch' }

/**
 * Memory of repeatability ids. The window of the SMS service is undocumented, so it is a setting, and zero (nothing is
 * ever remembered) is a case that senders have to survive.
 */
export class Repeatability<T> {
  readonly #seen = new Map<string, Remembered<T>>()

  find(id: string | undefined, fingerprint: string, windowSeconds: number, at: Date): Lookup<T> {
    const seen = id === undefined ? undefined : this.#seen.get(id.toLowerCase())
    if (seen === undefined || at.getTime() - seen.at >= windowSeconds * 1000) return { kind: 'new' }
    return seen.fingerprint === fingerprint ? { kind: 'repeated', result: seen.result } : { kind: 'mismatch' }
  }

  remember(id: string | undefined, fingerprint: string, result: T, at: Date): void {
    if (id !== undefined) this.#seen.set(id.toLowerCase(), { at: at.getTime(), fingerprint, result })
  }
}

import type { Now } from '../contracts.ts'

/**
 * The users who hold the access policy for our application, as Graph sees them. A grant or its end counts only once it
 * is due: Microsoft says up to 30 minutes ("Configure application access to online meetings").
 */
export class GrantedPolicies extends Set<string> {
  readonly #now: Now
  #due: { readonly at: number; readonly userId: string; readonly held: boolean }[] = []

  constructor(now: Now) {
    super()
    this.#now = now
  }

  /** From `seconds` on by the sandbox clock the user holds the policy, or no longer does. */
  later(userId: string, held: boolean, seconds: number): void {
    this.#due.push({ at: this.#now().getTime() + seconds * 1000, userId, held })
    this.#settle()
  }

  /** How many changes have not taken effect yet. */
  get pending(): number {
    this.#settle()
    return this.#due.length
  }

  override has(userId: string): boolean {
    this.#settle()
    return super.has(userId)
  }

  #settle(): void {
    if (this.#due.length === 0) return
    const now = this.#now().getTime()
    for (const { userId, held } of this.#due.filter(({ at }) => at <= now)) {
      if (held) this.add(userId)
      else this.delete(userId)
    }
    this.#due = this.#due.filter(({ at }) => at > now)
  }
}

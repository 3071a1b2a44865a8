import { connectionWords } from './failure-words-connection.ts'
import { launchWords } from './failure-words-launch.ts'
import type { SmartFailureCode } from './failures.ts'

/** What a page says of a failure, in plain English for a clinician; pages add the code and what the EHR said. */
export type FailureWords = {
  /** HTTP status of the page. */
  readonly status: number
  readonly title: string
  /** What happened. */
  readonly what: string
  readonly why: string
  /** What to do, the first thing first. */
  readonly next: readonly string[]
}

export const smartFailureWords: Readonly<Record<SmartFailureCode, FailureWords>> = {
  ...launchWords,
  ...connectionWords,
}

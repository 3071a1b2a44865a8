import { ehrWords } from './failures/ehr.ts'
import { launchWords } from './failures/launch.ts'
import { meetingWords } from './failures/meeting.ts'
import { passing } from './failures/passing.ts'
import { portalWords } from './failures/portal.ts'
import { sessionWords } from './failures/session.ts'
import { signInWords } from './failures/sign-in.ts'
import { visitWords } from './failures/visit.ts'
import type { Failure } from './result.ts'
import { type FailureWords, smartFailureWords } from './smart/failure-words.ts'

/**
 * The one map from failure codes to what a person reads and what HTTP says. Dull on purpose where detail would help an
 * attacker: the log has the detail, the page has the reference to find it by.
 */
const words = {
  ...smartFailureWords,
  ...launchWords,
  ...sessionWords,
  ...signInWords,
  ...ehrWords,
  ...meetingWords,
  ...visitWords,
  ...portalWords,
} as const satisfies Record<string, FailureWords>

export type FailureCode = keyof typeof words

/** The words of a failure; one that is not in the map is a defect and reads as `unexpected`. */
export function wordsOf(failure: Pick<Failure, 'code'>): FailureWords {
  return Object.hasOwn(words, failure.code) ? words[failure.code as FailureCode] : words.unexpected
}

export const failureCodes = Object.keys(words) as FailureCode[]

/** Whether a page should offer to try the same again, where that takes no more than a GET. */
export function mayPass({ code }: Pick<Failure, 'code'>): boolean {
  return (passing as readonly string[]).includes(code)
}

/** Seconds to wait where nobody said how long (the words say half a minute to a minute). */
const WAIT = 30

/** Retry-After of an answer that says "not now" (RFC 9110, sections 10.2.3 and 15.6.4). */
export function retryAfter({ retryAfterSeconds }: Failure, status: number): Record<string, string> {
  return status === 503 ? { 'retry-after': String(Math.ceil(retryAfterSeconds ?? WAIT)) } : {}
}

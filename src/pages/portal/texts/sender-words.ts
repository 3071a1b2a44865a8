import type { Tone } from '../../layout/components/message-bar.tsx'

export type Verification = 'not_needed' | 'not_submitted' | 'submitted' | 'verified'

export type SenderFacts = {
  readonly id: string
  /** As people read it. */
  readonly shown: string
  readonly kind: 'tollFree' | 'attached' | 'alphanumeric'
  readonly country: string
  readonly verification: Verification
  /** `2031-03-01`: when it was said to be so. */
  readonly verificationDay: string | undefined
  readonly blocked: boolean
  readonly releasing: boolean
  readonly perMinute: number
  readonly sites: readonly string[]
}

export const KIND = {
  tollFree: 'Toll-free number, bought here',
  attached: 'Number of this resource',
  alphanumeric: 'Name (one-way)',
} as const

/** The state of a sender in a word or two. */
export function verificationBadge(sender: SenderFacts): { tone: Tone; words: string } {
  if (sender.releasing) return { tone: 'info', words: 'Being released' }
  if (sender.blocked && sender.verification !== 'verified')
    return { tone: 'error', words: 'Blocked: not verified' }
  switch (sender.verification) {
    case 'not_needed':
      return { tone: 'success', words: 'Ready' }
    case 'verified':
      return { tone: 'success', words: 'Verified' }
    case 'submitted':
      return {
        tone: 'warning',
        words: sender.verificationDay === undefined ? 'Submitted' : `Submitted ${sender.verificationDay}`,
      }
    case 'not_submitted':
      return { tone: 'warning', words: 'Verification not submitted' }
  }
}

/** What to do about it, where there is something to do. */
export function verificationRemedy(sender: SenderFacts): string | undefined {
  if (sender.releasing)
    return 'It is being given back to the carrier. It disappears from this list when that is done.'
  if (sender.blocked && sender.verification !== 'verified')
    return 'Carriers blocked a text from this number (code 4010) because it is not verified. Submit the verification, or wait until it is approved.'
  if (sender.verification === 'not_submitted')
    return 'Carriers in the United States and Canada block every text from a toll-free number until it is verified. Submit the verification now; it takes up to six weeks.'
  if (sender.verification === 'submitted')
    return 'Until the carriers approve it, texts are blocked. The first text that arrives marks the number as verified by itself.'
  return undefined
}

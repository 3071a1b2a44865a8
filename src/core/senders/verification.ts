import type { Row } from '../store/rows.ts'
import { isTollFree } from './sender.ts'

type Sender = Row<'senders'>
export type Verification = Sender['verification']

/**
 * Carriers block texts of a toll-free number until they have verified it, since 31 January 2024 ("Toll-free
 * verification"). No API tells how far that has come: the administrator says it, and what becomes of texts corrects it.
 */
export function initialVerification(sender: string): Verification {
  return isTollFree(sender) ? 'not_submitted' : 'not_needed'
}

/** Whether texts from it may be expected to arrive. */
export function isReady({ verification }: Pick<Sender, 'verification'>): boolean {
  return verification === 'verified' || verification === 'not_needed'
}

/** What the administrator says of it. Pure. */
export function answered(sender: Sender, verification: Verification, at: Date): Sender {
  if (sender.verification === 'not_needed' || verification === sender.verification) return sender
  return { ...sender, verification, verificationAt: at.toISOString() }
}

/**
 * What a text's end says of its sender, or undefined where that is nothing new: one that arrived proves the number
 * verified, one that was blocked as not verified (code 4010) disproves it. Pure.
 */
export function evidenced(sender: Sender, evidence: 'delivered' | 'blocked', at: Date): Sender | undefined {
  const { verification, evidenceAt } = sender
  if (verification === 'not_needed') return undefined
  // Reports come in any order: an older one says nothing about now.
  if (evidenceAt !== undefined && Date.parse(evidenceAt) > at.getTime()) return undefined
  const next = after(verification, evidence)
  if (sender.evidence === evidence && next === verification) return undefined
  const changed = next === verification ? {} : { verification: next, verificationAt: at.toISOString() }
  return { ...sender, ...changed, evidence, evidenceAt: at.toISOString() }
}

function after(before: Verification, evidence: 'delivered' | 'blocked'): Verification {
  if (evidence === 'delivered') return 'verified'
  return before === 'verified' ? 'not_submitted' : before
}

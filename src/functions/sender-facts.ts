import { countryOf } from '../core/senders/countries.ts'
import { linkedTo } from '../core/senders/release.ts'
import { senderId, shownSender } from '../core/senders/sender.ts'
import type { Sender } from '../core/senders/sender-store.ts'
import type { Site } from '../core/sites/site.ts'
import type { SenderFacts } from '../pages/portal/texts/sender-words.ts'

/** A sender as pages show it. */
export function senderFacts(sender: Sender, sites: readonly Site[]): SenderFacts {
  return {
    id: senderId(sender.sender),
    shown: shownSender(sender.sender),
    kind: sender.kind,
    country: countryOf(sender.country)?.name ?? sender.country,
    verification: sender.verification,
    verificationDay: sender.verificationAt?.slice(0, 10),
    blocked: sender.evidence === 'blocked',
    releasing: sender.releasingAt !== undefined,
    perMinute: sender.perMinute,
    sites: linkedTo(sender.sender, sites).map(({ name }) => name),
  }
}

import type { Ehr } from '../src/core/ehr/ehr.ts'
import type { IdentityKeys } from '../src/core/keys/identity.ts'
import type { ClaimRules } from '../src/core/messaging/claim.ts'
import type { NumberBook } from '../src/core/messaging/numbers.ts'
import type { SendText } from '../src/core/messaging/sms.ts'
import type { Site } from '../src/core/sites/site.ts'
import type { Store } from '../src/core/store/store.ts'

/** What a process of the product does. */
export type Kind = 'sweep' | 'remind' | 'deliver' | 'receive'

/** A mistake put between the product and its ports, to see whether the checks would notice it. */
export type Bug = {
  readonly name: string
  /** What somebody would have done wrong. */
  readonly about: string
  /** Made anew for each run. */
  readonly make: () => Hooks
}

export type Hooks = {
  readonly tables?: (kind: Kind, tables: Store['tables'], now: () => Date) => Store['tables']
  readonly identity?: (identity: IdentityKeys) => IdentityKeys
  readonly ehr?: (kind: Kind, ehr: Ehr) => Ehr
  readonly site?: (kind: Kind, site: Site) => Site
  readonly rules?: (rules: ClaimRules) => ClaimRules
  readonly numbers?: (book: NumberBook) => NumberBook
  readonly sendText?: (send: SendText) => SendText
}

import type { Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRow } from '../store/rows.ts'
import type { NoText, NoticeInput } from './decide-text.ts'
import type { NoticeName } from './notice.ts'
import type { SendFailure } from './outcome.ts'
import type { Limit } from './pace.ts'

/** A notice that is about to be sent: its name, its row as marked, and what the vendor is to be handed. */
export type Draft<Words> = { readonly name: NoticeName; readonly row: NoticeRow; readonly words: Words }

/** A way for notices to go out, by text or by e-mail. Everything else about their delivery is the same (deliver-by.ts). */
export type Channel<Words> = {
  /** Whether a site has nothing to send from: its notices then stay owed, until their deadlines. */
  readonly waits: (site: Site) => boolean
  /** Why nothing goes out at a site, if so. */
  readonly off: (site: Site) => string | undefined
  /** Until when nothing may go out at a site, where that is so now, there or in one of these zones of a patient. */
  readonly quietUntil: (site: Site, now: Date, zones?: readonly string[]) => Date | undefined
  /** What a notice becomes, from what the EHR says at this very moment, or why there is nothing. Pure. */
  readonly decide: (input: NoticeInput) => Result<Words, NoText>
  /** Why each of these recipients gets nothing, if so; the others are about to be sent to. */
  readonly unwanted: (
    site: Site,
    all: readonly { readonly name: NoticeName; readonly words: Words }[],
  ) => Promise<readonly (string | undefined)[]>
  readonly send: (site: Site, draft: Draft<Words>) => Promise<Result<void, SendFailure>>
  /** Requests of one message that are under way at the same time. */
  readonly atOnce: number
  /** The vendor's limits, and what they are of; undefined where nobody has to wait. */
  readonly pace?: (site: Site) => { readonly sender: string; readonly limits: readonly Limit[] }
}

import type { EhrSoftware } from '../../../core/setup/ehr-software.ts'
import type { TeamsProduct } from '../../../core/setup/licences.ts'
import type { Answered } from '../../../core/setup/prerequisites.ts'
import type { Frame } from '../layout/frame.ts'

/** Something that was asked just now: what came, or why nothing came (a code). */
export type Asked<T> = { readonly found: T } | { readonly problem: string }

export type BeginModel = {
  readonly frame: Frame
  readonly version: string
  readonly licences: Asked<readonly TeamsProduct[]>
  readonly organizers: readonly {
    readonly id: string
    readonly name: string | undefined
    readonly teams: Asked<boolean>
  }[]
  readonly sites: readonly {
    readonly siteId: string
    readonly name: string
    readonly software: Asked<EhrSoftware & { readonly judged: 'recent' | 'old' | 'other_fhir' | 'silent' }>
  }[]
  readonly asked: readonly {
    readonly id: string
    readonly answer: Answered | undefined
    readonly at: string | undefined
    /** Absent where Microsoft no longer knows who answered. */
    readonly by: string | undefined
  }[]
}

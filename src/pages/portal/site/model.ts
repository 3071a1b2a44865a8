import type { SettingsInput } from '../../../core/sites/settings/input.ts'
import type { Frame } from '../layout/frame.ts'
import type { Environment } from '../sites/model.ts'

export type ZoneGroups = readonly {
  readonly label: string
  readonly zones: readonly { readonly id: string; readonly label: string }[]
}[]

/** What somebody looked up in the EHR by the system account. */
export type PlacesModel = {
  /** What was looked for, typed again. */
  readonly text: string
  readonly found: readonly { readonly id: string; readonly name: string }[]
  /** Why nothing could be looked up, or that nothing was found. */
  readonly problem?: string | undefined
  /** Names of the ids that are entered, as far as the EHR told them. */
  readonly names: Readonly<Record<string, string>>
}

export type SiteModel = {
  readonly frame: Frame
  readonly siteId: string
  readonly version: string
  readonly name: string
  readonly url: string
  readonly environment: Environment
  readonly inSetup: boolean
  /** What is still missing, and the part of this page where it is entered. */
  readonly missing: readonly { readonly words: string; readonly part: string }[]
  readonly input: SettingsInput
  readonly errors: Readonly<Record<string, string>>
  /** Whether a client secret is kept: it is replaced, never shown. */
  readonly kept: { readonly launch: boolean; readonly system: boolean; readonly portal: boolean }
  readonly zones: ZoneGroups
  /** The tenant's organizers with their names as Microsoft knows them now. */
  readonly organizers: readonly { readonly id: string; readonly name: string | undefined }[]
  /** The issuer that this EHR is known to use, where the list lacks it. */
  readonly issuerProposal?: string | undefined
  readonly jwksUrl: string
  /** Whether the system account is saved, by which places can be looked up. */
  readonly canLookUp: boolean
  readonly places?: PlacesModel | undefined
}

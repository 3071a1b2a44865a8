import type { Frame } from '../layout/frame.ts'

export type Environment = 'testing' | 'production'

/** What the live look at an address found. */
export type CheckModel = {
  readonly state: 'good' | 'bad'
  /** What was found right, as words. */
  readonly passed: readonly string[]
  readonly problem?: { readonly what: string; readonly why: string; readonly next: string } | undefined
  /** An address on the same host that works; taken with one click. */
  readonly likelyUrl?: string | undefined
  readonly notes: readonly string[]
  /** Name and version, as the server calls itself. */
  readonly software?: string | undefined
}

/** The row that is open: a new site, or one that is edited. */
export type BaseForm = {
  readonly action: string
  /** `draft` of a new site; `siteId` and `version` of one that is there. */
  readonly hidden: Readonly<Record<string, string>>
  readonly name: string
  readonly url: string
  readonly environment: Environment
  readonly nameError?: string | undefined
  readonly environmentError?: string | undefined
  readonly check?: CheckModel | undefined
}

export type SiteRow = {
  readonly siteId: string
  readonly name: string
  readonly url: string
  readonly environment: Environment
  readonly inSetup: boolean
  /** How much is still to be entered before it can be finished. */
  readonly missing: number
}

export type SitesModel = {
  readonly frame: Frame
  readonly rows: readonly SiteRow[]
  /** The new row (`adding`), or the one of the site with its id. */
  readonly open?: { readonly siteId: string | undefined; readonly form: BaseForm } | undefined
}

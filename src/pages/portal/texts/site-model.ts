import type { Frame } from '../layout/frame.ts'

export type Lang = 'en' | 'es' | 'fr'
export const LANGUAGE_NAMES: Readonly<Record<Lang, string>> = { en: 'English', es: 'Spanish', fr: 'French' }

/** One text as patients get it at its longest. */
export type Preview = {
  readonly kind: 'booked' | 'moved' | 'cancelled' | 'not_video' | 'reminder'
  readonly label: string
  /** The words before the link, as typed. */
  readonly lead: string
  readonly usual: string
  readonly text: string
  readonly units: number
  readonly segments: number
  readonly price: string
  readonly replaced: readonly string[]
  readonly error: string | undefined
}

export type SiteTextsModel = {
  readonly frame: Frame
  readonly siteId: string
  readonly name: string
  readonly version: string
  readonly on: boolean
  readonly senders: readonly { readonly value: string; readonly label: string }[]
  readonly countries: readonly { readonly code: string; readonly name: string }[]
  readonly draft: {
    readonly sender: string
    readonly countries: readonly string[]
    readonly confirm: Readonly<Record<'booked' | 'moved' | 'cancelled' | 'not_video', boolean>>
    readonly reminders: readonly { readonly amount: string; readonly unit: string }[]
    readonly quietFrom: string
    readonly quietTo: string
    readonly languages: readonly string[]
    readonly defaultLanguage: string
    readonly nameClinic: boolean
    readonly clinicName: string
    readonly segmentPrice: string
    readonly minorsTo: string
    readonly minorsAge: string
  }
  /** Code of what is wrong, by field. */
  readonly errors: Readonly<Record<string, string>>
  readonly previews: Readonly<Record<Lang, readonly Preview[]>>
  readonly timeZone: string
  /** What has to be done before texts can be switched on, each with where. */
  readonly missing: readonly { readonly words: string; readonly href: string }[]
  /** Said beside the switch, though it forbids nothing. */
  readonly warnings: readonly string[]
  /** Typed and not saved. */
  readonly unsaved: boolean
}

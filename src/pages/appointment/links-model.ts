import type { Tone } from '../layout/components/message-bar.tsx'

/** A link that was sent by hand. To whom is not kept: the role is what the clinician said. */
export type LinkLine = {
  readonly serial: number
  /** `Interpreter, by text`. */
  readonly who: string
  /** Local time of sending. */
  readonly at: string
  readonly status: string
  readonly tone: Tone
  /** Whether it still opens the visit. */
  readonly open: boolean
}

export type SendLinkModel = {
  readonly action: string
  /** Of this one form: sent twice, it sends one message. */
  readonly form: string
  readonly roles: readonly { readonly value: string; readonly label: string }[]
  readonly languages: readonly { readonly value: string; readonly label: string }[]
  /** What is set up at the site. */
  readonly ways: readonly { readonly value: string; readonly label: string }[]
  readonly given: {
    readonly role?: string | undefined
    readonly way?: string | undefined
    readonly address?: string | undefined
    readonly language?: string | undefined
  }
  /** The patient's own number and address are not known while the EHR is silent. */
  readonly chartUnread?: boolean | undefined
  /** Why the last try sent nothing. */
  readonly problem?: string | undefined
}

export type LateModel = {
  /** Undefined while the EHR is silent: who else is ahead only it knows. */
  readonly action?: string | undefined
  /** What was said last; 0 where nothing was. */
  readonly minutes: number
  readonly choices: readonly number[]
}

/** What became of the text about a delay, of one visit: told by its time, since no name is known where it is read. */
export type LateLine = {
  /** Local time at which the visit was to begin. */
  readonly at: string
  readonly status: string
  readonly tone: Tone
}

export type LateTexts = {
  readonly lines: readonly LateLine[]
  /** The clinician's day could not be read from the EHR just now: only this visit is listed. */
  readonly onlyThis: boolean
}

import type { CheckModel } from '../device-check/check.tsx'
import type { Fields } from '../layout/components/post-form.tsx'
import type { LanguageLink } from '../layout/patient-document.tsx'
import type { Language, Words } from '../words/index.ts'
import type { LocalStart } from '../words/local-start.ts'

/** Joining is a POST: previews and scanners that fetch the page or its links join nothing. */
export type JoinAction = { readonly action: string; readonly fields: Fields }

/** The telephone way into the meeting; `conferenceId` is the code that Teams asks for. */
export type DialIn = { readonly number: string; readonly conferenceId: string }

type Common = {
  readonly lang: Language
  /** Only where the site wants to be named. */
  readonly clinicName?: string | undefined
  /** The number that patients can call, as people write it. */
  readonly clinicPhone?: string | undefined
  /** The same page in other languages, where the route offers them. */
  readonly languages?: readonly LanguageLink[] | undefined
  /** Where texts are stopped, where they cannot be answered. */
  readonly textsUrl?: string | undefined
  /** Why this browser may fail in Teams, where that is known. */
  readonly advice?: keyof Words['browser'] | undefined
  /** The device check, while the visit is still to come or under way. */
  readonly check?: CheckModel | undefined
}

type Ways = {
  readonly join?: JoinAction | undefined
  readonly dialIn?: DialIn | undefined
  /** When the patient last pressed Join, on whichever device. Where they are now only Teams knows. */
  readonly pressedAt?: LocalStart | undefined
  /** Pressing Join has just failed. */
  readonly joinFailed?: boolean | undefined
}

type Planned = {
  readonly start: LocalStart
  /** Whole minutes from now until the start. */
  readonly minutesUntil: number
  /** When joining opens, where that is before the start. */
  readonly opensAt?: LocalStart | undefined
  readonly calendarUrl?: string | undefined
}

export type VisitNow =
  | ({ readonly state: 'too_early' } & Planned)
  | ({ readonly state: 'ready'; readonly start: LocalStart } & Ways & { readonly join: JoinAction })
  | ({
      readonly state: 'late'
      readonly start: LocalStart
      readonly expected?: LocalStart | undefined
    } & Ways)
  | ({ readonly state: 'moved'; readonly previous?: LocalStart | undefined } & Planned & Ways)
  | { readonly state: 'cancelled' | 'not_video' | 'over'; readonly start?: LocalStart | undefined }
  | { readonly state: 'not_found' }
  /** The EHR cannot be reached; `start` and `join` where the visit and its meeting are known all the same. */
  | ({ readonly state: 'unavailable'; readonly start?: LocalStart | undefined } & Ways)

/** What the page of one tapped link says. Nothing in it names a patient or a clinician. */
export type PatientModel = Common & VisitNow
export type PatientState = VisitNow['state']

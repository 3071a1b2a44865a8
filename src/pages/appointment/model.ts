import type { Tone } from '../layout/components/message-bar.tsx'
import type { Fields } from '../layout/components/post-form.tsx'
import type { LocalStart } from '../words/local-start.ts'
import type { LateModel, LateTexts, LinkLine, SendLinkModel } from './links-model.ts'

/** What the page shows of an appointment: read live from the EHR, no name, nothing stored. */
export type AppointmentFacts = {
  readonly start: LocalStart
  readonly durationMinutes?: number | undefined
  /** Empty where the patient could not be read. */
  readonly patientInitials: string
  readonly serviceType?: string | undefined
  readonly locationName?: string | undefined
  /** Roles: `Patient`, `Practitioner`; the name where the EHR says nothing else of somebody or something. */
  readonly participants: readonly string[]
  /** The EHR's status code: `booked`, `arrived`, `cancelled` …; left out where the EHR could not be asked. */
  readonly status?: string | undefined
}

export type VisitKind =
  | 'not_here'
  | 'link_opened'
  | 'checking'
  | 'on_the_way'
  | 'waiting'
  | 'in_visit'
  | 'left'
  | 'ended'
  | 'unknown'

/** Where the patient is; `since` is a local time as people read it. */
export type VisitState = {
  readonly kind: VisitKind
  readonly since?: string | undefined
  /** Somebody of the clinic is in the meeting already. */
  readonly staffInside?: boolean | undefined
  /** Teams does not tell who waits: what is shown is all that the patient's own page told. */
  readonly blind?: boolean | undefined
}

/** What passed and failed of the patient's device check, and the local time of it. */
export type DeviceLine = {
  readonly at: string
  readonly results: readonly { readonly part: string; readonly result: string }[]
}

/** One text or e-mail about the visit. */
export type NoticeLine = {
  /** What it was about: `Confirmation`, `Reminder`. */
  readonly kind: string
  /** What became of it, in words. */
  readonly status: string
  readonly tone: Tone
  /** Local time, as people read it. */
  readonly at: string
}

/** How a Join button works: a link, or a form where the click has to be noted first. Both open beside the page. */
export type JoinWay =
  | { readonly method: 'get'; readonly href: string }
  | { readonly method: 'post'; readonly action: string; readonly fields?: Fields | undefined }

/** What was just done, said once at the top of the page. */
export type Flash = { readonly tone: Tone; readonly words: string }

/** Why joining may be the wrong thing to do. The meeting can still be joined. */
export type Caution = 'cancelled' | 'not_video' | 'another_day'

/** A source that did not answer while the meeting was there to be joined. */
export type UnreadModel = {
  readonly what: 'appointment' | 'patient' | 'account'
  /** What happened: the title of its failure. */
  readonly title: string
  readonly code: string
  /** Whether the same page may be whole in a minute. */
  readonly again: boolean
  /** Whether a new launch helps. */
  readonly chart: boolean
}

export type AppointmentModel = {
  readonly appointment: AppointmentFacts
  readonly unread?: readonly UnreadModel[] | undefined
  readonly caution?: Caution | undefined
  readonly visit: VisitState
  readonly deviceCheck?: DeviceLine | undefined
  /** Local time at which the state was true; for a page that does not update itself. */
  readonly asOf?: string | undefined
  readonly notices: readonly NoticeLine[]
  /** Left out where no meeting exists. */
  readonly join?:
    | {
        readonly app?: JoinWay | undefined
        readonly browser?: JoinWay | undefined
        /** Joins without taking part as the clinician: to admit somebody, to help. */
        readonly staff?: JoinWay | undefined
        /** What was chosen last time; it comes first. */
        readonly chosen?: 'app' | 'browser' | undefined
        /** The page opens Teams by itself, once. */
        readonly atOnce?: boolean | undefined
      }
    | undefined
  /** The appointment is another clinician's. */
  readonly otherClinician?: boolean | undefined
  readonly flash?: Flash | undefined
  readonly sendLink?: SendLinkModel | undefined
  readonly links?: readonly LinkLine[] | undefined
  readonly revokeAction?: string | undefined
  readonly late?: LateModel | undefined
  /** What became of the texts about the delay; left out where there is none, or nobody is texted here. */
  readonly lateTexts?: LateTexts | undefined
  /** Hidden fields of every form that is about this appointment. */
  readonly fields?: Fields | undefined
  readonly consultUrl?: string | undefined
  readonly boardUrl?: string | undefined
  /** Where the page looks for news: answers 304 until there is some. */
  readonly lookUrl?: string | undefined
  /** The EHR changed the appointment since the page was drawn. */
  readonly changed?: boolean | undefined
  /** The Microsoft account that the clinician joins with; undefined where Microsoft could not be asked its name. */
  readonly joinedAs: string | undefined
  readonly csrf: string
  readonly notYouAction: string
  /** Seconds between two looks at the server; left out, the page does not update itself. */
  readonly refreshSeconds?: number | undefined
}

import type { Frame } from '../layout/frame.ts'

/** A line as it is shown; `state` of core/doctor/line.ts. */
export type ShownLine = {
  readonly id: string
  readonly group: string
  readonly title: string
  readonly state: 'waiting' | 'running' | 'pass' | 'warn' | 'fail' | 'skip'
  readonly what: string
  readonly remedy?: string | undefined
  readonly code?: string | undefined
}

export type DoctorRunModel = {
  /**
   * `lost`: nothing was heard of it for ten minutes. `outdated`: it is over, and the site's settings were changed since.
   */
  readonly state: 'running' | 'passed' | 'problems' | 'outdated' | 'lost'
  readonly startedAt: string
  /** Name of who started it, where Microsoft still knows them. */
  readonly by: string | undefined
  readonly lines: readonly ShownLine[]
  readonly counts: Readonly<Record<ShownLine['state'], number>>
  /** Changes whenever something that is shown does. */
  readonly sign: string
}

export type DoctorModel = {
  readonly frame: Frame
  readonly site: {
    readonly siteId: string
    readonly name: string
    readonly fhirBaseUrl: string
    readonly url: string
    /** Whether a sender is linked, so that a test text can be sent; whether e-mails are on. */
    readonly texts: boolean
    readonly emails: boolean
  }
  readonly run: DoctorRunModel | undefined
  /** What was typed and refused, with why. */
  readonly phone?: string
  readonly phoneError?: string
}

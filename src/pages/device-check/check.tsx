/** What the check needs to know; its words come with its script. */
export type CheckModel = {
  /** Where its script is, and the hash that it must have (`sha256-…`). */
  readonly script: string
  readonly integrity: string
  /** A POST each: the page is open on a screen; what passed and what failed. */
  readonly seen?: string | undefined
  readonly report: string
  readonly csrf: string
  /** Answers with bytes, to see how fast they come. */
  readonly probe: string
}

/** The place where the check appears. Empty and hidden: without script there is nothing to offer. */
export const Check = ({ check, dialIn }: { check: CheckModel; dialIn: boolean }) => (
  <section
    id="check"
    class="visit"
    hidden
    data-script={check.script}
    data-integrity={check.integrity}
    data-seen={check.seen}
    data-report={check.report}
    data-csrf={check.csrf}
    data-probe={check.probe}
    data-phone={dialIn ? 'yes' : undefined}
  />
)

import { Bars } from './charts/bars.tsx'
import type { Series } from './charts/chart.tsx'
import { Lines } from './charts/lines.tsx'
import type { ReportModel } from './model.ts'
import { OUTCOMES, RATINGS, RESULTS } from './words.ts'

const series = (
  words: Readonly<Record<string, string>>,
  colours: Readonly<Record<string, string>>,
): Series[] =>
  Object.entries(colours).map(([key, colour]) => ({ key, label: words[key] ?? key, colour: `c-${colour}` }))

const OUTCOME_SERIES = series(OUTCOMES, {
  completed: 'completed',
  in_progress: 'progress',
  no_show: 'noshow',
  patient_not_admitted: 'admit',
  clinician_absent: 'absent',
  technical_failure: 'technical',
  cancelled: 'cancelled',
  upcoming: 'upcoming',
})
const RESULT_SERIES = series(RESULTS, {
  delivered: 'good',
  sent: 'completed',
  on_the_way: 'upcoming',
  not_known: 'noshow',
  opted_out: 'admit',
  invalid_number: 'absent',
  number_does_not_exist: 'technical',
  blocked_number: 'absent',
  unreachable: 'noshow',
  spam: 'admit',
  recipient_blocked: 'technical',
  other_error: 'absent',
  not_sent: 'cancelled',
})
const RATING_SERIES = series(RATINGS, { good: 'good', fair: 'noshow', poor: 'absent' })

/** The pictures of a report. */
export const Pictures = ({ model }: { model: ReportModel }) => {
  const { stepName } = model
  const every = stepName === 'Day' ? 'day' : 'week'
  if (model.report === 'messages')
    return (
      <Bars
        id="results"
        title={`Messages per ${every} by result`}
        what="Texts and e-mails by what became of them, on the days of their visits"
        steps={model.messages}
        series={RESULT_SERIES}
        stepName={stepName}
      />
    )
  if (model.report === 'quality')
    return (
      <Bars
        id="ratings"
        title={`Call quality per ${every}`}
        what="Share of measured visits with good, fair and poor calls"
        steps={model.ratings}
        series={RATING_SERIES}
        stepName={stepName}
        shares
      />
    )
  return (
    <div class="charts">
      <Bars
        id="outcomes"
        title={`Visits per ${every} by status`}
        what="Visits by what became of them"
        steps={model.outcomes}
        series={OUTCOME_SERIES}
        stepName={stepName}
      />
      <div class="charts charts-2">
        <Lines
          id="waits"
          title={`Lobby wait per ${every}`}
          what="How long the first participant waited until somebody was let in"
          steps={model.waited}
          whole={model.wholeWaited}
          stepName={stepName}
        />
        <Lines
          id="durations"
          title={`Duration per ${every}`}
          what="How long completed visits lasted"
          steps={model.duration}
          whole={model.wholeDuration}
          stepName={stepName}
        />
      </div>
    </div>
  )
}

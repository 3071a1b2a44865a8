import { around } from '../words/around.ts'
import { durationWords } from '../words/duration.ts'
import type { Words } from '../words/index.ts'
import type { LocalStart } from '../words/local-start.ts'
import type { PatientModel } from './model.ts'

const Start = ({ start }: { start: LocalStart }) => (
  <>
    <span class="first-cap">{start.date}</span>
    <br />
    <span class="time nums">{start.time}</span>
    <br />
    <span class="quiet">{start.zone}</span>
  </>
)

const Moment = ({ label, start }: { label: string; start: LocalStart }) => (
  <>
    <p class="label">{label}</p>
    <p>
      <time datetime={start.iso}>
        <Start start={start} />
      </time>
    </p>
  </>
)

/** The time left in words; the number of minutes stands beside it for the script that counts on. */
const Left = ({ minutes, words }: { minutes: number; words: Words }) => {
  if (minutes < 1) return <p>{words.startsSoon}</p>
  const [before, after] = around(words.startsIn)
  return (
    <p>
      {before}
      <strong data-minutes-left={String(Math.floor(minutes))}>{durationWords(minutes, words.locale)}</strong>
      {after}
    </p>
  )
}

/** When the visit is, was, or will be after all. */
export const When = ({ model, words }: { model: PatientModel; words: Words }) => {
  if (model.state === 'not_found') return null
  if (model.state === 'late') {
    const { expected, start } = model
    return (
      <div class="when">
        <Moment
          label={expected === undefined ? words.plannedTime : words.expectedTime}
          start={expected ?? start}
        />
        {expected === undefined ? null : (
          <p class="quiet">
            {words.plannedTime}
            {words.colon}
            <time datetime={start.iso}>{start.time}</time>
          </p>
        )}
      </div>
    )
  }
  if (model.start === undefined) return null
  const label =
    model.state === 'moved'
      ? words.newTime
      : model.state === 'cancelled' || model.state === 'unavailable'
        ? words.plannedTime
        : words.yourVisit
  return (
    <div class="when">
      <Moment label={label} start={model.start} />
      {'minutesUntil' in model ? <Left minutes={model.minutesUntil} words={words} /> : null}
      {'opensAt' in model && model.opensAt !== undefined ? (
        <p class="quiet">{words.opensAt(model.opensAt.time)}</p>
      ) : null}
      {model.state === 'moved' && model.previous !== undefined ? (
        <p class="quiet">
          {words.previousTime}
          {words.colon}
          <del>
            <time datetime={model.previous.iso}>
              {model.previous.date}, {model.previous.time}
            </time>
          </del>
        </p>
      ) : null}
    </div>
  )
}

import { Button } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { safeHref } from '../../layout/href.ts'
import { CopyButton } from '../layout/copy.tsx'
import { State } from '../layout/state.tsx'
import { UtcTime } from '../layout/time.tsx'
import type { BeginModel } from './model.ts'
import { PREREQUISITE_WORDS } from './prerequisite-words.ts'

type Item = BeginModel['asked'][number]
const ANSWERS = [
  ['yes', 'Yes'],
  ['no', 'No'],
  ['later', 'I will find out later'],
] as const

const Given = ({ item }: { item: Item }) => {
  if (item.answer === undefined || item.at === undefined) return null
  const is = { yes: 'good', no: 'bad', later: 'quiet' } as const
  const label = ANSWERS.find(([value]) => value === item.answer)?.[1]
  return (
    <p>
      <State is={is[item.answer]}>
        {label}: answered <UtcTime at={item.at} /> by {item.by ?? 'an account that Microsoft no longer knows'}
      </State>
    </p>
  )
}

const Question = ({ item, mayAnswer }: { item: Item; mayAnswer: boolean }) => {
  const words = PREREQUISITE_WORDS[item.id]
  if (words === undefined) return null
  const { question, why, command, look, remedy, remedyCommand, link } = words
  return (
    <fieldset class="asked" id={`asked-${item.id}`}>
      <legend>{question}</legend>
      <p>{why}</p>
      {command === undefined ? null : (
        <div class="copyable">
          <pre class="code" id={`command-${item.id}`}>
            {command}
          </pre>
          <CopyButton of={`command-${item.id}`} label="the command" />
        </div>
      )}
      {look === undefined ? null : (
        <p class="quiet">{command === undefined ? `Where to look: ${look}` : look}</p>
      )}
      {link === undefined ? null : (
        <p>
          <a href={safeHref(link.href)}>{link.label}</a>
        </p>
      )}
      {mayAnswer ? (
        <div class="radios">
          {ANSWERS.map(([value, label]) => (
            <span class="radio">
              <input
                type="radio"
                name={item.id}
                value={value}
                id={`${item.id}-${value}`}
                checked={item.answer === value}
              />
              <label for={`${item.id}-${value}`}>{label}</label>
            </span>
          ))}
        </div>
      ) : null}
      <Given item={item} />
      {item.answer === 'no' ? (
        <div class="remedy-line">
          <p>What to do: {remedy}</p>
          {remedyCommand === undefined ? null : (
            <p>
              <code>{remedyCommand}</code>
            </p>
          )}
        </div>
      ) : null}
    </fieldset>
  )
}

/** What only people can tell: the answer is kept with its date and who gave it. */
export const Questions = ({ frame, version, asked }: BeginModel) => {
  const mayAnswer = frame.may.configure
  const questions = asked.map((item) => <Question item={item} mayAnswer={mayAnswer} />)
  return (
    <Card id="asked" heading="Asked of you">
      {mayAnswer ? (
        <PostForm action="/portal/begin" fields={{ csrf: frame.csrf, version }}>
          <div class="questions">
            {questions}
            <div class="actions">
              <Button look="primary">Save the answers</Button>
            </div>
          </div>
        </PostForm>
      ) : (
        <div class="questions">{questions}</div>
      )}
    </Card>
  )
}

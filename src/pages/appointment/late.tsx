import { Badge } from '../layout/components/badge.tsx'
import { Button } from '../layout/components/button.tsx'
import { Card } from '../layout/components/card.tsx'
import { type Fields, PostForm } from '../layout/components/post-form.tsx'
import type { LateModel, LateTexts } from './links-model.ts'

/** Running late: the patients still ahead of this clinician today are told, by text and on their pages. */
export const RunningLate = ({
  model,
  texts,
  fields,
}: {
  model: LateModel
  texts: LateTexts | undefined
  fields: Fields
}) => (
  <Card id="late" heading="Running late">
    <p class="gap">
      {model.minutes > 0
        ? `Patients read that you are ${model.minutes} minutes late.`
        : 'Tells the patients still ahead of you today, this one included, by text and on their pages.'}
    </p>
    {model.action === undefined ? (
      <p class="quiet">
        Only the EHR knows who else is ahead today. It can be changed when the EHR answers again.
      </p>
    ) : (
      <PostForm action={model.action} fields={fields}>
        <div class="actions">
          {model.choices.map((minutes) => (
            <Button name="minutes" value={String(minutes)}>
              {minutes} minutes
            </Button>
          ))}
          {model.minutes > 0 ? (
            <Button name="minutes" value="0" look="subtle">
              On time again
            </Button>
          ) : null}
        </div>
      </PostForm>
    )}
    <LiveLateTexts texts={texts} />
  </Card>
)

/** What is worth hearing of it: whom the delay did not reach. */
function lateSentence(lines: LateTexts['lines']): string {
  const missed = lines.filter(({ tone }) => tone === 'warning' || tone === 'error').length
  if (missed === 0) return ''
  return missed === 1
    ? 'One patient was not texted about the delay.'
    : `${missed} patients were not texted about the delay.`
}

/** Of each visit that is late whether its text went out, and why not: pressing the button promised none. */
export const LiveLateTexts = ({ texts }: { texts: LateTexts | undefined }) => (
  <div
    id="late-texts"
    data-live
    data-sign={JSON.stringify(texts ?? null)}
    data-announce={texts ? lateSentence(texts.lines) : ''}
  >
    {texts === undefined || texts.lines.length === 0 ? null : (
      <div class="late-texts">
        <h3>Texts about it, by the time of the visit</h3>
        {texts.onlyThis ? (
          <p class="quiet gap">
            Your other visits of today are not listed: the EHR did not tell us which they are.
          </p>
        ) : null}
        <ul class="notices">
          {texts.lines.map(({ at, status, tone }) => (
            <li>
              <strong class="nums">{at}</strong>
              <Badge tone={tone}>{status}</Badge>
            </li>
          ))}
        </ul>
      </div>
    )}
  </div>
)

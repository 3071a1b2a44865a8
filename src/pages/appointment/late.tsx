import { Button } from '../layout/components/button.tsx'
import { Card } from '../layout/components/card.tsx'
import { type Fields, PostForm } from '../layout/components/post-form.tsx'
import type { LateModel } from './links-model.ts'

/** Running late: the patients still ahead of this clinician today are told, by text and on their pages. */
export const RunningLate = ({ model, fields }: { model: LateModel; fields: Fields }) => (
  <Card id="late" heading="Running late">
    <p class="gap">
      {model.minutes > 0
        ? `Patients read that you are ${model.minutes} minutes late.`
        : 'Tells the patients still ahead of you today, this one included, by text and on their pages.'}
    </p>
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
  </Card>
)

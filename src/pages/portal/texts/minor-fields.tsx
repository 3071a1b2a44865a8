import { TextField } from '../../layout/components/field.tsx'
import { errorWords } from './error-words.ts'
import type { SiteTextsModel } from './site-model.ts'
import { FieldError } from './when-fields.tsx'

const CHOICES = [
  ['guardian', 'The guardian or parent that the chart names; where it names none, staff are told'],
  ['nobody', 'Nobody'],
  ['record', 'The number in the child’s own record, as for adults: where your EHR keeps the parents’ there'],
] as const

/** Who is told of the visits of patients who are under age. */
export const MinorFields = ({ model }: { model: SiteTextsModel }) => {
  const { draft, errors } = model
  return (
    <>
      <fieldset>
        <legend>Texts and e-mails go to</legend>
        {CHOICES.map(([to, label]) => (
          <label class="check" for={`minors-${to}`}>
            <input
              type="radio"
              id={`minors-${to}`}
              name="minors_to"
              value={to}
              checked={draft.minorsTo === to}
            />
            <span>{label}</span>
          </label>
        ))}
        <div class="field">
          <FieldError id="minors_to" code={errors.minors_to} />
        </div>
      </fieldset>
      <TextField
        id="minors_age"
        name="minors_age"
        label="Of age from"
        hint="Years. 18 in most places. Who has no birth date in the chart counts as of age."
        value={draft.minorsAge}
        {...(errors.minors_age === undefined ? {} : { error: errorWords(errors.minors_age) })}
      />
    </>
  )
}

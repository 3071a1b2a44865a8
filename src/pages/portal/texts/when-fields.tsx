import { describedBy, Field } from '../../layout/components/field.tsx'
import { Icon } from '../../layout/icons.tsx'
import { errorWords } from './error-words.ts'
import type { SiteTextsModel } from './site-model.ts'

const EVENTS = [
  ['booked', 'A video visit is booked'],
  ['moved', 'It is moved'],
  ['cancelled', 'It is cancelled'],
  ['not_video', 'It is no longer by video'],
] as const

export const FieldError = ({ id, code }: { id: string; code: string | undefined }) =>
  code === undefined ? null : (
    <p class="error" id={`${id}-error`}>
      <Icon name="error" />
      <span>{errorWords(code)}</span>
    </p>
  )

export const Tick = ({
  name,
  value = 'yes',
  label,
  checked,
}: {
  name: string
  value?: string
  label: string
  checked: boolean
}) => (
  <label class="check" for={`${name}-${value}`}>
    <input type="checkbox" id={`${name}-${value}`} name={name} value={value} checked={checked} />
    <span>{label}</span>
  </label>
)

const Reminder = ({ model, ordinal }: { model: SiteTextsModel; ordinal: number }) => {
  const { amount = '', unit = 'hours' } = model.draft.reminders[ordinal] ?? {}
  const id = `reminder-${ordinal}`
  const code = model.errors[`reminder_${ordinal}`]
  const error = errorWords(code)
  return (
    <div class="field">
      <label for={id}>{`Reminder ${ordinal + 1}`}</label>
      <div class="pair">
        <input
          class="input"
          id={id}
          name={`reminder_${ordinal}`}
          inputmode="numeric"
          value={amount}
          autocomplete="off"
          aria-invalid={code === undefined ? undefined : 'true'}
          aria-describedby={describedBy({ id, error, hint: ordinal === 0 ? 'hint' : undefined })}
        />
        <select
          class="input"
          name={`reminder_unit_${ordinal}`}
          aria-label={`Unit of reminder ${ordinal + 1}`}
        >
          {['minutes', 'hours', 'days'].map((each) => (
            <option value={each} selected={each === unit}>{`${each} before`}</option>
          ))}
        </select>
      </div>
      {ordinal === 0 ? (
        <p class="hint" id={`${id}-hint`}>
          Leave empty for none. From 5 minutes to 14 days before the visit.
        </p>
      ) : null}
      <FieldError id={id} code={code} />
    </div>
  )
}

const Clock = ({
  model,
  name,
  label,
}: {
  model: SiteTextsModel
  name: 'quiet_from' | 'quiet_to'
  label: string
}) => {
  const error = errorWords(model.errors[name])
  return (
    <Field id={name} label={label} error={error}>
      <input
        class="input"
        id={name}
        name={name}
        type="time"
        value={name === 'quiet_from' ? model.draft.quietFrom : model.draft.quietTo}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy({ id: name, error })}
      />
    </Field>
  )
}

/** What is told, and when. */
export const WhenFields = ({ model }: { model: SiteTextsModel }) => (
  <>
    <fieldset>
      <legend>Text the patient when</legend>
      {EVENTS.map(([kind, label]) => (
        <Tick name={`confirm_${kind}`} label={label} checked={model.draft.confirm[kind]} />
      ))}
    </fieldset>
    <fieldset>
      <legend>Reminders</legend>
      <div class="fields fields-3">
        {[0, 1, 2].map((ordinal) => (
          <Reminder model={model} ordinal={ordinal} />
        ))}
      </div>
    </fieldset>
    <fieldset>
      <legend>Quiet hours</legend>
      <p class="quiet">
        No text is sent then, neither by the clinic’s clock ({model.timeZone}) nor by that of the patient’s
        address in the United States, where the chart has one. A reminder that would fall into them comes half
        an hour before; what cannot waits until they end, or is left out where it would come too late. The
        same time twice means none.
      </p>
      <div class="fields fields-3">
        <Clock model={model} name="quiet_from" label="From" />
        <Clock model={model} name="quiet_to" label="To" />
      </div>
    </fieldset>
  </>
)

import type { Child } from 'hono/jsx'
import { describedBy, Field } from '../../layout/components/field.tsx'
import type { SiteModel } from './model.ts'

/** A part of the settings with its heading, which links lead to. */
export const Part = ({ id, heading, children }: { id: string; heading: string; children: Child }) => (
  <section class="card setting" id={id} aria-labelledby={`${id}-heading`}>
    <h2 id={`${id}-heading`}>{heading}</h2>
    <div class="fields">{children}</div>
  </section>
)

type Text = {
  readonly model: SiteModel
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly type?: 'text' | 'tel' | 'url' | 'password'
  readonly maxlength?: number
}

/** An id of a control from the name of its field: `department.0.name` becomes `department-0-name`. */
export const idOf = (name: string) => name.replaceAll('.', '-')

export const Setting = ({ model, name, label, hint, value, type = 'text', maxlength = 2000 }: Text) => {
  const id = idOf(name)
  const error = model.errors[name]
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <input
        class="input"
        id={id}
        name={name}
        type={type === 'url' ? 'text' : type}
        inputmode={type === 'url' ? 'url' : undefined}
        value={value}
        maxlength={maxlength}
        autocomplete={type === 'password' ? 'new-password' : 'off'}
        spellcheck={false}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy({ id, hint, error })}
      />
    </Field>
  )
}

export const LongSetting = ({ model, name, label, hint, value }: Omit<Text, 'type' | 'maxlength'>) => {
  const id = idOf(name)
  const error = model.errors[name]
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      <textarea
        class="input"
        id={id}
        name={name}
        rows={2}
        maxlength={4000}
        spellcheck={false}
        aria-invalid={error === undefined ? undefined : 'true'}
        aria-describedby={describedBy({ id, hint, error })}
      >
        {value}
      </textarea>
    </Field>
  )
}

export const Check = ({
  name,
  value = 'yes',
  id = idOf(name),
  label,
  hint,
  checked,
  type = 'checkbox',
}: {
  name: string
  value?: string
  id?: string
  label: string
  hint?: string
  checked: boolean
  type?: 'checkbox' | 'radio'
}) => (
  <div class="check">
    <input
      type={type}
      id={id}
      name={name}
      value={value}
      checked={checked}
      aria-describedby={hint === undefined ? undefined : `${id}-hint`}
    />
    <div>
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  </div>
)

/** The message of a group of controls. */
export const GroupError = ({ error }: { error: string | undefined }) =>
  error === undefined ? null : (
    <p class="group-error" role="alert">
      {error}
    </p>
  )

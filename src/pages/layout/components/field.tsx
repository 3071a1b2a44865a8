import type { Child } from 'hono/jsx'
import { Icon } from '../icons.tsx'

export const fieldStyles = `
.field{display:grid;gap:.25rem;align-content:start;max-inline-size:32rem}
.field label{font-weight:600}
.field .hint{color:var(--fg-3);font-size:.8125rem}
.input{inline-size:100%;min-block-size:2rem;padding:.3125rem .625rem;border:1px solid var(--line-2);
  border-block-end-color:var(--line-field);border-radius:var(--r-s);background:var(--surface);color:var(--fg)}
.input:hover{border-color:var(--line-field)}
.input:focus-visible{outline-offset:-1px}
.input[aria-invalid=true]{border-color:var(--bad-fg)}
.field .error{display:flex;gap:.375rem;align-items:flex-start;color:var(--bad-fg);font-size:.8125rem}
.field .error svg{inline-size:1rem;block-size:1rem;margin-block-start:.125rem}
.req{color:var(--bad-fg)}
`

type Described = { id: string; hint?: string | undefined; error?: string | undefined }

/** The ids for `aria-describedby` of a field's control: its error first, then its hint. */
export function describedBy({ id, hint, error }: Described): string | undefined {
  const ids = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`].filter(
    Boolean,
  )
  return ids.length === 0 ? undefined : ids.join(' ')
}

/** A label, its control (given as children, with `id` and describedBy), a hint, and the message of a refused value. */
export const Field = ({
  id,
  label,
  hint,
  error,
  required = false,
  children,
}: Described & { label: string; required?: boolean; children: Child }) => (
  <div class="field">
    <label for={id}>
      {label}
      {required ? (
        <span class="req" aria-hidden="true">
          {' *'}
        </span>
      ) : null}
    </label>
    {hint === undefined ? null : (
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
    )}
    {children}
    {error === undefined ? null : (
      <p class="error" id={`${id}-error`}>
        <Icon name="error" />
        <span>{error}</span>
      </p>
    )}
  </div>
)

type TextFieldProps = Described & {
  label: string
  name: string
  value?: string
  type?: 'text' | 'url' | 'tel' | 'email' | 'search'
  required?: boolean
  autocomplete?: string
}

/** A one-line text field; a refused value stays in it beside its message. */
export const TextField = ({ name, value, type = 'text', autocomplete = 'off', ...field }: TextFieldProps) => (
  <Field {...field}>
    <input
      class="input"
      id={field.id}
      name={name}
      type={type}
      value={value}
      required={field.required}
      autocomplete={autocomplete}
      aria-invalid={field.error === undefined ? undefined : 'true'}
      aria-describedby={describedBy(field)}
    />
  </Field>
)

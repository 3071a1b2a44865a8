import { describedBy, Field } from './field.tsx'

type Option = { readonly value: string; readonly label: string }

/** A list of a few choices, of which one is taken. */
export const SelectField = ({
  id,
  label,
  name,
  options,
  value,
  hint,
}: {
  id: string
  label: string
  name: string
  options: readonly Option[]
  value?: string | undefined
  hint?: string
}) => (
  <Field id={id} label={label} {...(hint === undefined ? {} : { hint })}>
    <select class="input" id={id} name={name} aria-describedby={describedBy({ id, hint })}>
      {options.map((option) => (
        <option value={option.value} selected={option.value === value}>
          {option.label}
        </option>
      ))}
    </select>
  </Field>
)

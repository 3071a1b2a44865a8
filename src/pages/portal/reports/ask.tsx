import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Field } from '../../layout/components/field.tsx'
import type { Option, Pick, ReportModel } from './model.ts'

const Select = (given: {
  id: string
  name: string
  label: string
  options: readonly Option[]
  any?: string
}) => (
  <Field id={given.id} label={given.label}>
    <select class="input" id={given.id} name={given.name}>
      {given.any === undefined ? null : <option value="">{given.any}</option>}
      {given.options.map(({ value, label, chosen }) => (
        <option value={value} selected={chosen}>
          {label}
        </option>
      ))}
    </select>
  </Field>
)

const Picks = ({ name, legend, options }: Pick) => (
  <fieldset>
    <legend>{legend}</legend>
    <div class="picks">
      {options.map(({ value, label, chosen }) => (
        <label for={`${name}-${value}`}>
          <input type="checkbox" id={`${name}-${value}`} name={name} value={value} checked={chosen} />
          {label}
        </label>
      ))}
    </div>
  </fieldset>
)

const Day = (given: { id: string; name: string; label: string; value: string }) => (
  <div class="narrow">
    <Field id={given.id} label={given.label}>
      <input class="input" type="date" id={given.id} name={given.name} value={given.value} />
    </Field>
  </div>
)

/** It only asks, and its address can be sent on. `<search>` is not known to every browser that is in use. */
const SEARCH = { role: 'search' }

/** What is asked for: a form that leads to an address, so that the view can be sent on or kept. */
export const Ask = ({ model }: { model: ReportModel }) => {
  const filtered = model.filters.reduce(
    (sum, { options }) => sum + options.filter(({ chosen }) => chosen).length,
    0,
  )
  return (
    <form class="card ask" method="get" action={model.action} {...SEARCH} aria-label="What the report shows">
      {Object.entries(model.kept).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="line-up">
        <Select id="range" name="range" label="Range" options={model.ranges} />
        <Day id="from" name="from" label="From (UTC day)" value={model.from} />
        <Day id="to" name="to" label="To" value={model.to} />
        <Select id="site" name="site" label="Site" options={model.sites} any="All sites" />
        {model.departments.length === 0 ? null : (
          <Select
            id="department"
            name="department"
            label="Department"
            options={model.departments}
            any="All departments"
          />
        )}
        <div class="actions">
          <Button look="primary">Show</Button>
          <ButtonLink look="subtle" href={model.resetUrl}>
            Reset
          </ButtonLink>
        </div>
      </div>
      <details class="fold" open={filtered > 0}>
        <summary>{filtered === 0 ? 'Filters' : `Filters (${filtered} chosen)`}</summary>
        {model.filters.map((pick) => (
          <Picks {...pick} />
        ))}
      </details>
      <details class="fold">
        <summary>Columns</summary>
        <Picks {...model.columnPick} />
      </details>
    </form>
  )
}

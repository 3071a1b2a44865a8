import { Icon } from '../../layout/icons.tsx'
import type { PlacesModel, SiteModel } from './model.ts'
import { Check, GroupError, Part, Setting } from './parts.tsx'

const Row = ({ model, index }: { model: SiteModel; index: number }) => {
  const row = model.input.departments[index]
  if (row === undefined) return null
  const at = (field: string) => `department.${index}.${field}`
  const names = row.locations
    .split(/[\s,;]+/)
    .flatMap((id) => model.places?.names[id] ?? [])
    .join(', ')
  return (
    <li class="department">
      <input type="hidden" name={at('id')} value={row.id} />
      <Setting model={model} name={at('name')} label="Name" value={row.name} maxlength={100} />
      <div>
        <Setting
          model={model}
          name={at('locations')}
          label="FHIR Location ids"
          value={row.locations}
          maxlength={14_000}
        />
        {names === '' ? null : <p class="quiet names">{names}</p>}
      </div>
      <Check name={at('on')} label="On" checked={row.on} />
      <button type="submit" class="btn btn-subtle" name="do" value={`remove-department:${index}`}>
        Remove<span class="sr-only"> {row.name || `department ${index + 1}`}</span>
      </button>
    </li>
  )
}

const Found = ({ places }: { places: PlacesModel }) => (
  <div class="found" role="status">
    {places.problem === undefined ? null : <p>{places.problem}</p>}
    {places.found.length === 0 ? null : (
      <ul>
        {places.found.map(({ id, name }) => (
          <li>
            <span>
              {name} <span class="quiet">{id}</span>
            </span>
            <button type="submit" class="btn" name="do" value={`add-place:${id}:${name}`}>
              Add<span class="sr-only"> {name}</span>
            </button>
          </li>
        ))}
      </ul>
    )}
  </div>
)

const LookUp = ({ model }: { model: SiteModel }) => {
  if (!model.canLookUp)
    return (
      <p class="quiet">Once the system account is saved and works, places can be looked up here by name.</p>
    )
  return (
    <div class="look-up">
      <div class="find">
        <Setting
          model={model}
          name="find"
          label="Look up places in the EHR"
          hint="A name or Location ids; left empty, the names of the ids above are read."
          value={model.places?.text ?? ''}
          maxlength={200}
        />
        <button type="submit" class="btn" name="do" value="find-places">
          Look up
        </button>
      </div>
      {model.places === undefined ? null : <Found places={model.places} />}
    </div>
  )
}

/** Which places of the EHR belong together, and whether their visits are texted. */
export const Departments = ({ model }: { model: SiteModel }) => {
  const { departments } = model.input
  return (
    <Part id="departments" heading="Departments">
      <p class="hint">
        The places whose appointments are read for texts and reports. Without a department visits still open
        from the chart. The EHR team knows the Location ids.
      </p>
      <GroupError error={model.errors.departments} />
      <input type="hidden" name="departments" value={String(departments.length)} />
      {departments.length === 0 ? null : (
        <ul class="departments">
          {departments.map((_, index) => (
            <Row model={model} index={index} />
          ))}
        </ul>
      )}
      <div class="actions">
        <button type="submit" class="btn btn-subtle" name="do" value="add-department">
          <Icon name="add" />
          Add department
        </button>
      </div>
      <LookUp model={model} />
    </Part>
  )
}

import { departmentId, LOCATION_ID } from '../department-id.ts'
import type { Department } from '../site.ts'
import { type DepartmentInput, words } from './input.ts'
import type { Tell } from './read-settings.ts'

/**
 * The departments of the form; an empty row is left out. One that is there keeps its id, to which its visits refer.
 * @param known ids that the site has
 */
export function readDepartments(
  rows: readonly DepartmentInput[],
  known: ReadonlySet<string>,
  tell: Tell,
): Department[] {
  const placed = new Map<string, string>()
  const taken = new Set<string>()
  const departments: Department[] = []
  for (const [index, { id, name, locations, on }] of rows.entries()) {
    const locationIds = words(locations)
    if (name === '' && locationIds.length === 0) continue
    const at = (field: string) => `department.${index}.${field}`
    if (name === '') tell(at('name'), 'Enter the department’s name.')
    else if (name.length > 100) tell(at('name'), 'Use at most 100 characters.')
    const bad = locationIds.find((location) => !LOCATION_ID.test(location))
    const twice = locationIds.find((location) => placed.has(location))
    if (locationIds.length === 0) tell(at('locations'), 'Enter at least one FHIR Location id.')
    else if (bad !== undefined) tell(at('locations'), `“${bad.slice(0, 40)}” is not a FHIR Location id.`)
    else if (twice !== undefined)
      tell(at('locations'), `${twice} belongs to ${placed.get(twice) || 'another department'} already.`)
    else if (locationIds.length > 200) tell(at('locations'), 'A department has at most 200 locations.')
    for (const location of locationIds) placed.set(location, name)
    const own =
      known.has(id) && !taken.has(id) ? id : departmentId(name, index, new Set([...known, ...taken]))
    taken.add(own)
    departments.push({ id: own, name, locationIds, on })
  }
  return departments
}

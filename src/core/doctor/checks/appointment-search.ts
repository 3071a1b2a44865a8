import type { Department } from '../../sites/site.ts'
import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, skip } from '../line.ts'

const DAY = 86_400_000

/** So many departments are searched: a thousand would take longer than a run has. */
const MOST = 50

/** As many as are tried, from everywhere in the list. Pure. */
function tried(departments: readonly Department[]): readonly Department[] {
  const step = Math.max(1, departments.length / MOST)
  const chosen = Array.from({ length: Math.min(MOST, departments.length) }, (_, at) => Math.floor(at * step))
  return chosen.flatMap((index) => departments[index] ?? [])
}

/** The search that a sweep makes: by location and a range of dates, for departments that are switched on. */
export const appointmentSearch: Check = {
  id: 'appointment_search',
  after: ['system_token'],
  async run({ site, ports, facts }) {
    const departments = site.departments.filter(({ on }) => on)
    const { ehr } = facts
    if (departments.length === 0) return skip('No department is switched on, so nothing is searched.')
    if (!ehr) return skip('The system account was granted nothing to search with.', 'not_tried')
    const from = ports.now()
    let found = 0
    const some = tried(departments)
    for (const { name, locationIds } of some) {
      const searched = await ehr.appointmentsIn(locationIds, from, new Date(from.getTime() + DAY))
      if (searched.ok) {
        found += searched.value.size
        continue
      }
      const { code } = searched.failure
      if (code === 'ehr_scope_missing') {
        return failed(
          code,
          'The system account may not search appointments.',
          'Ask the EHR team to add system/Appointment.read to the registration of the system account.',
        )
      }
      const outcome = fromFailure(searched.failure)
      return { ...outcome, what: `${name}: ${outcome.what}` }
    }
    const all = departments.length === 1 ? 'one department' : `${departments.length} departments`
    const many = some.length < departments.length ? `${some.length} of ${all}` : all
    return pass(`${many} searched; ${found} appointments within the next day.`)
  },
}

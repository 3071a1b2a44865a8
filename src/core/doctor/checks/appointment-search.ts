import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, skip } from '../line.ts'

const DAY = 86_400_000

/** The search that a sweep makes: by location and a range of dates, for each department that is switched on. */
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
    for (const { name, locationIds } of departments) {
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
    const many = departments.length === 1 ? 'one department' : `${departments.length} departments`
    return pass(`${many} searched; ${found} appointments within the next day.`)
  },
}

import type { Check } from '../check.ts'
import { failed, pass, warn } from '../line.ts'

/**
 * Graph takes 2,000 meetings a user and month (Cloud communications service limits); a tenth is left for visits that are
 * booked anew.
 */
const VISITS_AN_ORGANIZER = 1_800

export const meetingRoom: Check = {
  id: 'meeting_room',
  after: ['access_policy'],
  async run({ site, ports, facts }) {
    const { length } = site.organizers
    if (facts.full.length > 0) {
      return failed(
        'meeting_limit',
        `${facts.full.length} of ${length} organizers have used up their 2,000 meetings of this month.`,
        'Add an organizer account under “Permissions” and give it to this site. The count begins anew next month.',
      )
    }
    const { value: tenant } = await ports.tenants.read(site.tenantId)
    const visits = tenant.visitsPerMonth
    if (visits === undefined)
      return pass(`Room for some ${(length * VISITS_AN_ORGANIZER).toLocaleString('en-US')} visits a month.`)
    const needed = Math.ceil(visits / VISITS_AN_ORGANIZER)
    if (needed <= length)
      return pass(`${length} for ${visits.toLocaleString('en-US')} visits a month: enough.`)
    return warn(
      'meeting_organizers_few',
      `${visits.toLocaleString('en-US')} visits a month need ${needed} organizers; this site has ${length}.`,
      'Add organizer accounts under “Permissions” and give them to this site.',
    )
  },
}

import { readUser } from '../../meetings/user.ts'
import { hasTeams } from '../../setup/licences.ts'
import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass } from '../line.ts'

/** Every service account of the site is there, may sign in, and holds a licence with Teams. */
export const organizers: Check = {
  id: 'organizers',
  after: ['graph_consent'],
  async run({ site, ports }) {
    if (site.organizers.length === 0) {
      return failed(
        'meeting_no_organizer',
        'This site has no organizer account.',
        'Choose at least one under “Permissions”, and give it to this site.',
      )
    }
    const graph = await ports.graph(site.tenantId)
    const problems: string[] = []
    for (const id of site.organizers) {
      const user = await readUser(graph, id)
      if (!user.ok && user.failure.code !== 'graph_not_found') return fromFailure(user.failure)
      if (!user.ok) problems.push(`${id} no longer exists`)
      else if (!user.value.enabled) problems.push(`${user.value.name} is disabled`)
      else {
        const teams = await hasTeams(graph, id)
        if (!teams.ok) return fromFailure(teams.failure)
        if (!teams.value) problems.push(`${user.value.name} has no licence with Teams`)
      }
    }
    if (problems.length > 0) {
      return failed(
        'organizer_unfit',
        `${problems.slice(0, 10).join('; ')}.`,
        'Mend the account in the Microsoft 365 admin center, or choose another organizer for this site.',
      )
    }
    const { length } = site.organizers
    return pass(
      length === 1
        ? 'The account is enabled and licensed.'
        : `All ${length} accounts are enabled and licensed.`,
    )
  },
}

import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass } from '../line.ts'
import { createTestMeeting } from '../test-meeting.ts'

/**
 * A meeting is created for every organizer, which is the only way to learn whether the Teams application access policy
 * counts already. The meetings serve the lines below and are deleted at the end.
 */
export const accessPolicy: Check = {
  id: 'access_policy',
  after: ['organizers'],
  async run(run) {
    const { site, ports, facts } = run
    const graph = await ports.graph(site.tenantId)
    const without: string[] = []
    for (const organizerId of site.organizers) {
      const made = await createTestMeeting(graph, run, organizerId)
      if (made.ok) facts.meetings.push(made.value)
      // It got past the policy: whether there is room is another line's.
      else if (made.failure.code === 'meeting_limit') facts.full.push(organizerId)
      else if (made.failure.code === 'graph_access_policy_missing') without.push(organizerId)
      else return fromFailure(made.failure)
    }
    const { length } = site.organizers
    if (without.length === 0)
      return pass(
        length === 1 ? 'A meeting was created.' : `A meeting was created for each of the ${length}.`,
      )
    return failed(
      'graph_access_policy_missing',
      `Teams does not let this service create meetings for ${without.length} of ${length} organizers.`,
      'Run the commands under “Permissions” in Teams PowerShell, as a Teams administrator. A policy may take 30 minutes to count; then run the doctor again.',
    )
  },
}

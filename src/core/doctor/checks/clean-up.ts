import { callGraph } from '../../meetings/graph-call.ts'
import type { Check } from '../check.ts'
import { failed, pass, skip } from '../line.ts'
import { meetingPath } from '../test-meeting.ts'

/** Deletes the meetings that were made for the run. */
export const cleanUp: Check = {
  id: 'clean_up',
  after: [],
  async run({ site, ports, facts }) {
    if (facts.meetings.length === 0) return skip('No test meeting was made.')
    const graph = await ports.graph(site.tenantId)
    let left = 0
    for (const meeting of facts.meetings) {
      const gone = await callGraph(() => graph.api(meetingPath(meeting)).delete())
      if (!gone.ok && gone.failure.code !== 'graph_not_found') left += 1
    }
    if (left === 0)
      return pass(
        facts.meetings.length === 1
          ? 'The test meeting was deleted.'
          : `All ${facts.meetings.length} were deleted.`,
      )
    return failed(
      'meeting_left_over',
      `${left} test ${left === 1 ? 'meeting was' : 'meetings were'} not deleted.`,
      'They are empty and end by themselves. Run the doctor again to delete the next ones.',
    )
  },
}

import { z } from 'zod'
import { callGraph } from '../../meetings/graph-call.ts'
import type { Check } from '../check.ts'
import { fromFailure } from '../from-failure.ts'
import { failed, pass, skip } from '../line.ts'
import { meetingPath } from '../test-meeting.ts'

const answer = z.object({ lobbyBypassSettings: z.object({ scope: z.string() }).nullish() }).nullish()

/** The tenant's own policy may overrule what a meeting asks for: what came of it is read from the answer. */
export const lobby: Check = {
  id: 'lobby',
  after: ['access_policy'],
  async run({ site, ports, facts }) {
    const [meeting] = facts.meetings
    if (!meeting) return skip('No test meeting was made to try it on.', 'not_tried')
    const graph = await ports.graph(site.tenantId)
    const set = await callGraph(async () =>
      answer.parse(
        await graph.api(meetingPath(meeting)).patch({
          lobbyBypassSettings: { scope: 'organization', isDialInBypassEnabled: false },
          allowMeetingChat: 'limited',
        }),
      ),
    )
    if (!set.ok) return fromFailure(set.failure)
    const scope = set.value?.lobbyBypassSettings?.scope
    if (scope === undefined || scope === 'organization')
      return pass('Everybody from outside waits to be let in.')
    return failed(
      'meeting_lobby_overruled',
      `Teams kept the lobby at “${scope}” instead of “organization”: patients might walk in on each other.`,
      'Look at the Teams meeting policy of the organizer accounts (who can bypass the lobby) in the Teams admin center.',
    )
  },
}

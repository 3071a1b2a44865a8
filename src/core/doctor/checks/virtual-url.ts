import { z } from 'zod'
import { callGraph } from '../../meetings/graph-call.ts'
import type { Check } from '../check.ts'
import { failed, pass, skip, warn } from '../line.ts'
import { meetingPath } from '../test-meeting.ts'

const answer = z.object({ value: z.url() })

/**
 * Graph, "virtualAppointment: getVirtualAppointmentJoinWebUrl". Sources disagree on whether an application may ask; where
 * it may not, the join URL serves as well.
 */
export const virtualUrl: Check = {
  id: 'virtual_url',
  after: ['access_policy'],
  async run({ site, ports, facts }) {
    const [meeting] = facts.meetings
    if (!meeting) return skip('No test meeting was made to try it on.', 'not_tried')
    const graph = await ports.graph(site.tenantId)
    const asked = await callGraph(async () =>
      answer.parse(await graph.api(`${meetingPath(meeting)}/getVirtualAppointmentJoinWebUrl`).get()),
    )
    const known = ports.settings.TEAMS_ORIGINS
    if (!known.includes(new URL(meeting.joinWebUrl).origin)) {
      return failed(
        'meeting_url_foreign',
        `Join links of this organization begin with ${new URL(meeting.joinWebUrl).origin}, which this service does not lead to.`,
        'Whoever runs this service can add that address to TEAMS_ORIGINS.',
      )
    }
    if (!asked.ok) {
      return warn(
        'virtual_url_refused',
        'Graph does not give the link; patients join by the meeting’s own link and choose the browser there.',
        'Nothing needs to be done. Grant VirtualAppointment.Read.All where your organization offers it.',
      )
    }
    const { origin } = new URL(asked.value.value)
    if (known.includes(origin)) return pass('Graph gives the link.')
    return warn(
      'meeting_url_foreign',
      `Graph gives a link that begins with ${origin}; it is not used, and patients join by the meeting’s own link.`,
      'Whoever runs this service can add that address to TEAMS_ORIGINS.',
    )
  },
}

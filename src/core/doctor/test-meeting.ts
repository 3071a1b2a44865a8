import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Graph } from '../meetings/graph.ts'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import { type Failure, ok, type Result } from '../result.ts'
import type { Run, TestMeeting } from './check.ts'

const answer = z.object({ id: z.string().min(1), joinWebUrl: z.url() })

/** Graph, "Cloud communications service limits": what a user whose meetings of the month are used up is told. */
const LIMIT = /limit of \d+ meetings|meetings? .*(per|this|for the) month|quota/i

/** Makes a meeting of a quarter of an hour for an organizer, as a visit would. The same run makes the same one. */
export async function createTestMeeting(
  graph: Graph,
  { site, runId, ports }: Run,
  organizerId: string,
): Promise<Result<TestMeeting, GraphFailure | 'meeting_limit'>> {
  const name = createHash('sha256').update(`${site.tenantId}|${site.siteId}|${runId}`).digest('base64url')
  const start = ports.now()
  let limited = false
  const made = await callGraph(async () => {
    try {
      const created = await graph
        .api(`/users/${encodeURIComponent(organizerId)}/onlineMeetings/createOrGet`)
        .post({
          externalId: `doctor-${name.slice(0, 22)}`,
          subject: 'Test of the connection',
          startDateTime: start.toISOString(),
          endDateTime: new Date(start.getTime() + 15 * 60_000).toISOString(),
        })
      return answer.parse(created)
    } catch (error) {
      const { statusCode, message } = error as { statusCode?: number; message?: string }
      limited = statusCode === 429 && LIMIT.test(message ?? '')
      throw error
    }
  })
  if (made.ok) {
    const { id: meetingId, joinWebUrl } = made.value
    return ok({ organizerId, meetingId, joinWebUrl })
  }
  const failure: Failure<GraphFailure | 'meeting_limit'> = limited ? { code: 'meeting_limit' } : made.failure
  return { ok: false, failure }
}

export function meetingPath({ organizerId, meetingId }: TestMeeting): string {
  return `/users/${encodeURIComponent(organizerId)}/onlineMeetings/${encodeURIComponent(meetingId)}`
}

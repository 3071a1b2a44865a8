import type { Mappings } from '../accounts/mapping.ts'
import type { Graph } from '../meetings/graph.ts'
import type { GraphFailure } from '../meetings/graph-call.ts'
import { readUser } from '../meetings/user.ts'
import { BESIDE_MEETING_MS, within } from '../patience.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import type { LaunchSession } from './session.ts'

export type AccountPorts = {
  readonly mappings: Mappings
  readonly graph: (tenantId: string) => Promise<Graph>
}

/** Who joins a meeting. */
export type JoiningAccount = {
  readonly userId: string
  /** Read now; undefined where Microsoft could not be asked. */
  readonly upn: string | undefined
  /** Why it could not. */
  readonly unread?: Failure<GraphFailure>
}

type Asked = Result<JoiningAccount, 'account_unconfirmed' | GraphFailure>

/**
 * Who joins: as confirmed once, and still a user who may sign in. A mapping to one who left is removed here.
 * @returns a function that waits for the answer, which has been asked for by then. Where the meeting is there already
 * it does not wait long, and Graph's trouble keeps nobody out: Teams itself asks who joins.
 */
export async function askAccount(
  ports: AccountPorts,
  session: LaunchSession,
): Promise<Result<(meetingIsThere: () => Promise<boolean>) => Promise<Asked>, 'account_unconfirmed'>> {
  const userId = await ports.mappings.find(session.tenantId, session.siteId, session.ehrUser)
  if (userId === undefined) return fail('account_unconfirmed')
  const asked = present(ports, session, userId)
  // The time runs while the EHR is read.
  const inTime = within(BESIDE_MEETING_MS, asked)
  inTime.catch(() => {})
  return ok(async (meetingIsThere) => {
    const early = await inTime
    if (early?.ok || early?.failure.code === 'account_unconfirmed') return early
    if (!(await meetingIsThere())) return asked
    const late = fail('graph_unavailable', { detail: 'no answer in time' }).failure
    return ok({ userId, upn: undefined, unread: (early?.failure as Failure<GraphFailure>) ?? late })
  })
}

async function present(ports: AccountPorts, session: LaunchSession, userId: string): Promise<Asked> {
  const user = await readUser(await ports.graph(session.tenantId), userId)
  if (user.ok && user.value.enabled) return ok({ userId, upn: user.value.upn })
  if (!user.ok && user.failure.code !== 'graph_not_found') return user
  await ports.mappings.forget(session.tenantId, session.siteId, session.ehrUser)
  return fail('account_unconfirmed')
}

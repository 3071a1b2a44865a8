import { randomBytes } from 'node:crypto'
import type { Graph } from '../meetings/graph.ts'
import type { TenantStore } from '../sites/tenant-store.ts'
import type { Message } from '../store/messages.ts'
import type { CheckRun, CheckStore, KnownChecks } from './check-store.ts'
import { checkOrganizer, isWorthWaiting } from './organizer-check.ts'

export type RoundPorts = {
  readonly checks: CheckStore
  readonly tenants: TenantStore
  readonly graph: (tenantId: string) => Promise<Graph>
  readonly queue: { send(message: Message<'setupchecks'>, delaySeconds?: number): Promise<void> }
  readonly now: () => Date
}

/** So many accounts a message: it has to end well within a queue's lease. */
const MOST_A_ROUND = 20
const AT_ONCE = 4

/** Microsoft: a policy takes up to 30 minutes. Twice that, then somebody has to look at the commands again. */
export const GIVE_UP_MINUTES = 60
const OFTEN_MINUTES = 5

/** Seconds until the next look; undefined where waiting is over. Pure. */
export function nextLook(startedAt: Date, now: Date): number | undefined {
  const minutes = (now.getTime() - startedAt.getTime()) / 60_000
  if (minutes >= GIVE_UP_MINUTES) return undefined
  return minutes < OFTEN_MINUTES ? 15 : 60
}

/** The accounts to look at in this run: not looked at yet, or worth waiting for. Pure. */
export function toCheck(
  organizers: readonly string[],
  known: KnownChecks,
  { startedAt }: CheckRun,
): string[] {
  return organizers.filter((id) => {
    const check = known.organizers.get(id)
    return check === undefined || check.at < startedAt || isWorthWaiting(check.value)
  })
}

/** Begins a check of all organizers: the first look at once, further ones by the queue for as long as it takes. */
export async function beginCheck(ports: RoundPorts, tenantId: string): Promise<void> {
  const startedAt = ports.now().toISOString()
  const run = { run: randomBytes(9).toString('base64url'), startedAt, open: true }
  await ports.checks.saveRun(tenantId, run)
  await checkRound(ports, { schema: 1, tenantId, run: run.run })
}

/**
 * One round: looks at what is still open, keeps what it found, and asks for the next round where one is of use. A
 * message of a run that a newer one took the place of does nothing, so that pressing twice does not look twice as often.
 */
export async function checkRound(ports: RoundPorts, message: Message<'setupchecks'>): Promise<void> {
  const { tenantId } = message
  const [known, { value: tenant }] = await Promise.all([
    ports.checks.read(tenantId),
    ports.tenants.read(tenantId),
  ])
  const { run } = known
  if (run?.run !== message.run || !run.open) return
  const due = toCheck(tenant.organizers, known, run)
  const graph = await ports.graph(tenantId)
  const now = due.slice(0, MOST_A_ROUND)
  for (let at = 0; at < now.length; at += AT_ONCE) {
    await Promise.all(
      now.slice(at, at + AT_ONCE).map(async (id) => {
        await ports.checks.saveOrganizer(tenantId, id, await checkOrganizer(graph, id, ports.now()))
      }),
    )
  }
  const left = toCheck(tenant.organizers, await ports.checks.read(tenantId), run)
  const unseen = due.length > now.length
  const delay = left.length === 0 ? undefined : unseen ? 0 : nextLook(new Date(run.startedAt), ports.now())
  if (delay === undefined) await ports.checks.endRun(tenantId, run)
  else await ports.queue.send(message, delay)
}

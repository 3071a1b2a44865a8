import type { App } from '../app.ts'
import { inParallel, settleInParallel } from '../messaging/in-parallel.ts'
import type { Site } from '../sites/site.ts'
import { type BayRange, isVeryLarge } from '../visits/bay-range.ts'
import { handOut } from '../visits/hand-out.ts'
import { findMeetings } from './find-meetings.ts'

/** Sites that are looked at, and messages that are sent, at the same time. */
const AT_ONCE = 16

type Ports = Pick<App, 'store' | 'sites' | 'settings' | 'now'>

export type QueuedMeetings = { readonly watch: number; readonly close: number; readonly writeback: number }

/** Puts what is to be done about the meetings of a site, or of a part of its departments, on its queues. */
export async function queueMeetings(
  ports: Omit<Ports, 'sites'>,
  site: Site,
  tick: Date,
  range?: BayRange,
): Promise<QueuedMeetings> {
  const { queues } = ports.store
  // Where Graph tells nothing, there is nothing to watch; meetings are deleted all the same.
  const watches = ports.settings.GRAPH_NOTIFICATION_CERTIFICATE !== undefined
  const { roster, writeback } = await findMeetings(ports, site, tick, range)
  const wanted = roster.filter(({ kind }) => watches || kind === 'close')
  await inParallel(wanted, AT_ONCE, (message) => queues.roster.send(message))
  await inParallel(writeback, AT_ONCE, (message) => queues.writeback.send(message))
  const count = (kind: string) => wanted.filter((message) => message.kind === kind).length
  return { watch: count('watch'), close: count('close'), writeback: writeback.length }
}

/**
 * Looks after the meetings of every site that may use the deployment; a very large one is handed out in ranges. One site's
 * trouble holds up no other: it is looked at again by the next tick.
 */
export async function queueAllMeetings(
  ports: Ports,
): Promise<QueuedMeetings & { readonly ranges: number; readonly thrown: readonly unknown[] }> {
  const tick = ports.now()
  const allowed = (await ports.sites.all()).filter(({ tenantId }) =>
    ports.settings.ALLOWED_TENANTS.includes(tenantId),
  )
  const looks = await settleInParallel(allowed, AT_ONCE, async (site) => {
    if (!isVeryLarge(site)) return { ...(await queueMeetings(ports, site, tick)), ranges: 0 }
    const ranges = await handOut(ports.store, 'meetings', site, tick)
    return { watch: 0, close: 0, writeback: 0, ranges }
  })
  const done = looks.flatMap((look) => (look.status === 'fulfilled' ? [look.value] : []))
  const sum = (of: keyof (typeof done)[number]) => done.reduce((total, one) => total + one[of], 0)
  return {
    watch: sum('watch'),
    close: sum('close'),
    writeback: sum('writeback'),
    ranges: sum('ranges'),
    thrown: looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : [])),
  }
}

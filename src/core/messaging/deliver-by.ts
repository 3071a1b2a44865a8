import { randomUUID } from 'node:crypto'
import type { Ehr } from '../ehr/ehr.ts'
import type { Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import type { NoticeRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { VisitSeals } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import type { Channel } from './channel.ts'
import { type ClaimRules, planClaims } from './claim.ts'
import { deliverChunk } from './deliver-chunk.ts'
import { keepPace } from './keep-pace.ts'
import { noticeRowKey } from './notice.ts'
import { BACK_OFF, left, type Outcome } from './outcome.ts'
import { type Due, type Prepared, prepare } from './prepare.ts'
import { type Again, type Later, namesIn, putBack, secondsUntil } from './put-back.ts'
import { readNotices } from './read-present.ts'
import { sortDue } from './sort-due.ts'
import { CHUNK } from './write-claims.ts'

export type DeliverByPorts = {
  readonly store: Pick<Store, 'tables'>
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly site: (tenantId: string, siteId: string) => Promise<Site | undefined>
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  readonly linkUrl: string
  readonly rules: ClaimRules
  readonly now: () => Date
}

export type Delivery = {
  /** What ended. */
  readonly outcomes: readonly { readonly state: NoticeRow['state']; readonly reason?: string }[]
  /** What did not: the caller puts these back on the queue. */
  readonly again: readonly Again[]
}

/**
 * One message of notices by one channel: see what lies there, take places in the sender's pace, read appointment and
 * patient again, and then, twenty-five at a time, claim, send, record. However often the message arrives, each notice goes
 * out at most once; each ends in a state that says what became of it. Whatever is thrown on the way, the same message
 * again brings every notice to its end.
 */
export async function deliverBy<Words>(
  channel: Channel<Words>,
  ports: DeliverByPorts,
  message: Message<'confirmations'>,
): Promise<Delivery> {
  const site = await ports.site(message.tenantId, message.siteId)
  if (!site) return { outcomes: [], again: [] }
  const named = namesIn(message)
  const names = [...named.values()].map(({ name }) => name)
  const rows = await readNotices(ports.store.tables.visits, names)
  const claims = planClaims(names, rows, randomUUID(), ports.rules, ports.now())
  const later: Later[] = claims.held.map(({ name, until }) => ({
    name,
    seconds: secondsUntil(until, ports.now()),
    because: 'claimed_by_another',
  }))
  const due = claims.claimed.map((claim) => ({
    ...claim,
    deadline: named.get(noticeRowKey(claim.name))?.deadline ?? new Date(0),
    skip: named.get(noticeRowKey(claim.name))?.skip,
  }))
  const { open, over, resting } = sortDue(channel, site, due, ports.now())
  later.push(...resting)
  const { go, wait } = await keepPace(channel, ports, site, message.place, open)
  const { ready, rest, readAt } = await prepared(channel, ports, site, go)

  const ended: Outcome[] = []
  const settled: Outcome[] = [...claims.unknown, ...over, ...wait, ...rest]
  const all = [...settled, ...ready]
  for (let at = 0; at < all.length; at += CHUNK) {
    const chunk = all.slice(at, at + CHUNK)
    const done = await deliverChunk(channel, ports, site, {
      settled: chunk.filter((one) => !('words' in one)),
      ready: chunk.filter((one) => 'words' in one),
      readAt,
    })
    ended.push(...done.outcomes)
    later.push(...done.later)
  }
  return {
    outcomes: ended.flatMap(({ row: { state, reason }, later: notYet }) =>
      notYet ? [] : [{ state, ...(reason === undefined ? {} : { reason }) }],
    ),
    again: putBack(message, [...later, ...ended.flatMap((one) => one.later ?? [])]),
  }
}

/** While the EHR cannot be asked nothing is sent, and everything is left for later. */
async function prepared<Words>(
  channel: Channel<Words>,
  ports: DeliverByPorts,
  site: Site,
  due: readonly Due[],
): Promise<Prepared<Words>> {
  const readAt = ports.now()
  if (due.length === 0) return { ready: [], rest: [], readAt }
  const decided = await prepare(channel, ports, site, due)
  if (decided.ok) return decided.value
  const { code, retryAfterSeconds = BACK_OFF } = decided.failure
  return { ready: [], rest: due.map((claim) => left(claim, retryAfterSeconds, code, ports.now())), readAt }
}

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
import { type ClaimRules, claimNotices } from './claim.ts'
import { keepPace, pauseIfAsked } from './keep-pace.ts'
import { noticeRowKey } from './notice.ts'
import { BACK_OFF, ended, left, type Outcome } from './outcome.ts'
import { type Due, markSending, prepare, type Ready } from './prepare.ts'
import { type Again, type Later, namesIn, putBack, secondsUntil } from './put-back.ts'
import { recordOutcomes } from './record.ts'
import { sendAll } from './send.ts'

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
 * One message of notices by one channel: claim them, read appointment and patient again, take places in the sender's
 * pace, mark, send, record. However often the message arrives, each notice goes out at most once; each ends in a state
 * that says what became of it. Whatever is thrown on the way, the same message again brings every notice to its end.
 */
export async function deliverBy<Words>(
  channel: Channel<Words>,
  ports: DeliverByPorts,
  message: Message<'confirmations'>,
): Promise<Delivery> {
  const site = await ports.site(message.tenantId, message.siteId)
  // Without a sender notices stay owed: they are queued again, ever less often, until their deadlines.
  if (!site || channel.waits(site)) return { outcomes: [], again: [] }
  const quiet = channel.quietUntil(site, ports.now())
  const named = namesIn(message)
  const resting = [...named.values()].filter(({ deadline }) => quiet !== undefined && deadline > quiet)
  const later: Later[] = resting.map(({ name }) => ({
    name,
    seconds: secondsUntil(quiet ?? ports.now(), ports.now()),
    because: 'quiet_hours',
  }))
  const open = [...named.values()].filter((one) => !resting.includes(one))

  const table = ports.store.tables.visits
  const names = open.map(({ name }) => name)
  const claims = await claimNotices(table, names, randomUUID(), ports.rules, ports.now())
  for (const { name, until } of claims.held)
    later.push({ name, seconds: secondsUntil(until, ports.now()), because: 'claimed_by_another' })
  const due = claims.claimed.map((claim) => ({
    ...claim,
    deadline: named.get(noticeRowKey(claim.name))?.deadline ?? new Date(0),
  }))
  const over = due.flatMap((claim) => tooLate(channel, claim, site, quiet, ports.now()) ?? [])
  const { ready, rest } = await prepared(
    channel,
    ports,
    site,
    due.filter(({ name }) => !over.some((o) => o.name === name)),
  )
  const { go, wait } = await keepPace(channel, ports, site, message.place, ready)

  const sending = go.map((one) => markSending(one, ports.rules.leaseSeconds, ports.now()))
  const marked = await recordOutcomes<Outcome | Ready<Words>>(table, [...over, ...rest, ...wait, ...sending])
  // Whoever changed a row meanwhile has it now: this run sends nothing for it.
  const mine = sending.flatMap((one) => {
    const row = marked.get(one)
    return row ? [{ ...one, row }] : []
  })
  const { outcomes, thrown } = await sendAll(channel, ports, site, mine)
  await recordOutcomes(table, outcomes)
  await pauseIfAsked(channel, ports, site, outcomes)
  // Recorded what is known: the rest of the work is the redelivered message's.
  if (thrown.length > 0) throw thrown[0]

  const all = [...over, ...rest, ...wait, ...outcomes]
  const unknown = claims.unknown.map(() => ({ state: 'unknown' as const, reason: 'send_outcome_unknown' }))
  return {
    outcomes: [
      ...unknown,
      ...all.flatMap(({ row: { state, reason }, later: notYet }) =>
        notYet ? [] : [{ state, ...(reason === undefined ? {} : { reason }) }],
      ),
    ],
    again: putBack(message, [...later, ...all.flatMap((one) => one.later ?? [])]),
  }
}

/** What needs no look into the EHR any more. Pure. */
function tooLate<Words>(
  channel: Channel<Words>,
  claim: Due,
  site: Site,
  quiet: Date | undefined,
  now: Date,
): Outcome | undefined {
  const off = channel.off(site)
  if (off !== undefined) return ended(claim, 'skipped', off, now)
  if (claim.deadline <= now) return ended(claim, 'expired', 'deadline_passed', now)
  // It would rest until it is too late.
  return quiet ? ended(claim, 'expired', 'quiet_hours', now) : undefined
}

/** While the EHR cannot be asked nothing is sent, and everything is left for later. */
async function prepared<Words>(
  channel: Channel<Words>,
  ports: DeliverByPorts,
  site: Site,
  due: readonly Due[],
): Promise<{ ready: (Due & { readonly words: Words })[]; rest: Outcome[] }> {
  if (due.length === 0) return { ready: [], rest: [] }
  const decided = await prepare(channel, ports, site, due)
  if (decided.ok) return decided.value
  const { code, retryAfterSeconds = BACK_OFF } = decided.failure
  return { ready: [], rest: due.map((claim) => left(claim, retryAfterSeconds, code, ports.now())) }
}

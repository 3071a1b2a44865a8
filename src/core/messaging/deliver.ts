import { randomUUID } from 'node:crypto'
import type { Ehr } from '../ehr/ehr.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import type { NoticeRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { VisitSeals } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import { type ClaimRules, claimNotices } from './claim.ts'
import { noticeRowKey } from './notice.ts'
import { BACK_OFF, ended, left, type Outcome } from './outcome.ts'
import { type Due, prepareTexts, type Ready } from './prepare.ts'
import { type Again, type Later, namesIn, putBack, secondsUntil } from './put-back.ts'
import { quietUntil } from './quiet-hours.ts'
import { recordOutcomes } from './record.ts'
import { sendTexts } from './send.ts'
import type { SendText } from './sms.ts'

export type DeliverPorts = {
  readonly store: Pick<Store, 'tables'>
  readonly visits: VisitStore
  readonly seals: VisitSeals
  readonly identity: IdentityKeys
  readonly noticeKeys: KeyRing
  readonly site: (tenantId: string, siteId: string) => Promise<Site | undefined>
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  readonly sendText: SendText
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
 * One message of notices: claim them, read appointment and patient again, send, record. However often the message
 * arrives, each notice is texted at most once; each ends in a state that says what became of it. Whatever is thrown
 * on the way, the same message again brings every notice to its end.
 */
export async function deliverNotices(
  ports: DeliverPorts,
  message: Message<'confirmations'>,
): Promise<Delivery> {
  const site = await ports.site(message.tenantId, message.siteId)
  // Without a sender notices stay owed: they are queued again, ever less often, until their deadlines.
  const sender = site?.texts.sender
  if (!site || (site.texts.on && sender === undefined)) return { outcomes: [], again: [] }
  const quiet = site.texts.on ? quietUntil(ports.now(), site.timeZone, site.texts.quietHours) : undefined
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
  const over = due.flatMap((claim) => tooLate(claim, site, quiet, ports.now()) ?? [])
  const { ready, rest } = await prepared(
    ports,
    site,
    due.filter(({ name }) => !over.some((o) => o.name === name)),
  )

  const marked = await recordOutcomes<Outcome | Ready>(table, [...over, ...rest, ...ready])
  // Whoever changed a row meanwhile has it now: this run sends nothing for it.
  const mine = ready.flatMap((one) => {
    const row = marked.get(one)
    return row ? [{ ...one, row }] : []
  })
  const { outcomes, thrown } = await sendTexts(ports, sender ?? '', mine)
  await recordOutcomes(table, outcomes)
  // Recorded what is known: the rest of the work is the redelivered message's.
  if (thrown.length > 0) throw thrown[0]

  const all = [...over, ...rest, ...outcomes]
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
function tooLate(claim: Due, site: Site, quiet: Date | undefined, now: Date): Outcome | undefined {
  if (!site.texts.on) return ended(claim, 'skipped', 'texts_off', now)
  if (claim.deadline <= now) return ended(claim, 'expired', 'deadline_passed', now)
  // It would rest until it is too late.
  return quiet ? ended(claim, 'expired', 'quiet_hours', now) : undefined
}

/** While the EHR cannot be asked nothing is sent, and everything is left for later. */
async function prepared(
  ports: DeliverPorts,
  site: Site,
  due: readonly Due[],
): Promise<{ ready: Ready[]; rest: Outcome[] }> {
  if (due.length === 0) return { ready: [], rest: [] }
  const decided = await prepareTexts(ports, site, due)
  if (decided.ok) return decided.value
  const { code, retryAfterSeconds = BACK_OFF } = decided.failure
  return { ready: [], rest: due.map((claim) => left(claim, retryAfterSeconds, code, ports.now())) }
}

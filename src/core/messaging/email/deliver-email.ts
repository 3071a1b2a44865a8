import { randomUUID } from 'node:crypto'
import type { Result } from '../../result.ts'
import type { Site } from '../../sites/site.ts'
import type { Message } from '../../store/messages.ts'
import { claimNotices } from '../claim.ts'
import type { DeliverPorts, Delivery } from '../deliver.ts'
import { settleInParallel } from '../in-parallel.ts'
import { noticeRowKey, noticeText } from '../notice.ts'
import { BACK_OFF, ended, left, type Outcome, unsent } from '../outcome.ts'
import type { Due } from '../prepare.ts'
import { type Later, namesIn, putBack, secondsUntil } from '../put-back.ts'
import { recordOutcomes } from '../record.ts'
import { prepareEmails, type ReadyEmail } from './prepare-email.ts'
import type { EmailFailure, SendEmail } from './send-email.ts'

export type EmailPorts = Omit<DeliverPorts, 'sendText' | 'noticeKeys'> & { readonly sendEmail: SendEmail }

/** Requests of one message that are under way at the same time. */
const AT_ONCE = 4

/**
 * One message of notices by e-mail, on the same rows and by the same rules as texts: claim, read again, mark, send,
 * record. However often the message arrives, each goes out at most once. There are no quiet hours: a mailbox does not
 * ring.
 */
export async function deliverEmails(ports: EmailPorts, message: Message<'confirmations'>): Promise<Delivery> {
  const site = await ports.site(message.tenantId, message.siteId)
  if (!site) return { outcomes: [], again: [] }
  const named = namesIn(message)
  const names = [...named.values()].map(({ name }) => name)
  const table = ports.store.tables.visits
  const claims = await claimNotices(table, names, randomUUID(), ports.rules, ports.now())
  const later: Later[] = claims.held.map(({ name, until }) => ({
    name,
    seconds: secondsUntil(until, ports.now()),
    because: 'claimed_by_another',
  }))
  const due = claims.claimed.map((claim) => ({
    ...claim,
    deadline: named.get(noticeRowKey(claim.name))?.deadline ?? new Date(0),
  }))
  const { ready, rest } = await prepared(ports, site, due)
  const marked = await recordOutcomes<Outcome | ReadyEmail>(table, [...rest, ...ready])
  // Whoever changed a row meanwhile has it now: this run sends nothing for it.
  const mine = ready.flatMap((one) => {
    const row = marked.get(one)
    return row ? [{ ...one, row }] : []
  })
  const sent = await settleInParallel(mine, AT_ONCE, (one) => send(ports, one))
  const outcomes = sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  await recordOutcomes(table, outcomes)
  // Recorded what is known: the rest of the work is the redelivered message's.
  for (const one of sent) if (one.status === 'rejected') throw one.reason

  const all = [...rest, ...outcomes]
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

async function prepared(
  ports: EmailPorts,
  site: Site,
  due: readonly Due[],
): Promise<{ ready: ReadyEmail[]; rest: Outcome[] }> {
  const { emails } = site
  if (!emails?.on)
    return { ready: [], rest: due.map((claim) => ended(claim, 'skipped', 'emails_off', ports.now())) }
  if (due.length === 0) return { ready: [], rest: [] }
  const decided = await prepareEmails(ports, { ...site, emails }, due)
  if (decided.ok) return decided.value
  const { code, retryAfterSeconds = BACK_OFF } = decided.failure
  return { ready: [], rest: due.map((claim) => left(claim, retryAfterSeconds, code, ports.now())) }
}

async function send(ports: EmailPorts, one: ReadyEmail): Promise<Outcome> {
  const { name, row, from, to, composed, inDoubt } = one
  const free = { name, row: inDoubt ? row : unsent(row) }
  // After a long pause the lease may be over and a successor at work: what was not asked for yet stays unasked.
  if (ports.now().getTime() >= Date.parse(row.leaseUntil))
    return left(free, BACK_OFF, 'lease_over', ports.now())
  const operationId = ports.identity.repeatabilityId(name.tenantId, noticeText(name))
  const result = await ports.sendEmail({ ...composed, from, to, operationId })
  return settledEmail(one, result, ports.now())
}

/** What became of one request. A refusal says nothing about an earlier request that may have been carried out. Pure. */
function settledEmail(
  { name, row, inDoubt }: ReadyEmail,
  result: Result<void, EmailFailure>,
  now: Date,
): Outcome {
  const changedAt = now.toISOString()
  if (result.ok) return { name, row: { ...row, state: 'sent', changedAt } }
  const { code, retryAfterSeconds = BACK_OFF } = result.failure
  if (code === 'email_throttled')
    return left({ name, row: inDoubt ? row : unsent(row) }, retryAfterSeconds, code, now)
  if (code === 'email_outcome_unknown') return left({ name, row }, retryAfterSeconds, code, now)
  return { name, row: { ...row, state: inDoubt ? 'unknown' : 'undelivered', reason: code, changedAt } }
}

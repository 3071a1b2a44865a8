import { randomUUID } from 'node:crypto'
import type { Ehr } from '../ehr/ehr.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Failure, Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import type { NoticeRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Visit, VisitSeals } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import { type Claimed, type ClaimRules, claimNotices } from './claim.ts'
import { decideText } from './decide-text.ts'
import { type NoticeKind, type NoticeName, noticeId, noticeText } from './notice.ts'
import { quietUntil } from './quiet-hours.ts'
import { recordOutcomes } from './record.ts'
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
  readonly outcomes: readonly { readonly state: NoticeRow['state']; readonly reason?: string }[]
  /** Notices to look at again, and in how many seconds: put back on the queue by the caller. */
  readonly again: readonly {
    readonly message: Message<'confirmations'>
    readonly delaySeconds: number
    /** Stable code, for the log. */
    readonly because: string
  }[]
}

const NOTHING: Delivery = { outcomes: [], again: [] }
const BACK_OFF = 30

/**
 * One message of notices: claim them, read appointment and patient again, send, record. However often the message
 * arrives, each notice is texted at most once; each ends in a state that says what became of it.
 */
export async function deliverNotices(
  ports: DeliverPorts,
  message: Message<'confirmations'>,
): Promise<Delivery> {
  const { tenantId, siteId, day } = message
  const site = await ports.site(tenantId, siteId)
  if (!site?.texts.on || !site.texts.sender) return NOTHING
  const names = message.notices.map((ref) => ({
    ...ref,
    tenantId,
    siteId,
    day,
    kind: ref.kind as NoticeKind,
  }))
  const quiet = quietUntil(ports.now(), site.timeZone, site.texts.quietHours)
  if (quiet) return hold(message, quiet, ports.now())

  const claimId = randomUUID()
  const claims = await claimNotices(ports.store.tables.visits, names, claimId, ports.rules, ports.now())
  const again: Delivery['again'][number][] = []
  const retry = (which: readonly NoticeName[], delaySeconds: number, because: string) => {
    const notices = message.notices.filter((ref) => which.some((name) => isSame(ref, name)))
    if (notices.length > 0) again.push({ message: { ...message, notices }, delaySeconds, because })
  }
  for (const { name, until } of claims.held)
    retry([name], secondsUntil(until, ports.now()) + 1, 'claimed_by_another')
  if (claims.claimed.length === 0) return { outcomes: [], again }

  const prepared = await prepare(ports, site, claims.claimed, message)
  if (!prepared.ok) {
    await recordOutcomes(ports.store.tables.visits, release(claims.claimed, ports.now()))
    retry(
      claims.claimed.map((claim) => claim.name),
      prepared.failure.retryAfterSeconds ?? BACK_OFF,
      prepared.failure.code,
    )
    return { outcomes: [], again }
  }
  const sent = await sendAll(ports, site.texts.sender, prepared.value)
  await recordOutcomes(ports.store.tables.visits, sent)
  const open = sent.filter(({ row }) => row.state === 'claimed' || row.state === 'sending')
  retry(
    open.map(({ name }) => name),
    Math.max(BACK_OFF, ...open.map(({ waitSeconds }) => waitSeconds ?? 0)),
    open[0]?.because ?? 'open',
  )
  const outcomes = sent
    .filter((one) => !open.includes(one))
    .map(({ row }) => ({ state: row.state, ...(row.reason ? { reason: row.reason } : {}) }))
  return { outcomes, again }
}

type Ready = Claimed & { readonly to?: string; readonly body?: string }
type Settled = Claimed & { readonly waitSeconds?: number; readonly because?: string }

/** Reads what the EHR says now, decides, and marks what is about to be sent: from here on a crash leaves a doubt. */
async function prepare(
  ports: DeliverPorts,
  site: Site,
  claimed: readonly Claimed[],
  message: Message<'confirmations'>,
): Promise<Result<Ready[], string>> {
  const ehr = await ports.ehr(site)
  if (!ehr.ok) return ehr
  const visits = new Map<string, Visit>()
  for (const { name } of claimed) {
    const visit = visits.get(name.visitKey) ?? (await ports.visits.find(name))
    if (visit) visits.set(name.visitKey, visit)
  }
  const ids = [...visits.values()].flatMap((visit) => ports.seals.appointmentId(visit) ?? [])
  const appointments = await ehr.value.appointments(ids)
  if (!appointments.ok) return appointments
  const patientIds = new Set([...appointments.value.values()].flatMap((a) => a.patientId ?? []))
  const patients = await ehr.value.patients([...patientIds])
  if (!patients.ok) return patients

  const now = ports.now()
  const ready: Ready[] = []
  for (const claim of claimed) {
    const visit = visits.get(claim.name.visitKey)
    const id = visit && ports.seals.appointmentId(visit)
    const appointment = id === undefined ? undefined : appointments.value.get(id)
    const token = visit && ports.visits.patientToken(visit)
    const deadline = message.notices.find((ref) => isSame(ref, claim.name))?.deadline
    const decided = decideText({
      name: claim.name,
      visit: visit?.row,
      appointment,
      patient: appointment?.patientId === undefined ? undefined : patients.value.get(appointment.patientId),
      link: token && `${ports.linkUrl}/v/${token}`,
      deadline: new Date(deadline ?? 0),
      site,
      now,
    })
    const optedOut = decided.ok && (await isOptedOut(ports, site.tenantId, decided.value.to))
    const row = { ...claim.row, changedAt: now.toISOString() }
    if (!decided.ok)
      ready.push({ ...claim, row: { ...row, state: stateOf(decided.failure), reason: decided.failure.code } })
    else if (optedOut) ready.push({ ...claim, row: { ...row, state: 'skipped', reason: 'opted_out' } })
    else {
      const firstSentAt = claim.row.firstSentAt ?? now.toISOString()
      const leaseUntil = new Date(now.getTime() + ports.rules.leaseSeconds * 1000).toISOString()
      ready.push({ ...claim, ...decided.value, row: { ...row, state: 'sending', firstSentAt, leaseUntil } })
    }
  }
  const marked = await recordOutcomes(ports.store.tables.visits, ready)
  // Whoever changed a row meanwhile has it now: this run sends nothing for it.
  return {
    ok: true,
    value: ready.flatMap((one) => (marked.get(one) ? [{ ...one, row: marked.get(one) ?? one.row }] : [])),
  }
}

async function sendAll(ports: DeliverPorts, from: string, ready: readonly Ready[]): Promise<Settled[]> {
  const settled: Settled[] = []
  for (const one of ready) {
    if (one.to === undefined || one.body === undefined) continue
    const result = await ports.sendText({
      from,
      to: one.to,
      body: one.body,
      repeatabilityId: ports.identity.repeatabilityId(one.name.tenantId, noticeText(one.name)),
      firstSentAt: new Date(one.row.firstSentAt ?? one.row.changedAt),
      tag: noticeId(ports.noticeKeys, one.name),
    })
    settled.push(settle(one, result, ports.now()))
  }
  return settled
}

/** What became of one request. Pure. */
function settle({ name, row: before }: Ready, result: Awaited<ReturnType<SendText>>, now: Date): Settled {
  const row = { ...before, changedAt: now.toISOString() }
  if (result.ok) return { name, row: { ...row, state: 'sent' } }
  const { code, retryAfterSeconds } = result.failure
  const wait = {
    because: code,
    ...(retryAfterSeconds === undefined ? {} : { waitSeconds: retryAfterSeconds }),
  }
  if (code === 'sms_throttled' || code === 'sms_not_asked') {
    // Surely not sent: back to claimed, free for whoever comes next.
    const { firstSentAt: _none, ...unsent } = row
    return { name, row: { ...unsent, state: 'claimed', leaseUntil: now.toISOString() }, ...wait }
  }
  if (code === 'sms_outcome_unknown')
    return { name, row: { ...row, state: 'sending', leaseUntil: now.toISOString() }, ...wait }
  return { name, row: { ...row, state: 'undelivered', reason: code } }
}

function release(claimed: readonly Claimed[], now: Date): Claimed[] {
  return claimed.map(({ name, row }) => ({ name, row: { ...row, leaseUntil: now.toISOString() } }))
}

function hold(message: Message<'confirmations'>, until: Date, now: Date): Delivery {
  return {
    outcomes: [],
    again: [{ message, delaySeconds: secondsUntil(until, now), because: 'quiet_hours' }],
  }
}

function isSame(a: Pick<NoticeName, 'visitKey' | 'version'> & { kind: string }, b: NoticeName): boolean {
  return a.visitKey === b.visitKey && a.version === b.version && a.kind === b.kind
}

function secondsUntil(until: Date, now: Date): number {
  return Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
}

function stateOf(failure: Failure): NoticeRow['state'] {
  if (failure.code === 'deadline_passed') return 'expired'
  return failure.code.startsWith('phone_') ? 'undelivered' : 'skipped'
}

async function isOptedOut(ports: DeliverPorts, tenantId: string, phone: string): Promise<boolean> {
  return (
    (await ports.store.tables.optouts.get(tenantId, ports.identity.phoneKey(tenantId, phone))) !== undefined
  )
}

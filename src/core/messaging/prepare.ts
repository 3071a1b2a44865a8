import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Channel } from './channel.ts'
import type { Claimed } from './claim.ts'
import type { NoText } from './decide-text.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { inParallel } from './in-parallel.ts'
import { ended, left, type Outcome } from './outcome.ts'
import { readAll } from './read-all.ts'

const AT_ONCE = 8
/** Seconds after which a sweep has surely looked at what the EHR changed. */
const NEXT_SWEEP = 120

export type Due = Claimed & { readonly deadline: Date }
export type Ready<Words> = Claimed & {
  readonly words: Words
  /** An earlier request for the same notice may have been carried out. */
  readonly inDoubt: boolean
}

/**
 * Reads what visit, appointment and patient say right now, and decides. Writes nothing.
 * @returns what is to be sent, and what became of the rest; a failure where the EHR cannot be asked.
 */
export async function prepare<Words>(
  channel: Channel<Words>,
  ports: DeliverByPorts,
  site: Site,
  claimed: readonly Due[],
): Promise<Result<{ ready: (Due & { readonly words: Words })[]; rest: Outcome[] }, string>> {
  const connection = await ports.ehr(site)
  if (!connection.ok) return connection
  const read = await readAll(ports, connection.value, claimed)
  if (!read.ok) return read
  const decisions = await inParallel(claimed, AT_ONCE, async (claim) => {
    const { visit, appointment, patient } = read.value(claim)
    const token = visit && ports.visits.patientToken(visit)
    const now = ports.now()
    const { name, deadline } = claim
    const link = token && `${ports.linkUrl}/v/${token}`
    const decided = channel.decide({
      name,
      visit: visit?.row,
      appointment,
      patient,
      link,
      deadline,
      site,
      now,
    })
    if (!decided.ok) return silent(claim, decided.failure.code, site, now)
    const unwanted = await channel.unwanted(site, decided.value)
    if (unwanted !== undefined) return ended(claim, 'skipped', unwanted, now)
    return { ...claim, words: decided.value }
  })
  return ok({
    ready: decisions.filter((one) => 'words' in one),
    rest: decisions.filter((one) => !('words' in one)),
  })
}

/** What becomes of a notice that there is nothing to send for. Pure. */
function silent(claim: Claimed, code: NoText, { texts }: Site, now: Date): Outcome {
  // The next sweep sees the change too and raises the version, or the EHR has taken the change back by then.
  if (code === 'changed_since') return left(claim, NEXT_SWEEP, code, now)
  if (code === 'deadline_passed') return ended(claim, 'expired', code, now)
  // Where somebody should have been told and could not be, staff must look at it. Without an address the text says it.
  const unreachable = code.startsWith('phone_') || (code === 'email_missing' && !texts.on)
  const forStaff = unreachable || code === 'appointment_gone'
  return ended(claim, forStaff ? 'undelivered' : 'skipped', code, now)
}

/** From the moment this row is written a crash leaves a doubt. Pure. */
export function markSending<Words>(
  { name, row, words }: Claimed & { readonly words: Words },
  leaseSeconds: number,
  now: Date,
): Ready<Words> {
  const changedAt = now.toISOString()
  const inDoubt = row.firstSentAt !== undefined
  // A repeated request must come before the vendor may forget the first: the lease of the claim ends in time.
  const leaseUntil = inDoubt ? row.leaseUntil : new Date(now.getTime() + leaseSeconds * 1000).toISOString()
  const firstSentAt = row.firstSentAt ?? changedAt
  return { name, words, inDoubt, row: { ...row, state: 'sending', firstSentAt, leaseUntil, changedAt } }
}

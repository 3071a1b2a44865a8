import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRef } from '../store/messages.ts'
import type { Channel } from './channel.ts'
import type { Claimed } from './claim.ts'
import type { NoText } from './decide-text.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { isEmail } from './notice.ts'
import { ended, left, leftUntil, type Outcome } from './outcome.ts'
import { readAll } from './read-all.ts'

/** Seconds after which a sweep has surely looked at what the EHR changed. */
const NEXT_SWEEP = 120

export type Due = Claimed & {
  readonly deadline: Date
  /** Nothing is to be told, and why. */
  readonly skip?: NoticeRef['skip']
  /** The place in the sender's pace that it was given: it leaves in it or takes another one. */
  readonly place?: Date
}
export type ReadyWords<Words> = Due & {
  readonly words: Words
  /** Zones that the patient may be in: it must be day in all of them. Kept for the moments until it is sent. */
  readonly zones?: readonly string[]
}
export type Ready<Words> = ReadyWords<Words> & {
  /** An earlier request for the same notice may have been carried out. */
  readonly inDoubt: boolean
}
export type Prepared<Words> = {
  readonly ready: readonly ReadyWords<Words>[]
  readonly rest: readonly Outcome[]
  readonly readAt: Date
}

/**
 * Reads what visit, appointment and patient say right now, and decides. Writes nothing about notices.
 * @returns what is to be sent, and what became of the rest; a failure where the EHR cannot be asked.
 */
export async function prepare<Words>(
  channel: Channel<Words>,
  ports: DeliverByPorts,
  site: Site,
  due: readonly Due[],
): Promise<Result<Prepared<Words>, string>> {
  const readAt = ports.now()
  const connection = await ports.ehr(site)
  if (!connection.ok) return connection
  const read = await readAll(ports, connection.value, site, due)
  if (!read.ok) return read
  const now = ports.now()
  const rest: Outcome[] = []
  const wanted: ReadyWords<Words>[] = []
  for (const claim of due) {
    const { visit, appointment, patient, related } = read.value(claim)
    const token = visit && ports.visits.patientToken(visit)
    const link = token && `${ports.linkUrl}/v/${token}`
    const { name, deadline } = claim
    const decided = channel.decide({
      name,
      visit: visit?.row,
      appointment,
      patient,
      related,
      link,
      deadline,
      site,
      now,
    })
    if (!decided.ok) {
      rest.push(silent(claim, decided.failure.code, site, now))
      continue
    }
    const zones = patient?.zones ?? []
    const quiet = channel.quietUntil(site, now, zones)
    if (!quiet) wanted.push({ ...claim, words: decided.value, zones })
    // It is night where the patient lives, as far as the address tells.
    else if (quiet >= deadline) rest.push(ended(claim, 'expired', 'quiet_hours', now))
    else rest.push(leftUntil(claim, quiet, 'quiet_hours', now))
  }
  const reasons = await channel.unwanted(site, wanted)
  const ready = wanted.filter((one, at) => {
    const reason = reasons[at]
    if (reason !== undefined) rest.push(ended(one, 'skipped', reason, now))
    return reason === undefined
  })
  return ok({ ready, rest, readAt })
}

/** What becomes of a notice that there is nothing to send for. Pure. */
function silent(claim: Claimed, code: NoText, { texts }: Site, now: Date): Outcome {
  // The next sweep sees the change too and raises the version, or the EHR has taken the change back by then.
  if (code === 'changed_since') return left(claim, NEXT_SWEEP, code, now)
  if (code === 'deadline_passed') return ended(claim, 'expired', code, now)
  // Where somebody should have been told and could not be, staff must look at it. Without an address the text says it.
  const byEmail = isEmail(claim.name.kind)
  const unreachable =
    code.startsWith('phone_') ||
    (code === 'email_missing' && !texts.on) ||
    (code === 'guardian_missing' && !(byEmail && texts.on))
  const forStaff = unreachable || code === 'appointment_gone'
  return ended(claim, forStaff ? 'undelivered' : 'skipped', code, now)
}

/**
 * From the moment this row is written a crash leaves a doubt. What was read is good for as long as a lease, counted from
 * when it was asked for: a request that comes later than that is not made. Pure.
 */
export function markSending<Words>(
  one: ReadyWords<Words>,
  leaseSeconds: number,
  readAt: Date,
  now: Date,
): Ready<Words> {
  const { row } = one
  const changedAt = now.toISOString()
  const inDoubt = row.firstSentAt !== undefined
  const fresh = new Date(readAt.getTime() + leaseSeconds * 1000).toISOString()
  // A repeated request must come before the vendor may forget the first: the lease of the claim ends in time.
  const leaseUntil = inDoubt && row.leaseUntil < fresh ? row.leaseUntil : fresh
  const firstSentAt = row.firstSentAt ?? changedAt
  return { ...one, inDoubt, row: { ...row, state: 'sending', firstSentAt, leaseUntil, changedAt } }
}

import { ok, type Result } from '../../result.ts'
import type { Site } from '../../sites/site.ts'
import { calendarUid } from '../../visits/calendar.ts'
import type { Claimed } from '../claim.ts'
import { textLanguage } from '../compose.ts'
import { noticeStanding } from '../decide-text.ts'
import { inParallel } from '../in-parallel.ts'
import type { Outcome } from '../outcome.ts'
import { type Due, readAll, silent } from '../prepare.ts'
import { type ComposedEmail, composeEmail, type EmailKind } from './compose-email.ts'
import type { EmailPorts } from './deliver-email.ts'

const AT_ONCE = 8

export type ReadyEmail = Claimed & {
  readonly from: string
  readonly to: string
  readonly composed: ComposedEmail
  /** An earlier request for the same notice may have been carried out. */
  readonly inDoubt: boolean
}

/**
 * Reads what visit, appointment and patient say right now, and decides. Writes nothing.
 * @returns the e-mails that are to be sent, and what became of the rest; a failure where the EHR cannot be asked.
 */
export async function prepareEmails(
  ports: EmailPorts,
  site: Site & { readonly emails: NonNullable<Site['emails']> },
  claimed: readonly Due[],
): Promise<Result<{ ready: ReadyEmail[]; rest: Outcome[] }, string>> {
  const connection = await ports.ehr(site)
  if (!connection.ok) return connection
  const read = await readAll(ports, connection.value, claimed)
  if (!read.ok) return read
  const decisions = await inParallel(claimed, AT_ONCE, async (claim) => {
    const { visit, appointment, patient } = read.value(claim)
    const token = visit && ports.visits.patientToken(visit)
    const now = ports.now()
    const standing = noticeStanding({
      name: claim.name,
      visit: visit?.row,
      appointment,
      patient,
      link: token && `${ports.linkUrl}/v/${token}`,
      deadline: claim.deadline,
      site,
      now,
    })
    if (!standing.ok) return silent(claim, standing.failure.code, now)
    const [to] = standing.value.patient.emails ?? []
    if (to === undefined) return silent(claim, 'email_missing', now)
    const { subject, link, start, minutes } = standing.value
    const from = site.emails.sender
    const composed = composeEmail({
      kind: (subject.startsWith('reminder.') ? 'reminder' : subject) as EmailKind,
      language: textLanguage(standing.value.patient.language, site.texts.defaultLanguage),
      start,
      minutes,
      timeZone: site.timeZone,
      link,
      clinicName: site.clinicName,
      clinicPhone: site.patientPhone,
      from,
      to,
      uid: calendarUid(claim.name.visitKey, new URL(ports.linkUrl).host),
      sequence: claim.name.version,
      since: new Date(standing.value.visit.since),
    })
    return ready(claim, { from, to, composed }, ports.rules.leaseSeconds, now)
  })
  return ok({
    ready: decisions.filter((one) => 'to' in one),
    rest: decisions.filter((one) => !('to' in one)),
  })
}

/** From the moment this row is written a crash leaves a doubt. */
function ready(
  { name, row }: Claimed,
  email: Pick<ReadyEmail, 'from' | 'to' | 'composed'>,
  leaseSeconds: number,
  now: Date,
): ReadyEmail {
  const changedAt = now.toISOString()
  const inDoubt = row.firstSentAt !== undefined
  // A repeated request must come before the vendor may forget the first: the lease of the claim ends in time.
  const leaseUntil = inDoubt ? row.leaseUntil : new Date(now.getTime() + leaseSeconds * 1000).toISOString()
  const firstSentAt = row.firstSentAt ?? changedAt
  return {
    name,
    ...email,
    inDoubt,
    row: { ...row, state: 'sending', firstSentAt, leaseUntil, changedAt },
  }
}

import { z } from 'zod'
import type { Patient } from '../ehr/patient.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { fail, ok, type Result } from '../result.ts'
import { isOneWay } from '../senders/sender.ts'
import type { Language, Site } from '../sites/site.ts'
import type { NoticeRow } from '../store/rows.ts'
import { addLink, revokeLink } from '../visits/add-link.ts'
import { visitPartition } from '../visits/bay.ts'
import type { ExtraLink, LinkRole } from '../visits/extra-links.ts'
import type { Visit } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import { composeLinkText } from './compose.ts'
import { composeLinkEmail } from './email/compose-link-email.ts'
import type { SendEmail } from './email/send-email.ts'
import { countLinkText, type LinkCap, type LinkCapPorts } from './link-caps.ts'
import { type NoticeKind, type NoticeName, noticeId, noticeRowKey, noticeText } from './notice.ts'
import { mayBecome } from './notice-states.ts'
import { isOptedOut } from './opt-outs.ts'
import { textNumber } from './phone.ts'
import type { SendText } from './sms.ts'

export type SendLinkFailure =
  | 'link_phone_invalid'
  | 'link_phone_country'
  | 'link_phone_missing'
  | 'link_email_invalid'
  | 'link_email_missing'
  | LinkCap
  | 'link_texts_unset'
  | 'link_emails_unset'
  | 'link_patient_gone'
  | 'link_too_many'
  | 'link_busy'
  | 'link_refused'
  | 'link_taken_back'
  | 'visit_gone'

export type SendLinkPorts = LinkCapPorts & {
  readonly visits: VisitStore
  readonly noticeKeys: KeyRing
  readonly linkKeys: KeyRing
  readonly linkUrl: string
  readonly sendText: () => Promise<SendText>
  readonly sendEmail: () => Promise<SendEmail>
}

export type LinkRequest = {
  readonly role: LinkRole
  readonly way: 'sms' | 'email'
  /** Left out: the patient's own, from the chart. Used for this one message and dropped. */
  readonly address?: string | undefined
  readonly language: Language
  /** Of the form: sent twice, it is one link and one message. */
  readonly form: string
}

/** `unknown`: the service did not answer; it may have been sent. */
export type SentLink = { readonly link: ExtraLink; readonly state: 'sent' | 'unknown' }

/**
 * Sends a link of a visit within the request, by text or e-mail: the address is used once and kept nowhere, so there is no
 * queue that could hold it. What became of the message is a notice beside the others. Quiet hours do not hold it:
 * somebody at the clinic asks for it for a visit that is at hand; a number that said STOP gets nothing, and the caps of the last
 * 24 hours hold.
 */
export async function sendLink(
  ports: SendLinkPorts,
  site: Site,
  visit: Visit,
  patient: Patient | undefined,
  request: LinkRequest,
): Promise<Result<SentLink, SendLinkFailure>> {
  const to = addressee(site, patient, request)
  if (!to.ok) return to
  const from = request.way === 'sms' ? site.texts.sender : site.emails?.sender
  if (from === undefined) return fail(request.way === 'sms' ? 'link_texts_unset' : 'link_emails_unset')
  if (request.way === 'sms') {
    if (await isOptedOut(ports, site.tenantId, to.value)) return fail('link_opted_out')
    const counted = await countLinkText(ports, site, visit, to.value, request.form)
    if (!counted.ok) return counted
  }
  const added = await addLink(ports.visits, visit, {
    audience: request.role === 'patient' ? 'patient' : 'guest',
    role: request.role,
    way: request.way,
    form: request.form,
    keyId: ports.linkKeys.current.id,
    now: ports.now(),
  })
  if (!added.ok) return added
  const { link } = added.value
  const name = nameOf(added.value.visit, link)
  if (!(await begin(ports, name, request.form))) return again(ports, name, link)
  const sent = await hand(ports, site, added.value.visit, name, {
    request,
    from,
    to: to.value,
    url: `${ports.linkUrl}/v/${added.value.token}`,
  })
  await record(ports, name, sent)
  // Nobody got it: a link that nobody holds need not stay open.
  if (sent.state === 'undelivered' || sent.state === 'skipped')
    await revokeLink(ports.visits, visit, link.serial, ports.now())
  return outcome(link, sent)
}

/** The same form once more: what became of its message, and nothing is sent. */
async function again(
  { store }: SendLinkPorts,
  name: NoticeName,
  link: ExtraLink,
): Promise<Result<SentLink, SendLinkFailure>> {
  const row = await store.tables.visits.get(
    visitPartition(name.tenantId, name.siteId, name.bay),
    noticeRowKey(name),
  )
  const told = outcome(link, row?.type === 'notice' ? row : { state: 'unknown' })
  return told.ok && link.revokedAt !== undefined ? fail('link_taken_back') : told
}

function outcome(
  link: ExtraLink,
  { state, reason = '' }: Pick<NoticeRow, 'state' | 'reason'>,
): Result<SentLink, SendLinkFailure> {
  if (state === 'undelivered') return fail('link_refused', { detail: reason })
  if (state === 'skipped') return fail('link_busy', { detail: reason })
  return ok({ link, state: state === 'unknown' ? 'unknown' : 'sent' })
}

function addressee(
  site: Site,
  patient: Patient | undefined,
  { role, way, address }: LinkRequest,
): Result<string, SendLinkFailure> {
  const ofPatient = role === 'patient'
  if (ofPatient && patient && (patient.deceased || !patient.active)) return fail('link_patient_gone')
  if (way === 'email') {
    const email = address?.trim() ?? (ofPatient ? patient?.emails?.[0] : undefined)
    if (email === undefined) return fail('link_email_missing')
    return z.email().safeParse(email).success ? ok(email) : fail('link_email_invalid')
  }
  const phones = address === undefined ? (ofPatient ? (patient?.phones ?? []) : []) : [address]
  const number = textNumber(phones, site.texts.countries)
  return number.ok ? number : fail(`link_${number.failure.code}`)
}

/** One name for each link, also when the form comes again after the visit moved. */
function nameOf(visit: Visit, { serial, way, bay, version }: ExtraLink): NoticeName {
  const kind: NoticeKind = way === 'email' ? `link.${serial}@email` : `link.${serial}`
  const { tenantId, siteId, visitKey } = visit
  return {
    tenantId,
    siteId,
    bay: bay ?? visit.bay,
    visitKey,
    version: version ?? visit.row.version,
    kind,
  }
}

/** The notice is there before the request, as one of which nobody knows: a crash in between is told as that. */
async function begin({ store, now }: SendLinkPorts, name: NoticeName, form: string): Promise<boolean> {
  const at = now().toISOString()
  const inserted = await store.tables.visits.insert({
    partitionKey: visitPartition(name.tenantId, name.siteId, name.bay),
    rowKey: noticeRowKey(name),
    schema: 1,
    type: 'notice',
    state: 'unknown',
    reason: 'send_outcome_unknown',
    claimId: form,
    leaseUntil: at,
    firstSentAt: at,
    changedAt: at,
  })
  return inserted.ok
}

type Sent = { readonly state: 'sent' | 'unknown' | 'undelivered' | 'skipped'; readonly reason?: string }

type Message = {
  readonly request: LinkRequest
  readonly from: string
  readonly to: string
  readonly url: string
}

async function hand(
  ports: SendLinkPorts,
  site: Site,
  { row }: Visit,
  name: NoticeName,
  { request, from, to, url }: Message,
): Promise<Sent> {
  const id = ports.identity.repeatabilityId(name.tenantId, noticeText(name))
  const { language } = request
  const about = {
    guest: request.role !== 'patient',
    start: new Date(row.start),
    timeZone: site.timeZone,
    language,
    link: url,
  }
  const result =
    request.way === 'sms'
      ? await (await ports.sendText())({
          from,
          to,
          body: composeLinkText({
            ...about,
            clinicName: site.texts.nameClinic ? site.clinicName : undefined,
            oneWay: isOneWay(site.texts.sender),
          }),
          repeatabilityId: id,
          firstSentAt: ports.now(),
          tag: noticeId(ports.noticeKeys, name),
        })
      : await (await ports.sendEmail())({
          from,
          to,
          operationId: id,
          ...composeLinkEmail({ ...about, clinicName: site.clinicName }),
        })
  if (result.ok) return { state: 'sent' }
  const { code } = result.failure
  if (code.endsWith('outcome_unknown')) return { state: 'unknown', reason: 'send_outcome_unknown' }
  const later = code.endsWith('throttled') || code === 'sms_not_asked'
  return { state: later ? 'skipped' : 'undelivered', reason: code }
}

/** A receipt may have been faster, and knows more. */
async function record({ store, now }: SendLinkPorts, name: NoticeName, sent: Sent): Promise<void> {
  const partition = visitPartition(name.tenantId, name.siteId, name.bay)
  const row = await store.tables.visits.get(partition, noticeRowKey(name))
  if (row?.type !== 'notice' || (row.state !== 'unknown' && !mayBecome(row.state, sent.state))) return
  const { reason: _before, ...rest } = row
  const next: NoticeRow = { ...rest, ...sent, changedAt: now().toISOString() }
  await store.tables.visits.replace({
    ...next,
    partitionKey: row.partitionKey,
    rowKey: row.rowKey,
    etag: row.etag,
  })
}

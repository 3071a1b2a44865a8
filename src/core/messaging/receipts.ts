import { receiveDoctorReport } from '../doctor/receive-report.ts'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { type Evidence, noteEvidence } from '../senders/evidence.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRow, NoticeState } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { visitPartition } from '../visits/bay.ts'
import type { Question } from './answers.ts'
import { emailReported } from './email/email-events.ts'
import { noticeOfEmail } from './email/email-ids.ts'
import { type NoticeName, noticeRowKey, openNoticeId } from './notice.ts'
import { mayBecome } from './notice-states.ts'
import { recordWord } from './opt-outs.ts'
import type { SmsReply, SmsReport } from './sms-events.ts'
import type { VendorEvent } from './vendor-events.ts'
import { consentWord } from './words-said.ts'

export { openEvent, sealEvent, type VendorEvent } from './vendor-events.ts'

export type ReceiptPorts = {
  readonly store: Pick<Store, 'tables'>
  readonly noticeKeys: KeyRing
  readonly identity: IdentityKeys
  readonly sites: () => Promise<Site[]>
  /** Answers what is neither STOP nor START; left out where nothing can be sent. */
  readonly answer?: (sites: readonly Site[], question: Question) => Promise<unknown>
  readonly now: () => Date
}

/** Takes one event in; however often and in whatever order they come, a notice's state only moves forward. */
export async function receive(ports: ReceiptPorts, received: VendorEvent): Promise<void> {
  switch (received.eventType) {
    case 'Microsoft.Communication.SMSReceived':
      return reply(ports, received.data)
    case 'Microsoft.Communication.SMSDeliveryReportReceived': {
      const { store, noticeKeys: ring, now } = ports
      // The doctor's test text tells as much about the number that it came from as a patient's.
      const tester = await receiveDoctorReport({ store, ring, now }, received.data)
      if (tester !== undefined) return noteEvidence(store, tester, evidenceOf(received.data, now()))
      const name = openNoticeId(ports.noticeKeys, received.data.tag ?? received.data.Tag ?? '')
      await report(ports, name, (row) => reported(row, received.data, ports.now()))
      return noteEvidence(ports.store, name?.tenantId, evidenceOf(received.data, ports.now()))
    }
    case 'Microsoft.Communication.EmailDeliveryReportReceived': {
      const name = await noticeOfEmail(ports, received.data.messageId, ports.now())
      return report(ports, name, (row) => emailReported(row, received.data, ports.now()))
    }
  }
}

async function report(
  ports: ReceiptPorts,
  name: NoticeName | undefined,
  change: (row: NoticeRow) => NoticeRow | undefined,
): Promise<void> {
  if (!name) return
  const partition = visitPartition(name.tenantId, name.siteId, name.bay)
  for (let tries = 0; tries < 5; tries++) {
    const row = await ports.store.tables.visits.get(partition, noticeRowKey(name))
    if (row?.type !== 'notice') return
    const next = change(row)
    if (!next) return
    const { partitionKey, rowKey, etag } = row
    if ((await ports.store.tables.visits.replace({ ...next, partitionKey, rowKey, etag })).ok) return
  }
  throw new Error('a notice row changed five times while its receipt was being recorded')
}

/** What a report says of the number that the text came from. The vendor's time orders what comes in any order. */
function evidenceOf(
  { deliveryStatus, deliveryStatusDetails, from, receivedTimestamp }: SmsReport,
  now: Date,
): Evidence {
  const at = Date.parse(receivedTimestamp ?? '')
  return {
    sender: from ?? '',
    delivered: deliveryStatus.toLowerCase() === 'delivered',
    code: /\b\d{4}\b/.exec(deliveryStatusDetails ?? '')?.[0],
    at: Number.isNaN(at) ? now : new Date(at),
  }
}

/**
 * Codes after which nobody knows whether the text arrived. Azure Communication Services, "Troubleshooting: SMS error
 * codes": 5002 = no delivery report came from the carrier, 9999 = unknown.
 */
const NOBODY_KNOWS = new Set(['5002', '9999'])

/** What a delivery report makes of a notice, or undefined where it says nothing new. Pure. */
export function reported(
  row: NoticeRow,
  { deliveryStatus, deliveryStatusDetails }: Pick<SmsReport, 'deliveryStatus' | 'deliveryStatusDetails'>,
  now: Date,
): NoticeRow | undefined {
  const code = /\b\d{4}\b/.exec(deliveryStatusDetails ?? '')?.[0]
  const state = stateOf(deliveryStatus, code)
  if (!state || !mayBecome(row.state, state)) return undefined
  const { reason: _before, ...rest } = row
  return {
    ...rest,
    state,
    changedAt: now.toISOString(),
    ...(state === 'delivered' ? {} : { reason: code ? `carrier_${code}` : 'carrier' }),
  }
}

function stateOf(status: string, code: string | undefined): NoticeState | undefined {
  if (status.toLowerCase() === 'delivered') return 'delivered'
  if (code !== undefined && NOBODY_KNOWS.has(code)) return 'unknown'
  // Anything else than the two documented words is a stage on the way, not an end.
  return status.toLowerCase() === 'failed' ? 'undelivered' : undefined
}

/** STOP and START hold for every tenant that texts from the number that was answered; anything else is a question. */
async function reply(ports: ReceiptPorts, said: SmsReply): Promise<void> {
  const { from, to, message, receivedTimestamp } = said
  const answered = (await ports.sites()).filter((site) => site.texts.sender === to)
  const word = consentWord(message)
  if (word === undefined) {
    const id = said.messageId ?? `${from}|${receivedTimestamp ?? ''}|${message}`
    await ports.answer?.(answered, { id, from, to, message })
    return
  }
  const time = Date.parse(receivedTimestamp ?? '')
  const saidAt = Number.isNaN(time) ? ports.now() : new Date(time)
  for (const tenantId of new Set(answered.map((site) => site.tenantId)))
    await recordWord(ports, tenantId, from, word, saidAt)
}

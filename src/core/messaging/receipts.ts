import { z } from 'zod'
import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { NoticeRow } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import { visitPartition } from '../visits/visit.ts'
import { noticeRowKey, openNoticeId } from './notice.ts'
import { mayBecome } from './record.ts'

const withPlus = z.string().transform((number) => (number.startsWith('+') ? number : `+${number}`))

/** Azure Communication Services as an Event Grid source: the two events about texts. Spellings of the tag differ. */
const event = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Microsoft.Communication.SMSDeliveryReportReceived'),
    data: z.object({
      deliveryStatus: z.string(),
      deliveryStatusDetails: z.string().optional(),
      tag: z.string().optional(),
      Tag: z.string().optional(),
    }),
  }),
  z.object({
    eventType: z.literal('Microsoft.Communication.SMSReceived'),
    data: z.object({ from: withPlus, to: withPlus, message: z.string() }),
  }),
])
export type SmsEvent = z.infer<typeof event>

/** FCC, 47 CFR 64.1200(a)(10): these words, in any case, revoke consent. */
const STOP_WORDS = new Set([
  'STOP',
  'QUIT',
  'END',
  'REVOKE',
  'OPT OUT',
  'CANCEL',
  'UNSUBSCRIBE',
  'STOPALL',
  'ALTO',
  'ARRET',
])
const START_WORDS = new Set(['START', 'UNSTOP'])

/** Seals an event before it is queued: it holds a phone number and words of a patient. */
export function sealEvent(ring: KeyRing, received: unknown): Result<string, 'event_invalid'> {
  const parsed = event.safeParse(received)
  if (!parsed.success)
    return fail('event_invalid', { detail: parsed.error.issues.map((i) => i.path.join('.')).join(', ') })
  return ok(seal(ring, 'receipts', JSON.stringify(parsed.data)))
}

export function openEvent(ring: KeyRing, sealed: string): Result<SmsEvent, 'event_invalid'> {
  const opened = unseal(ring, 'receipts', sealed)
  return opened.ok
    ? ok(event.parse(JSON.parse(opened.value)))
    : fail('event_invalid', { detail: 'does not open' })
}

export type ReceiptPorts = {
  readonly store: Pick<Store, 'tables'>
  readonly noticeKeys: KeyRing
  readonly identity: IdentityKeys
  readonly sites: () => Promise<Site[]>
  readonly now: () => Date
}

/** Takes one event in; however often and in whatever order they come, a notice's state only moves forward. */
export async function receive(ports: ReceiptPorts, received: SmsEvent): Promise<void> {
  if (received.eventType === 'Microsoft.Communication.SMSReceived') await reply(ports, received.data)
  else await report(ports, received.data)
}

async function report(
  ports: ReceiptPorts,
  data: { tag?: string | undefined; Tag?: string | undefined } & Report,
) {
  const name = openNoticeId(ports.noticeKeys, data.tag ?? data.Tag ?? '')
  if (!name) return
  const partition = visitPartition(name.tenantId, name.siteId, name.day)
  for (let tries = 0; tries < 5; tries++) {
    const row = await ports.store.tables.visits.get(partition, noticeRowKey(name))
    if (row?.type !== 'notice') return
    const next = reported(row, data, ports.now())
    if (!next || (await ports.store.tables.visits.replace({ ...row, ...next })).ok) return
  }
  throw new Error('a notice row changed five times while its receipt was being recorded')
}

type Report = { deliveryStatus: string; deliveryStatusDetails?: string | undefined }

/** What a delivery report makes of a notice, or undefined where it says nothing new. Pure. */
export function reported(
  row: NoticeRow,
  { deliveryStatus, deliveryStatusDetails }: Report,
  now: Date,
): NoticeRow | undefined {
  const code = /\b\d{4}\b/.exec(deliveryStatusDetails ?? '')?.[0]
  // 5002: no report came from the carrier. It may have been delivered; nobody knows.
  const state = deliveryStatus === 'Delivered' ? 'delivered' : code === '5002' ? 'unknown' : 'undelivered'
  if (row.state === state || !mayBecome(row.state, state)) return undefined
  const { reason: _before, ...rest } = row
  return {
    ...rest,
    state,
    changedAt: now.toISOString(),
    ...(state === 'delivered' ? {} : { reason: code ? `carrier_${code}` : 'carrier' }),
  }
}

/** STOP and START hold for every tenant that texts from the number that was answered. */
async function reply(
  ports: ReceiptPorts,
  { from, to, message }: { from: string; to: string; message: string },
) {
  const word = message
    .trim()
    .replace(/[.!\s]+$/, '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
  if (!STOP_WORDS.has(word) && !START_WORDS.has(word)) return
  const tenants = new Set(
    (await ports.sites()).filter((site) => site.texts.sender === to).map((site) => site.tenantId),
  )
  for (const tenantId of tenants) {
    const keys = { partitionKey: tenantId, rowKey: ports.identity.phoneKey(tenantId, from) }
    if (START_WORDS.has(word)) await ports.store.tables.optouts.remove(keys)
    else await ports.store.tables.optouts.put({ ...keys, schema: 1, at: ports.now().toISOString(), word })
  }
}

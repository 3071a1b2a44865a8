import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { type DeliverPorts, type Delivery, deliverNotices } from '../../../src/core/messaging/deliver.ts'
import { queueReminders } from '../../../src/core/messaging/find-reminders.ts'
import { noticeRowKey } from '../../../src/core/messaging/notice.ts'
import { numberBook } from '../../../src/core/messaging/numbers.ts'
import type { SendText } from '../../../src/core/messaging/sms.ts'
import { ok } from '../../../src/core/result.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { type Message, messageSchemas } from '../../../src/core/store/messages.ts'
import type { NoticeRow } from '../../../src/core/store/rows.ts'
import type { Store } from '../../../src/core/store/store.ts'
import { type BayRange, bayPartitions } from '../../../src/core/visits/bay-range.ts'
import { departmentOf, sweepWindow } from '../../../src/core/visits/sweep.ts'
import { type Visit, visitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { type ClinicEhr, clinicEhr } from './clinic-ehr.fixture.ts'
import { type Life, life, mortalTables } from './life.fixture.ts'
import { type Vendor, vendor } from './vendor.fixture.ts'

const key = (byte: number) => new Uint8Array(32).fill(byte)
export const noticeKeys = keyRing(key(4))
export const linkKeys = keyRing(key(5))
export const identity = identityKeys(key(6))
export const seals = visitSeals(noticeKeys)
const CAPS = { number: 1_000, prefix: 100_000, tenant: 100_000 }
export const LINK_URL = 'https://v.example.org'

export type Queued = { message: Message<'confirmations'>; visibleAt: Date }

/** One synthetic site on real tables, with its own clock, EHR, vendor and queue of notices. */
export type Clinic = {
  readonly store: Store
  readonly ehr: ClinicEhr
  readonly vendor: Vendor
  /** Confirmations and reminders that wait; a message is taken off when it was worked on without an error. */
  readonly queue: Queued[]
  site: Site
  rules: DeliverPorts['rules']
  now(): Date
  advance(seconds: number): void
  /** Another process takes over: what the one before it remembered of numbers is gone. */
  restart(): void
  /** One process sweeps; it may die. */
  sweep(day: string, of?: Life, departmentId?: string, askedAt?: Date): ReturnType<typeof sweepWindow>
  remind(of?: Life, range?: BayRange): Promise<number>
  /** One process works on one message; it may die. Nothing is put back by this. */
  deliver(message: Message<'confirmations'>, of?: Life): Promise<Delivery>
  /** Works on every message that is visible, puts back what asks for it; `of` gives each message its process. */
  work(of?: () => Life): Promise<void>
  /** Works until the queue is empty, however far the clock has to move; fails where that never comes. */
  workAll(): Promise<void>
  visit(appointmentId: string): Promise<Visit | undefined>
  /** The notices about an appointment on a day, by `version:kind`. */
  notices(appointmentId: string, day: string): Promise<Map<string, NoticeRow>>
}

let made = 0

export function clinic(
  storage: Store,
  {
    start = '2026-11-22T15:00:00.000Z',
    windowSeconds = 240,
    texts = {} as Partial<Site['texts']>,
    more = {} as Partial<Site>,
    handOver = undefined as SendText | undefined,
    caps = CAPS,
  } = {},
): Clinic {
  let time = Date.parse(start)
  const now = () => new Date(time)
  const siteId = `clinic${String(++made).padStart(6, '0')}`
  // A tenant of its own too: opt-outs are a tenant's.
  const tenantId = `tenant of ${siteId}`
  const ehr = clinicEhr()
  const sms = vendor(now, windowSeconds)
  let numbers = numberBook(identity)
  const queue: Queued[] = []
  const enqueue = (message: Message<'confirmations'>, delaySeconds = 0) => {
    queue.push({
      message: messageSchemas.confirmations.parse(message),
      visibleAt: new Date(now().getTime() + delaySeconds * 1000),
    })
  }
  const mortal = (of: Life): Store => {
    const send = (message: Message<'confirmations'>, delay?: number) =>
      of.do(async () => enqueue(message, delay))
    const notices = { name: 'notices', send, read: storage.queues.confirmations.read }
    return {
      tables: mortalTables(storage.tables, of),
      queues: { ...storage.queues, confirmations: notices, reminders: notices },
    }
  }
  const common = (of: Life) => {
    const store = mortal(of)
    const visits = visitStore(store, linkKeys, 7)
    return { store, visits, seals, identity, now, ehr: async () => ok(ehr.port) }
  }
  const self: Clinic = {
    store: storage,
    ehr,
    vendor: sms,
    queue,
    site: siteWith(texts, { siteId, tenantId, ...more }),
    rules: { leaseSeconds: 120, repeatabilitySeconds: windowSeconds },
    now,
    advance(seconds) {
      time += seconds * 1000
    },
    restart() {
      numbers = numberBook(identity)
    },
    async sweep(day, of = life(), departmentId = 'family', askedAt) {
      const department = departmentOf(self.site, departmentId)
      if (!department.ok) return department
      return sweepWindow({ ...common(of), linkKeys }, self.site, department.value, day, askedAt)
    },
    remind: (of = life(), range) => queueReminders(mortal(of), self.site, now(), range),
    async deliver(message, of = life()) {
      const sendText: SendText = (text) => of.do(() => (handOver ?? sms.sendText)(text))
      const site = async () => self.site
      return deliverNotices(
        {
          ...common(of),
          noticeKeys,
          site,
          sendText,
          linkUrl: LINK_URL,
          rules: self.rules,
          numbers,
          caps,
        },
        message,
      )
    },
    async work(of = () => life()) {
      for (const queued of queue.filter(({ visibleAt }) => visibleAt <= now())) {
        const process = of()
        try {
          const { again } = await self.deliver(queued.message, process)
          for (const one of again) await process.do(async () => enqueue(one.message, one.delaySeconds))
          queue.splice(queue.indexOf(queued), 1)
        } catch (error) {
          if (!process.dead) throw error
          // The host shows the message again when its time is over.
          queued.visibleAt = new Date(now().getTime() + 30_000)
        }
      }
    },
    async workAll() {
      for (let rounds = 0; queue.length > 0; rounds++) {
        const next = Math.min(...queue.map(({ visibleAt }) => visibleAt.getTime()))
        if (rounds === 50) throw new Error('the queue does not run empty')
        time = Math.max(time, next)
        await self.work()
      }
    },
    visit: (id) => visitStore(storage, linkKeys, 7).find(visitRef(identity, self.site, id)),
    async notices(id, day) {
      const { visitKey } = visitRef(identity, self.site, id)
      const prefix = noticeRowKey({ visitKey, version: 0, kind: 'booked' }).slice(0, -'0:booked'.length)
      const found = new Map<string, NoticeRow>()
      for await (const row of storage.tables.visits.across(bayPartitions(self.site, day), { from: prefix }))
        if (row.type === 'notice' && row.rowKey.startsWith(prefix))
          found.set(row.rowKey.slice(prefix.length), row)
      return found
    },
  }
  return self
}

/** The texts that phones show, by their first words. */
export function shown({ vendor: { accepted } }: Clinic): string[] {
  return accepted.map(({ body }) => body.split(/[,:]| now | on /)[0] ?? '')
}

export const DAY = '2026-11-24'
export const at = (time: string, day = DAY) => new Date(`${day}T${time}:00.000Z`)

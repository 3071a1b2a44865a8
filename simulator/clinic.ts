import { type DeliverPorts, deliverNotices } from '../src/core/messaging/deliver.ts'
import { queueReminders } from '../src/core/messaging/find-reminders.ts'
import { numberBook } from '../src/core/messaging/numbers.ts'
import { receive, type VendorEvent } from '../src/core/messaging/receipts.ts'
import { ok } from '../src/core/result.ts'
import { type Message, messageSchemas } from '../src/core/store/messages.ts'
import type { Store } from '../src/core/store/store.ts'
import { WHOLE } from '../src/core/visits/bay-range.ts'
import { sweepWindow } from '../src/core/visits/sweep.ts'
import { visitStore } from '../src/core/visits/visit-store.ts'
import type { Hooks, Kind } from './bug.ts'
import { type SimulatedEhr, simulatedEhr } from './ehr.ts'
import { fieldKeys, identity, linkKeys, seals } from './keys.ts'
import { type Line, line } from './line.ts'
import { mortalTables } from './mortal-store.ts'
import { type Process, process, type Trouble } from './process.ts'
import type { RunSettings } from './settings.ts'
import { type SimulatedVendor, simulatedVendor, type VendorRules } from './vendor.ts'
import type { World } from './world.ts'

type Sweep = { readonly departmentId: string; readonly day: string; readonly askedAt: Date }

/** The reminder timer reads the clinic as a whole, or in two ranges, now one and now the other. */
const HALVES = [
  { from: '', to: 'family' },
  { from: 'family', to: '~' },
]

/** One site with everything that works for it: queues, processes, EHR, vendor. */
export type SimulatedClinic = {
  readonly ehr: SimulatedEhr
  readonly vendor: SimulatedVendor
  readonly vendorRules: VendorRules
  readonly sweeps: Line<Sweep>
  readonly notices: Line<Message<'confirmations'>>
  readonly events: Line<VendorEvent>
  /** The two timers. */
  sweep(): void
  remind(): void
}

/** @param days the UTC days that sweeps look at. */
export function simulatedClinic(
  world: World,
  trouble: Trouble,
  settings: RunSettings,
  tables: Store['tables'],
  days: readonly string[],
  hooks: Hooks,
  report: (to: string, tag: string) => void,
): SimulatedClinic {
  const { now } = world
  const { random } = trouble
  const ehr = simulatedEhr()
  const vendorRules: VendorRules = {
    remembersSeconds: settings.windowSeconds,
    perMinute: settings.perMinute,
    doubt: settings.doubt,
  }
  const vendor = simulatedVendor(world, random, vendorRules, ({ to, tag }) => report(to, tag))
  // Two instances of the app, each with a memory of its own.
  const instances = [numberBook(identity), numberBook(identity)]
  const ids = hooks.identity?.(identity) ?? identity

  /** What a process of a kind stands on. */
  const ports = (kind: Kind, of: Process) => {
    const mortal = mortalTables(tables, of)
    const seen = hooks.tables?.(kind, mortal, now) ?? mortal
    const put = (queue: string) => ({
      name: queue,
      send: (message: Message<'confirmations'>, delay?: number) =>
        of.do(`${queue}.send`, () => notices.put(messageSchemas.confirmations.parse(message), delay)),
    })
    const store = {
      tables: seen,
      queues: { confirmations: put('confirmations'), reminders: put('reminders') },
    } as unknown as Store
    const port = ehr.port(of, now, random)
    const site = hooks.site?.(kind, settings.site) ?? settings.site
    const connection = hooks.ehr?.(kind, port) ?? port
    return {
      store,
      visits: visitStore(store, linkKeys, 7),
      seals,
      identity: ids,
      linkKeys,
      noticeKeys: fieldKeys,
      ehr: async () => ok(connection),
      site,
      now,
    }
  }

  const sweeps = line<Sweep>(world, trouble, 'sweep', async ({ departmentId, day, askedAt }, of) => {
    const { site, ...rest } = ports('sweep', of)
    const department = site.departments.find(({ id }) => id === departmentId)
    if (department) await sweepWindow(rest, site, department, day, askedAt)
  })
  const notices = line<Message<'confirmations'>>(world, trouble, 'deliver', async (message, of) => {
    const { site, ...rest } = ports('deliver', of)
    const instance = random.pick(instances)
    const send: DeliverPorts['sendText'] = (text) => vendor.send(of, text)
    const rules = { leaseSeconds: 120, repeatabilitySeconds: settings.windowSeconds }
    const { again } = await deliverNotices(
      {
        ...rest,
        site: async () => site,
        sendText: hooks.sendText?.(send) ?? send,
        linkUrl: 'https://v.example.org',
        rules: hooks.rules?.(rules) ?? rules,
        numbers: hooks.numbers?.(instance) ?? instance,
        caps: { number: 1_000, prefix: 1_000, tenant: 1_000 },
        limits: () => [{ count: settings.perMinute, seconds: 60 }],
      },
      message,
    )
    for (const one of again) await rest.store.queues.confirmations.send(one.message, one.delaySeconds)
  })
  const events = line<VendorEvent>(world, trouble, 'receive', async (event, of) => {
    const { site, ...rest } = ports('receive', of)
    await receive({ ...rest, sites: async () => [site] }, event)
  })

  return {
    ehr,
    vendor,
    vendorRules,
    sweeps,
    notices,
    events,
    sweep() {
      for (const { id: departmentId } of settings.site.departments)
        for (const day of days) sweeps.put({ departmentId, day, askedAt: now() })
    },
    remind() {
      for (const range of random.chance(0.5) ? [WHOLE] : HALVES) {
        const of = process(world, trouble, 'remind', () => {})
        const { store, site } = ports('remind', of)
        void queueReminders(store, site, now(), range).catch(() => undefined)
      }
    },
  }
}

import type { Store } from '../src/core/store/store.ts'
import { utcDay } from '../src/core/visits/bay.ts'
import type { Hooks } from './bug.ts'
import { type Violation, violations } from './checks.ts'
import { type SimulatedClinic, simulatedClinic } from './clinic.ts'
import type { Way } from './coverage.ts'
import { journaled } from './journal.ts'
import { memoryTables } from './memory-table.ts'
import { plot } from './plot.ts'
import type { Points, Trouble } from './process.ts'
import { random as seeded } from './random.ts'
import { runSettings } from './settings.ts'
import { world as made } from './world.ts'

export type Ran = Way & {
  readonly violations: readonly Violation[]
  readonly texts: number
  readonly throttled: number
  readonly events: number
  /** How many notices ended in which state. */
  readonly ended: ReadonlyMap<string, number>
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** Where nothing begins soon, nobody need be reminded: the timers tick less often, so that a run is short. */
function comesSoon({ ehr }: SimulatedClinic, now: Date): boolean {
  const from = now.getTime() - HOUR
  return [...ehr.appointments.values()].some(
    ({ start }) => start.getTime() > from && start.getTime() < from + 4 * HOUR,
  )
}

/** One run: a clinic, some hours of trouble, and a day in which everything must come to its end. */
export async function run(
  { seed, aims }: Way,
  points: Points,
  hooks: Hooks = {},
  storage: Store['tables'] = memoryTables(),
): Promise<Ran> {
  const random = seeded(seed)
  const settings = runSettings(random)
  const world = made(settings.start.getTime())
  const { tables, journal } = journaled(storage, world.now)
  const trouble: Trouble = { random, points, rate: settings.faultRate, aims: [...aims] }
  const start = settings.start.getTime()
  const days = [0, 1, 2].map((ahead) => utcDay(new Date(start + ahead * 24 * HOUR)))
  const clinic = simulatedClinic(world, trouble, settings, tables, days.slice(0, 2), hooks, (_to, tag) => {
    const event = { eventType: 'Microsoft.Communication.SMSDeliveryReportReceived' as const }
    for (let copies = random.between(0, 2); copies > 0; copies--) {
      const deliveryStatus = random.chance(0.8) ? 'Delivered' : 'Failed'
      const data = { tag, deliveryStatus, deliveryStatusDetails: random.pick(['2000', '4006', '5002']) }
      world.after(random.between(0, 20 * MINUTE), () => clinic.events.put({ ...event, data }))
    }
  })
  plot(world, random, clinic, settings)

  const storm = start + settings.stormMinutes * MINUTE
  for (let at = start; at < storm; at += 5 * MINUTE) {
    // A tick may be missed, as on the day of an upgrade.
    if (!random.chance(0.1)) clinic.remind()
    if ((at - start) % (10 * MINUTE) === 0 && !random.chance(0.1)) clinic.sweep()
    await world.playUntil(at + 5 * MINUTE)
  }
  // The trouble is over; whatever was left lying about must come to its end now.
  trouble.rate = 0
  clinic.vendorRules.doubt = 0
  const end = world.now().getTime() + 26 * HOUR
  for (let tick = 0; world.now().getTime() < end; tick++) {
    const soon = comesSoon(clinic, world.now())
    if (soon) clinic.remind()
    if (tick < 4 || tick % 8 === 0) clinic.sweep()
    await world.playUntil(world.now().getTime() + (tick < 4 || soon ? 12 * MINUTE : HOUR))
  }
  const found = await violations({ settings, clinic, journal, tables, days, now: world.now() })
  return {
    seed,
    aims,
    violations: found.violations,
    ended: found.ended,
    texts: clinic.vendor.accepted.length,
    throttled: clinic.vendor.throttled,
    events: world.events,
  }
}

import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import { lateKind } from '../messaging/late-notice.ts'
import { textsLate } from '../messaging/late-told.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Store } from '../store/store.ts'
import { type EnsurePorts, ensureVisit } from '../visits/ensure-visit.ts'
import { withLateMinutes } from '../visits/late.ts'
import { type OwedByBay, owe, queueConfirmations } from '../visits/owed.ts'
import type { Visit } from '../visits/visit.ts'
import { aheadToday } from './ahead-today.ts'

const MINUTE = 60_000
const AT_ONCE = 8

/** What a clinician may say; 0 takes it back. */
export const LATE_MINUTES = [0, 5, 10, 15, 30] as const
export type LateMinutes = (typeof LATE_MINUTES)[number]

export type LatePorts = EnsurePorts & { readonly store: Pick<Store, 'queues'> }

export type Late = {
  /** Visits whose page says it now. */
  readonly visits: number
  /** Texts that were asked for. Some may still be held back: caps, STOP, the night; their notices say so then. */
  readonly texts: number
}

/**
 * The clinician runs late: every visit of theirs that is still ahead today says so on the patient's page, and the patient
 * is texted. The texts are notices on the queue like all others, so that each goes out once however often the button is
 * pressed. Nobody is texted whose visit has begun, nor after the time that is expected now.
 * @param practitionerId whose day it is; without one only the present visit is late.
 */
export async function runLate(
  ports: LatePorts,
  site: Site,
  ehr: Ehr,
  present: Appointment,
  practitionerId: string | undefined,
  minutes: LateMinutes,
): Promise<Result<Late, string>> {
  const now = ports.now()
  const ahead = await aheadToday(ehr, site, present, practitionerId, now)
  if (!ahead.ok) return ahead
  const late: Visit[] = []
  await inParallel(ahead.value, AT_ONCE, async (appointment) => {
    const visit = await ensureVisit(ports, site, appointment)
    if (visit.row.clinicianJoinedAt !== undefined) return
    const told = await ports.visits.update(visit, (row) => withLateMinutes(row, minutes))
    if (told) late.push(told)
  })
  const texts = await queueConfirmations(ports.store, site, owedOfDelay(site, late, minutes, now))
  return ok({ visits: late.length, texts })
}

/** The texts about a delay, by the bays of their visits. Pure. */
function owedOfDelay({ texts }: Site, visits: readonly Visit[], minutes: LateMinutes, now: Date): OwedByBay {
  const owed: OwedByBay = new Map()
  if (minutes === 0 || !textsLate(texts)) return owed
  for (const { visitKey, bay, row } of visits) {
    const expected = new Date(Date.parse(row.start) + minutes * MINUTE)
    if (expected <= now) continue
    const deadline = expected.toISOString()
    owe(owed, bay, { visitKey, version: row.version, kind: lateKind(minutes), deadline })
  }
  return owed
}

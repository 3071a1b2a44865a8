import type { Appointment } from '../ehr/appointment.ts'
import type { Ehr } from '../ehr/ehr.ts'
import { inParallel } from '../messaging/in-parallel.ts'
import { lateKind } from '../messaging/late-notice.ts'
import { textsLate } from '../messaging/late-told.ts'
import { ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { Message, NoticeRef } from '../store/messages.ts'
import type { Store } from '../store/store.ts'
import type { Bay } from '../visits/bay.ts'
import { type EnsurePorts, ensureVisit } from '../visits/ensure-visit.ts'
import { withLateMinutes } from '../visits/late.ts'
import type { Visit } from '../visits/visit.ts'
import { aheadToday } from './ahead-today.ts'

const MINUTE = 60_000
const AT_ONCE = 8
const CHUNK = 30

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
  const messages = lateMessages(site, late, minutes, now)
  for (const message of messages) await ports.store.queues.confirmations.send(message)
  const texts = messages.reduce((sum, { notices }) => sum + notices.length, 0)
  return ok({ visits: late.length, texts })
}

/** One message a bay and thirty notices, as every queue of notices wants it. */
function lateMessages(
  { tenantId, siteId, texts }: Site,
  visits: readonly Visit[],
  minutes: LateMinutes,
  now: Date,
): Message<'confirmations'>[] {
  if (minutes === 0 || !textsLate(texts)) return []
  const bays = new Map<Bay, NoticeRef[]>()
  for (const { visitKey, bay, row } of visits) {
    const expected = new Date(Date.parse(row.start) + minutes * MINUTE)
    if (expected <= now) continue
    const notice = {
      visitKey,
      version: row.version,
      kind: lateKind(minutes),
      deadline: expected.toISOString(),
    }
    bays.set(bay, [...(bays.get(bay) ?? []), notice])
  }
  return [...bays].flatMap(([bay, notices]) =>
    Array.from({ length: Math.ceil(notices.length / CHUNK) }, (_, at) => ({
      schema: 1 as const,
      tenantId,
      siteId,
      bay,
      notices: notices.slice(at * CHUNK, (at + 1) * CHUNK),
    })),
  )
}

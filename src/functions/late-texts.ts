import type { App } from '../core/app.ts'
import { aheadToday, practitionerOf } from '../core/launches/ahead-today.ts'
import { MOST_LATE } from '../core/launches/look.ts'
import { inParallel } from '../core/messaging/in-parallel.ts'
import { type LateTold, lateTold, textsLate } from '../core/messaging/late-told.ts'
import { readNoticesOfVisit, type VisitNotice } from '../core/messaging/read-notices.ts'
import { BESIDE_MEETING_MS, within } from '../core/patience.ts'
import { fail } from '../core/result.ts'
import { lateMinutes } from '../core/visits/late.ts'
import { type Visit, visitRef } from '../core/visits/visit.ts'
import type { LateLine, LateTexts } from '../pages/appointment/links-model.ts'
import { noticeWords } from '../pages/appointment/notice-words.ts'
import type { OpenedVisit } from './open-call.ts'
import type { LaunchCall } from './session.ts'

const AT_ONCE = 8

/** The other visits that are late with this one; `onlyThis` where the EHR did not tell which they are. */
export type LateWith = { readonly visits: readonly Visit[]; readonly onlyThis: boolean }

/**
 * The visits ahead of this clinician today that are late with the present one. The EHR is asked which they are, since no
 * row of ours says whose a visit is; while the clinician is on time it is not.
 */
export async function lateWith(
  call: Pick<LaunchCall, 'app' | 'session' | 'log' | 'ehr'>,
  { site, appointment, visit }: Pick<OpenedVisit, 'site' | 'appointment' | 'visit'>,
): Promise<LateWith | undefined> {
  const { app, session } = call
  if (lateMinutes(visit.row) === 0 || !textsLate(site.texts)) return undefined
  if (!appointment) return { visits: [], onlyThis: true }
  const whose = practitionerOf(appointment, session.ehrUser.practitionerId)
  const asking = async () => {
    const ehr = await call.ehr(site)
    return ehr.ok ? aheadToday(ehr.value, site, appointment, whose, app.now()) : ehr
  }
  // The page of a visit that is open does not wait long for what is told beside it.
  const silent = fail('ehr_unreachable', { detail: 'no answer in time' })
  const ahead = (await within(BESIDE_MEETING_MS, asking())) ?? silent
  if (!ahead.ok) {
    call.log('late_visits_unread', { code: ahead.failure.code, detail: ahead.failure.detail })
    return { visits: [], onlyThis: true }
  }
  const others = ahead.value.filter(({ id }) => id !== appointment.id).slice(0, MOST_LATE)
  const visits = await inParallel(others, AT_ONCE, ({ id }) =>
    app.visits.find(visitRef(app.keys.identity, site, id)),
  )
  return {
    visits: visits.filter((one) => one !== undefined && lateMinutes(one.row) > 0) as Visit[],
    onlyThis: false,
  }
}

/** What the page says of them, and of the present visit. */
export async function lateTexts(
  { store, now }: Pick<App, 'store' | 'now'>,
  present: { readonly visit: Visit; readonly notices: readonly VisitNotice[] },
  late: LateWith | undefined,
  time: (iso: string) => string,
): Promise<LateTexts | undefined> {
  if (!late) return undefined
  const others = await inParallel(late.visits, AT_ONCE, async (visit) => ({
    visit,
    notices: await readNoticesOfVisit(store.tables.visits, visit),
  }))
  return { lines: lateLines([present, ...others], time, now()), onlyThis: late.onlyThis }
}

/** What became of the texts about a delay, one line a visit, in the order of the day. Pure. */
export function lateLines(
  visits: readonly { readonly visit: Visit; readonly notices: readonly VisitNotice[] }[],
  time: (iso: string) => string,
  now: Date,
): LateLine[] {
  return visits
    .flatMap(({ visit, notices }) => lateTold(visit.row, notices, now) ?? [])
    .sort((a, b) => a.start.localeCompare(b.start))
    .map((told) => ({ at: time(told.start), ...words(told) }))
}

function words({ told, row }: LateTold): Pick<LateLine, 'status' | 'tone'> {
  if (told === 'too_late') return { status: 'Not sent: the new time had come already', tone: 'warning' }
  if (!row) return { status: 'Waits to be sent', tone: 'info' }
  const { status, tone } = noticeWords('late', row.state, row.reason)
  return { status, tone }
}

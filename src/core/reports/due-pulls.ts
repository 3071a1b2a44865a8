import type { Message } from '../store/messages.ts'
import type { Visit } from '../visits/visit.ts'
import { qualityLook } from './collect-quality.ts'
import { attendanceLook } from './looks.ts'

type Pull = Extract<Message<'reports'>, { kind: 'visit' | 'attendance' | 'quality' }>

/** Longer than a message is on its way when all is well: whatever is due for so long was lost. */
const LOST_MS = 60_000

/**
 * The visits of a day that Graph should be asked about by now: for those whose webhook was lost, or whose message was.
 * @param quality whether the tenant has switched call quality on.
 */
export function duePulls(visits: readonly Visit[], quality: boolean, now: Date): Pull[] {
  const due = (at: Date | undefined) => at !== undefined && at.getTime() + LOST_MS <= now.getTime()
  return visits.flatMap(({ tenantId, siteId, visitKey, row }) => {
    const pull = (kind: Pull['kind']): Pull => ({ schema: 1, kind, tenantId, siteId, visitKey })
    return [
      ...(due(attendanceLook(row)) ? [pull('attendance')] : []),
      ...(quality && due(qualityLook(row)) ? [pull('quality')] : []),
    ]
  })
}

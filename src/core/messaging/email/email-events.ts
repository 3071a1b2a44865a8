import { z } from 'zod'
import type { NoticeRow, NoticeState } from '../../store/rows.ts'
import { mayBecome } from '../notice-states.ts'

/**
 * "Azure Communication Services - Email events": what became of an e-mail. Sender and recipient, which the event holds
 * too, are not taken up.
 */
export const emailReport = z.object({
  eventType: z.literal('Microsoft.Communication.EmailDeliveryReportReceived'),
  data: z.object({ messageId: z.guid().transform((id) => id.toLowerCase()), status: z.string() }),
})
export type EmailReport = z.infer<typeof emailReport>['data']

/** The words of that page, and what each means here. `Expanded` (a list of recipients was opened) is only a stage. */
const STATES: Readonly<Record<string, { state: NoticeState; reason?: string }>> = {
  delivered: { state: 'delivered' },
  bounced: { state: 'undelivered', reason: 'email_bounced' },
  suppressed: { state: 'undelivered', reason: 'email_suppressed' },
  quarantined: { state: 'undelivered', reason: 'email_quarantined' },
  filteredspam: { state: 'undelivered', reason: 'email_filtered' },
  failed: { state: 'undelivered', reason: 'email_failed' },
}

/** What a delivery report makes of a notice, or undefined where it says nothing new. Pure. */
export function emailReported(row: NoticeRow, { status }: EmailReport, now: Date): NoticeRow | undefined {
  const said = STATES[status.toLowerCase()]
  if (!said || !mayBecome(row.state, said.state)) return undefined
  const { reason: _before, ...rest } = row
  return { ...rest, ...said, changedAt: now.toISOString() }
}

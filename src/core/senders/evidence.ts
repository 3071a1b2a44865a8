import type { Store } from '../store/store.ts'
import { senderId } from './sender.ts'
import { evidenced } from './verification.ts'

/** "Troubleshooting: SMS error codes": the toll-free number is not verified. */
const NOT_VERIFIED = '4010'

/** What one text's end says of its sender. */
export type Evidence = {
  readonly sender: string
  readonly delivered: boolean
  readonly code: string | undefined
  readonly at: Date
}

/**
 * Keeps what a delivery report says about the number that the text came from. Reports come twice and in any order; one
 * that tells nothing new writes nothing.
 */
export async function noteEvidence(
  { tables }: Pick<Store, 'tables'>,
  tenantId: string | undefined,
  report: Evidence,
): Promise<void> {
  const evidence = report.delivered ? 'delivered' : report.code === NOT_VERIFIED ? 'blocked' : undefined
  if (evidence === undefined || tenantId === undefined || report.sender === '') return
  for (let tries = 0; tries < 3; tries++) {
    const row = await tables.senders.get(tenantId, senderId(report.sender))
    const next = row && evidenced(row, evidence, report.at)
    if (!row || !next) return
    const { partitionKey, rowKey, etag } = row
    if ((await tables.senders.replace({ ...next, partitionKey, rowKey, etag })).ok) return
  }
}

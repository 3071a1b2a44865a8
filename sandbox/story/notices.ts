import { noticeText } from '../../src/core/messaging/notice.ts'
import { type Bay, bayOfPartition } from '../../src/core/visits/bay.ts'
import type { Scene } from './scene.ts'

/** A notice row with what its keys say. */
export type NoticeSeen = {
  readonly tenantId: string
  readonly siteId: string
  readonly bay: Bay
  readonly visitKey: string
  readonly version: number
  readonly kind: string
  readonly state: string
  /** The notice's name on one line. */
  readonly name: string
}

/** Every notice row, read from the table itself. */
export async function notices(
  { sandbox }: Scene,
  wanted: Partial<Pick<NoticeSeen, 'state' | 'kind'>> = {},
): Promise<NoticeSeen[]> {
  const found: NoticeSeen[] = []
  for await (const row of sandbox.store.tables.visits.all()) {
    if (row.type !== 'notice') continue
    const [tenantId = '', siteId = ''] = row.partitionKey.split('|')
    const bay = bayOfPartition(row.partitionKey)
    const [, visitKey = '', version = '', kind = ''] = row.rowKey.split(':')
    const named = { tenantId, siteId, bay, visitKey, version: Number(version) }
    const name = noticeText({ ...named, kind: kind as 'booked' })
    const fits = (wanted.state ?? row.state) === row.state && (wanted.kind ?? kind) === kind
    if (fits) found.push({ ...named, kind, state: row.state, name })
  }
  return found
}

import { afterAll, beforeAll, expect, test } from 'vitest'
import { workList } from '../../../src/core/messaging/work-list.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { visitPartition } from '../../../src/core/visits/bay.ts'
import { writeBackWords } from '../../../src/pages/portal/write-back-words.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { START, visitRow } from '../../unit/visits/visit.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const site = siteWith()
const put = (key: string, more: Partial<VisitRow>) =>
  storage.store.tables.visits.put({
    ...visitRow(more),
    partitionKey: visitPartition(site.tenantId, site.siteId, '2031-03-04|family'),
    rowKey: `v:${key.repeat(22)}`,
  })

test('a visit that the EHR did not take is listed for staff; one that was written, or called off, is not', async () => {
  const failed = { writeBackFailure: 'ehr_scope_missing', writeBackFailedAt: '2031-03-04T15:00:00.000Z' }
  await put('A', failed)
  await put('B', { ...failed, cancelled: true })
  await put('C', { linksWrittenAt: '2031-03-04T15:00:00.000Z' })
  const { unwritten } = await workList({ store: storage.store, now: () => START }, [site])
  expect(unwritten).toEqual([
    {
      siteId: site.siteId,
      start: START.toISOString(),
      code: 'ehr_scope_missing',
      at: '2031-03-04T15:00:00.000Z',
    },
  ])
})

test('every failed write reads as what happened and what to do, whatever its code', () => {
  expect(writeBackWords('ehr_scope_missing').remedy).toContain('system/Appointment.write')
  expect(writeBackWords('smart_scope_refused').what).toContain('could not sign in')
  expect(writeBackWords('ehr_unavailable').what).toContain('busy')
  expect(writeBackWords('constructor').remedy).not.toBe('')
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { findMeetings } from '../../../src/core/meetings/find-meetings.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { bayFor, visitPartition } from '../../../src/core/visits/bay.ts'
import { visitRowKey } from '../../../src/core/visits/visit.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

const visitKey = 'A'.repeat(22)
const NOW = new Date('2031-03-04T15:45:00Z')
const writing = { writeBack: { links: true, arrived: false } }
const site = siteWith({}, writing)
let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
  const row = visitRow({ sealedAppointment: 'sealed', sealedMeeting: 'sealed' })
  const partitionKey = visitPartition(site.tenantId, site.siteId, bayFor(row))
  await storage.store.tables.visits.put({ partitionKey, rowKey: visitRowKey(visitKey), ...row })
})
afterAll(() => storage?.close())

/** What is found five minutes after the hour, when links that are still to be written are looked for. */
async function found(of: Site) {
  const ports = {
    store: storage.store,
    settings: { ALLOWED_TENANTS: [of.tenantId], VISIT_OPENS_MINUTES: 30 },
    now: () => NOW,
  }
  return findMeetings(ports as unknown as Parameters<typeof findMeetings>[0], of, NOW)
}

test('the links of a meeting that nobody wrote into the EHR yet are to be written', async () => {
  expect((await found(site)).writeback).toMatchObject([{ siteId: site.siteId, visitKey, what: 'links' }])
})

test('links that the EHR refused are not asked for again, until the visit moves: then they are for the new time', async () => {
  const { visits } = storage.store.tables
  const keys = {
    partitionKey: visitPartition(site.tenantId, site.siteId, '2031-03-04|cardiology'),
    rowKey: visitRowKey('B'.repeat(22)),
  }
  const refused = visitRow({
    sealedAppointment: 'sealed',
    sealedMeeting: 'sealed',
    since: '2031-03-01T10:00:00.000Z',
    writeBackFailure: 'ehr_refused',
    writeBackFailedAt: '2031-03-01T11:00:00.000Z',
  })
  const asked = async () => (await found(site)).writeback.some((one) => one.visitKey.startsWith('B'))
  await visits.put({ ...keys, ...refused })
  expect(await asked()).toBe(false)
  await visits.put({ ...keys, ...refused, since: '2031-03-02T10:00:00.000Z' })
  expect(await asked()).toBe(true)
  await visits.put({
    ...keys,
    ...refused,
    since: '2031-03-02T10:00:00.000Z',
    linksWrittenAt: '2031-03-02T11:00:00.000Z',
  })
  expect(await asked()).toBe(false)
})

test('of a site that is in setup nothing is to be written, and its meetings are looked after all the same', async () => {
  const [inUse, inSetup] = [await found(site), await found(siteWith({}, { ...writing, setup: true }))]
  expect(inSetup.writeback).toEqual([])
  expect(inUse.roster).not.toEqual([])
  expect(inSetup.roster).toEqual(inUse.roster)
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eraseOld } from '../../../src/core/visits/erase.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { at, type Clinic, clinic, DAY, linkKeys, seals } from '../messaging/clinic.fixture.ts'
import { type Life, life, mortalTables } from '../messaging/life.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

/** A clinic with two visits of the day, one with a meeting. */
async function clinicWithVisits(): Promise<Clinic> {
  const made = clinic(storage.store)
  made.ehr.book('A0', at('16:00'))
  made.ehr.book('A1', at('23:45'))
  await made.sweep(DAY)
  const visit = await made.visit('A0')
  if (!visit) throw new Error('no visit')
  await visitStore(storage.store, linkKeys, 7).update(visit, (row) => ({ ...row, sealedMeeting: 'sealed' }))
  return made
}
function erase(made: Clinic, of: Life = life()) {
  const store = { ...storage.store, tables: mortalTables(storage.store.tables, of) }
  return eraseOld({
    store,
    sites: { all: async () => [made.site], removed: async () => [] },
    visits: visitStore(store, linkKeys, 7),
    settings: { VISIT_ERASE_DAYS: 7 },
    now: made.now,
  } as unknown as Parameters<typeof eraseOld>[0])
}
async function linkOf(made: Clinic, id: string) {
  const visit = await made.visit(id)
  const token = visit && visitStore(storage.store, linkKeys, 7).patientToken(visit)
  // Asked as of the visit's own day, when a link that is there still leads somewhere.
  return visitStore(storage.store, linkKeys, 7).byToken(token ?? '', at('16:00'))
}
const until = (made: Clinic, instant: Date) => made.advance((instant.getTime() - made.now().getTime()) / 1000)

describe('what is erased', () => {
  test('are the sealed parts and the links of visits that have been over for seven days, not before', async () => {
    const made = await clinicWithVisits()
    until(made, at('23:59', '2026-12-01'))
    expect(await erase(made)).toMatchObject({ visits: 0 })
    expect(seals.appointmentId((await made.visit('A0')) as never)).toBe('A0')
    expect((await made.visit('A0'))?.row.patientKey).toMatch(/^[\w-]{22}$/)
    expect(await linkOf(made, 'A0')).toBeDefined()

    until(made, at('00:15', '2026-12-02'))
    expect(await erase(made)).toMatchObject({ visits: 2 })
    for (const id of ['A0', 'A1']) {
      const row = (await made.visit(id))?.row
      expect(row).toMatchObject({ version: 1, cause: 'baseline' })
      expect(row).not.toHaveProperty('sealedAppointment')
      expect(row).not.toHaveProperty('patientKey')
      expect(row).not.toHaveProperty('sealedMeeting')
      expect(await linkOf(made, id)).toBeUndefined()
    }
  })

  test('twice is nothing the second time', async () => {
    const made = await clinicWithVisits()
    until(made, at('03:15', '2026-12-03'))
    expect(await erase(made)).toMatchObject({ visits: 2 })
    const etag = (await made.visit('A0'))?.row.etag
    expect(await erase(made)).toMatchObject({ visits: 0 })
    expect((await made.visit('A0'))?.row.etag).toBe(etag)
  })

  test('is whose visit it was, also where a launch wrote that alone into a row that was erased before', async () => {
    const made = await clinicWithVisits()
    until(made, at('03:15', '2026-12-03'))
    await erase(made)
    const visit = await made.visit('A0')
    if (!visit) throw new Error('no visit')
    await storage.store.tables.visits.replace({ ...visit.row, patientKey: 'AAAAAAAAAAAAAAAAAAAAAA' })
    expect(await erase(made)).toMatchObject({ visits: 1 })
    expect((await made.visit('A0'))?.row).not.toHaveProperty('patientKey')
  })

  test('is what a timer that did not run for days left, too', async () => {
    const made = await clinicWithVisits()
    until(made, at('03:15', '2026-12-14'))
    expect(await erase(made)).toMatchObject({ visits: 2 })
  })

  test('is all of it in the end, wherever the process dies', async () => {
    const healthy = life()
    const first = await clinicWithVisits()
    until(first, at('03:15', '2026-12-03'))
    await erase(first, healthy)
    for (let dieAt = 0; dieAt < healthy.deeds; dieAt += 2) {
      const made = await clinicWithVisits()
      until(made, at('03:15', '2026-12-03'))
      await expect(erase(made, life(dieAt, 'after'))).rejects.toThrow()
      await erase(made)
      for (const id of ['A0', 'A1']) {
        expect((await made.visit(id))?.row).not.toHaveProperty('sealedAppointment')
        expect(await linkOf(made, id)).toBeUndefined()
      }
    }
  })

  test('is sealed again, with a link, when the EHR gives the visit a new day', async () => {
    const made = await clinicWithVisits()
    until(made, at('15:00', '2026-12-03'))
    await erase(made)
    await made.sweep('2026-12-20')
    made.ehr.change('A0', { start: at('16:00', '2026-12-20') })
    made.advance(60)
    await made.sweep('2026-12-20')
    await made.workAll()
    const visit = await made.visit('A0')
    expect(visit && seals.appointmentId(visit)).toBe('A0')
    expect(made.vendor.accepted).toHaveLength(1)
    expect(await linkOf(made, 'A0')).toBeDefined()
  })

  test('are used-up sign-in states a day after their time', async () => {
    const made = clinic(storage.store)
    const { consumed } = storage.store.tables
    const state = (rowKey: string, until: string) => ({
      partitionKey: 'state',
      rowKey,
      schema: 1 as const,
      until,
    })
    await consumed.insert(state(`${made.site.siteId} old`, '2026-11-21T14:00:00.000Z'))
    await consumed.insert(state(`${made.site.siteId} new`, '2026-11-21T16:00:00.000Z'))
    expect((await erase(made)).states).toBeGreaterThanOrEqual(1)
    expect(await consumed.get('state', `${made.site.siteId} old`)).toBeUndefined()
    expect(await consumed.get('state', `${made.site.siteId} new`)).toBeDefined()
  })
})

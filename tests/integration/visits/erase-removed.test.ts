import { afterAll, beforeAll, expect, test } from 'vitest'
import { mappings } from '../../../src/core/accounts/mapping.ts'
import { type SiteStore, siteStore } from '../../../src/core/sites/site-store.ts'
import { eraseRemoved } from '../../../src/core/visits/erase-removed.ts'
import { openVisits } from '../../../src/core/visits/open-visits.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { at, type Clinic, clinic, DAY, linkKeys, seals } from '../messaging/clinic.fixture.ts'
import { life, mortalTables } from '../messaging/life.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const visits = () => visitStore(storage.store, linkKeys, 7)
const sitesOf = (made: Clinic): SiteStore => siteStore(storage.store, made.now)
const erase = (made: Clinic, of = life()) => {
  const store = { ...storage.store, tables: mortalTables(storage.store.tables, of) }
  return eraseRemoved({
    store,
    sites: siteStore(store, made.now),
    visits: visitStore(store, linkKeys, 7),
    now: made.now,
  })
}

/** A clinic whose configuration is stored, with a visit today and one in three weeks, and a mapped EHR user. */
async function storedClinic(): Promise<Clinic> {
  const made = clinic(storage.store)
  const fhirBaseUrl = `https://ehr.example/${made.site.siteId}`
  const saved = await sitesOf(made).save({ ...made.site, fhirBaseUrl })
  if (!saved.ok) throw new Error(saved.failure.code)
  made.ehr.book('A0', at('16:00'))
  await made.sweep(DAY)
  made.ehr.book('A1', at('16:00', '2026-12-14'))
  await made.sweep('2026-12-14')
  const { tenantId, siteId } = made.site
  const user = { issuer: 'https://ehr.example', subject: `user-${siteId}`, practitionerId: '1' }
  await mappings(storage.store).confirm(tenantId, siteId, user, '0d4f5a10', made.now())
  return made
}
const userOf = ({ site: { tenantId, siteId } }: Clinic) =>
  mappings(storage.store).find(tenantId, siteId, { issuer: 'https://ehr.example', subject: `user-${siteId}` })
async function remove(made: Clinic): Promise<void> {
  const { tenantId, siteId } = made.site
  const read = await sitesOf(made).read(tenantId, siteId)
  expect(await sitesOf(made).remove(tenantId, siteId, read?.version ?? '')).toMatchObject({ ok: true })
}
async function leftOf(made: Clinic): Promise<string[]> {
  const left: string[] = []
  for (const id of ['A0', 'A1']) {
    const visit = await made.visit(id)
    if (!visit) throw new Error('the pseudonymous row itself stays')
    if (seals.appointmentId(visit)) left.push(`${id} sealed`)
    const token = visits().patientToken(visit)
    if (await visits().byToken(token ?? '', made.now())) left.push(`${id} link`)
  }
  if (await userOf(made)) left.push('user')
  return left
}
const ALL = ['A0 sealed', 'A0 link', 'A1 sealed', 'A1 link', 'user']

test('what is sealed, the links and the mapped users of a removed site are erased at the next run, to come or past', async () => {
  const [made, other] = [await storedClinic(), await storedClinic()]
  expect(await erase(made)).toBe(0)
  expect(await leftOf(made)).toEqual(ALL)
  await remove(made)
  expect(await erase(made)).toBe(2)
  expect(await leftOf(made)).toEqual([])
  // Of a site that is still there, nothing was touched.
  expect(await leftOf(other)).toEqual(ALL)
})

test('what was still being written when it was removed is erased later; then the site is forgotten', async () => {
  const made = await storedClinic()
  await remove(made)
  await erase(made)
  made.ehr.book('A2', at('17:00'))
  await made.sweep(DAY)
  expect(await erase(made)).toBe(1)
  const listed = async () => (await sitesOf(made).removed()).some(({ siteId }) => siteId === made.site.siteId)
  expect(await listed()).toBe(true)
  made.advance(9 * 86_400)
  await erase(made)
  expect(await listed()).toBe(false)
})

test('a removal that broke off erases nothing of a site that is still there', async () => {
  const made = await storedClinic()
  const { tenantId, siteId } = made.site
  const read = await sitesOf(made).read(tenantId, siteId)
  const of = life(2, 'after')
  const store = { ...storage.store, tables: mortalTables(storage.store.tables, of) }
  await expect(siteStore(store, made.now).remove(tenantId, siteId, read?.version ?? '')).rejects.toThrow()
  expect(await sitesOf(made).get(tenantId, siteId)).toBeDefined()
  expect(await erase(made)).toBe(0)
  expect(await leftOf(made)).toEqual(ALL)
})

test('wherever the process dies, the next run erases the rest', async () => {
  const healthy = life()
  const first = await storedClinic()
  await remove(first)
  await erase(first, healthy)
  for (let dieAt = 0; dieAt < healthy.deeds; dieAt += 3) {
    const made = await storedClinic()
    await remove(made)
    await expect(erase(made, life(dieAt, 'after'))).rejects.toThrow()
    await erase(made)
    expect(await leftOf(made)).toEqual([])
  }
})

test('open visits are told by number, with those that have a meeting', async () => {
  const made = await storedClinic()
  const look = () => openVisits(storage.store, made.site, 30, made.now())
  expect(await look()).toEqual({ visits: 2, meetings: 0, more: false })
  const visit = await made.visit('A0')
  if (!visit) throw new Error('no visit')
  await visits().update(visit, (row) => ({ ...row, sealedMeeting: 'sealed' }))
  expect(await look()).toEqual({ visits: 2, meetings: 1, more: false })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeSite, changeTenant } from '../../../src/core/sites/change.ts'
import { history } from '../../../src/core/sites/history.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { tenantStore } from '../../../src/core/sites/tenant-store.ts'
import { NOT_YET } from '../../../src/core/sites/version.ts'
import { site as siteOf, WOODGROVE } from '../../unit/sites/site.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

let storage: Storage
let clock = new Date('2031-03-04T16:00:00Z')
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const ports = () => ({
  sites: siteStore(storage.store, () => clock),
  tenants: tenantStore(storage.store),
  history: history(storage.store, () => clock),
})
const by = '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0001'
const tenantId = '11111111-1111-4111-8111-111111111111'
const change = { tenantId, by, what: 'site_saved' }

test('a tenant that nobody has configured reads as an empty one, and reading writes nothing', async () => {
  const { tenants } = ports()
  expect(await tenants.read(tenantId, 'Lakeside')).toMatchObject({
    value: { name: 'Lakeside', organizers: [] },
    version: NOT_YET,
  })
  expect(await storage.store.tables.tenants.get(tenantId, 'tenant')).toBeUndefined()
})

test('of two administrators who answer at once the second is told, and nothing is overwritten', async () => {
  const { tenants } = ports()
  const { version } = await tenants.read(tenantId)
  const answer = (visitsPerMonth: number) =>
    changeTenant(ports(), { ...change, what: 'answers_saved' }, version, (tenant) => ({
      ...tenant,
      visitsPerMonth,
    }))
  const outcomes = await Promise.all([answer(100), answer(200)])
  expect(outcomes.map(({ ok }) => ok).sort()).toEqual([false, true])
  const kept = await tenants.read(tenantId)
  expect([100, 200]).toContain(kept.value.visitsPerMonth)
})

test('the history says who changed what, the newest first, page by page', async () => {
  const { sites, history: log } = ports()
  const made = siteOf({ tenantId, siteId: 'history00001', fhirBaseUrl: 'https://ehr.example.org/r4/history' })
  await sites.save(made, NOT_YET)
  for (const name of ['One', 'Two', 'Three']) {
    clock = new Date(clock.getTime() + 1000)
    const { version = '' } = (await sites.read(tenantId, made.siteId)) ?? {}
    const changed = await changeSite(ports(), change, made.siteId, version, (site) => ({ ...site, name }))
    expect(changed).toMatchObject({ ok: true, value: { name } })
  }
  const [newest, second] = await log.read(tenantId, 2)
  expect(newest).toMatchObject({ by, what: 'site_saved', siteId: made.siteId })
  expect(newest?.changes).toEqual([{ field: 'name', from: 'Two', to: 'Three' }])
  const [third] = await log.read(tenantId, 1, second?.id)
  expect(third?.changes).toEqual([{ field: 'name', from: 'Northwind Health', to: 'One' }])
  expect(await log.read(WOODGROVE, 10)).toEqual([])
})

test('a site of another tenant is unknown, whoever knows its id', async () => {
  const { sites } = ports()
  const foreign = siteOf({
    tenantId: WOODGROVE,
    siteId: 'foreign00001',
    fhirBaseUrl: 'https://ehr.example.org/x',
  })
  await sites.save(foreign, NOT_YET)
  const { version = '' } = (await sites.read(WOODGROVE, foreign.siteId)) ?? {}
  const changed = await changeSite(ports(), change, foreign.siteId, version, (site) => ({
    ...site,
    name: 'Mine',
  }))
  expect(changed).toMatchObject({ ok: false, failure: { code: 'site_unknown' } })
  expect((await sites.get(WOODGROVE, foreign.siteId))?.name).toBe(foreign.name)
})

test('an edit cannot give a site to another tenant', async () => {
  const { sites } = ports()
  const made = siteOf({ tenantId, siteId: 'keeps0000001', fhirBaseUrl: 'https://ehr.example.org/keeps' })
  await sites.save(made, NOT_YET)
  const { version = '' } = (await sites.read(tenantId, made.siteId)) ?? {}
  await changeSite(ports(), change, made.siteId, version, (site) => ({ ...site, tenantId: WOODGROVE }))
  expect((await sites.get(tenantId, made.siteId))?.tenantId).toBe(tenantId)
  expect(await sites.get(WOODGROVE, made.siteId)).toBeUndefined()
})

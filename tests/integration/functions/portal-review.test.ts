import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { doctorStore, fingerprintOf, WAITING } from '../../../src/core/doctor/doctor-store.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { text } from '../../unit/pages/markup.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { type Fixture, startFixture } from '../sandbox/acs.fixture.ts'
import { collect, type Storage, startStorage } from '../store/storage.fixture.ts'
import { type Page, portalApp, type Visitor, visitor } from './portal-world.ts'
import type { Registered } from './registered.ts'

const registered = vi.hoisted(() => new Map() as Registered)
const running = vi.hoisted(() => ({ app: undefined as unknown }))

vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => registered.set(name, options) },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: false }))

const OWN = '11111111-1111-4111-8111-111111111111'
const OTHER = '22222222-2222-4222-8222-222222222222'

let storage: Storage
let vendor: Fixture
let made: ReturnType<typeof portalApp>
let admin: Visitor
let number = 0
let testing: Site
let production: Site

beforeAll(async () => {
  ;[storage, vendor] = await Promise.all([startStorage(), startFixture()])
  made = portalApp(storage, vendor, [OWN, OTHER])
  running.app = made.app
  await import('../../../src/functions/portal-review.ts')
  admin = visitor(made.app, registered, OWN)
})
afterAll(async () => {
  await vendor?.acs.close()
  await storage?.close()
})
beforeEach(async () => {
  for (const { value, version } of await made.app.sites.readAll(OWN))
    await made.app.sites.remove(OWN, value.siteId, version)
  const ready = { tenantId: OWN, setup: true, organizers: ['organizer-1'] }
  const base = (siteId: string) => `https://ehr.example.org/r4/${siteId}`
  const [one, two] = [`testing${++number}`.padEnd(12, '0'), `prod${number}`.padEnd(12, '0')]
  testing = siteOf({ ...ready, siteId: one, name: 'Lakeside test', fhirBaseUrl: base(one) })
  production = siteOf({
    ...ready,
    siteId: two,
    name: 'Lakeside',
    environment: 'production',
    patientPhone: '+18165550100',
    fhirBaseUrl: base(two),
  })
  for (const site of [testing, production]) await made.app.sites.save(site)
})

const siteNow = ({ siteId }: Site) => made.app.sites.read(OWN, siteId)
async function finish(site: Site, fields: Record<string, string> = {}, as = admin): Promise<Page> {
  const { siteId } = site
  const version = (await siteNow(site))?.version ?? ''
  return as.post('portalFinish', `/portal/sites/${siteId}/finish`, { version, ...fields }, { siteId })
}

/** A run of the doctor that ended, on the site as it is now. */
async function doctorRan(site: Site, state: 'pass' | 'fail'): Promise<void> {
  const at = made.app.now().toISOString()
  const lines = WAITING.map((line, index) => ({ ...line, state: index === 0 ? state : ('pass' as const) }))
  const run = { runId: 'run', startedAt: at, finishedAt: at, by: 'somebody', lines }
  const runs = doctorStore(storage.store, made.app.now)
  await runs.begin(OWN, site.siteId, { ...run, fingerprint: fingerprintOf(site) })
}

describe('a Testing site', () => {
  test('is finished without a run of the doctor, and its history says so', async () => {
    expect((await finish(testing)).to).toBe('/portal/review?done=finished')
    expect((await siteNow(testing))?.value.setup).toBeUndefined()
    const [entry] = await collect(storage.store.tables.history.list(OWN))
    expect(entry).toMatchObject({ what: 'site_finished', by: `admin-of-${OWN}` })
  })

  test('that lacks something is not finished by a crafted form, and the page says what', async () => {
    await made.app.sites.save({ ...testing, organizers: [] })
    const refused = await finish(testing)
    expect(refused.status).toBe(422)
    expect(refused.html).toContain(`href="/portal/sites/${testing.siteId}#`)
    expect((await siteNow(testing))?.value.setup).toBe(true)
  })

  test('that somebody changed meanwhile is not finished over their change', async () => {
    const { version } = (await siteNow(testing)) ?? {}
    await made.app.sites.save({ ...testing, name: 'Renamed' })
    const refused = await finish(testing, { version: version ?? '' })
    expect([refused.status, refused.to]).toEqual([409, undefined])
    expect((await siteNow(testing))?.value).toMatchObject({ name: 'Renamed', setup: true })
  })
})

describe('a Production site', () => {
  test('is not finished before the doctor has passed on a Testing site, and what was typed stays', async () => {
    await doctorRan(testing, 'fail')
    const words = text((await admin.get('portalReview', '/portal/review')).html)
    expect(words).toContain('No testing site has passed the connection doctor')
    for (const fields of [{}, { override: 'yes' }, { reason: 'There is <no> test domain.' }]) {
      const refused = await finish(production, fields)
      expect(refused.status).toBe(422)
      expect(text(refused.html)).toContain('Tick the box and give a reason')
      expect(/<input[^>]*name="override"[^>]*>/.exec(refused.html)?.[0].includes(' checked')).toBe(
        'override' in fields,
      )
      expect(refused.html.includes('value="There is &lt;no&gt; test domain."')).toBe('reason' in fields)
    }
    expect((await siteNow(production))?.value.setup).toBe(true)
  })

  test('is finished without it by a decision, kept with who, when and why', async () => {
    const done = await finish(production, { override: 'yes', reason: ' The EHR has no test domain. ' })
    expect(done.to).toBe('/portal/review?done=finished')
    const { value } = (await siteNow(production)) ?? {}
    expect(value?.setup).toBeUndefined()
    expect(value?.override).toEqual({
      by: `admin-of-${OWN}`,
      at: made.app.now().toISOString(),
      reason: 'The EHR has no test domain.',
    })
  })

  test('is finished after the doctor has passed on a Testing site, and no decision is kept', async () => {
    await doctorRan(testing, 'pass')
    const page = await admin.get('portalReview', '/portal/review')
    expect(text(page.html)).not.toContain('No testing site has passed')
    await finish(production, { override: 'yes', reason: 'Not needed.' })
    expect((await siteNow(production))?.value).not.toHaveProperty('override')
    expect((await siteNow(production))?.value.setup).toBeUndefined()
  })
})

test('the page reads the sites once', async () => {
  const { sites } = storage.store.tables
  const list = vi.spyOn(sites, 'list')
  const get = vi.spyOn(sites, 'get')
  await admin.get('portalReview', '/portal/review')
  expect([list.mock.calls.length, get.mock.calls.length]).toEqual([1, 0])
  vi.restoreAllMocks()
})

test('somebody who may only look, and another organization, finish nothing', async () => {
  const reader = visitor(made.app, registered, OWN, false)
  expect((await finish(testing, {}, reader)).status).toBe(403)
  expect((await finish(testing, {}, visitor(made.app, registered, OTHER))).status).toBe(404)
  expect((await siteNow(testing))?.value.setup).toBe(true)
})

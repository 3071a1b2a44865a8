import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Site } from '../../../src/core/sites/site.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { NOT_YET } from '../../../src/core/sites/version.ts'
import { site as siteOf, WOODGROVE } from '../../unit/sites/site.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
let storage: Storage
let clock = NOW
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const sites = () => siteStore(storage.store, () => clock)
let serial = 0
/** Ids and a base of its own for every test. */
function newSite(more: Partial<Site> = {}): Site {
  const number = String(++serial).padStart(12, '0')
  const fhirBaseUrl = `https://ehr.example.org/r4/7d1c5a52-3f0e-4c9a-9a56-${number}`
  return siteOf({ siteId: number, fhirBaseUrl, ...more })
}
async function saved(more: Partial<Site> = {}): Promise<Site> {
  const made = newSite(more)
  expect(await sites().save(made)).toEqual({ ok: true, value: undefined })
  return made
}
const taken = { ok: false, failure: { code: 'site_url_taken' } }

describe('a site', () => {
  test('is found by its base, its id, and among its tenant’s', async () => {
    const made = await saved()
    expect(await sites().byIssuer(made.fhirBaseUrl)).toEqual(made)
    expect(await sites().bySiteId(made.siteId)).toEqual(made)
    expect(await sites().get(made.tenantId, made.siteId)).toEqual(made)
    expect(await sites().ofTenant(made.tenantId)).toContainEqual(made)
    expect(await sites().all()).toContainEqual(made)
  })

  test('is found however the EHR spells its base, and only by that base', async () => {
    const made = await saved()
    const spelled = made.fhirBaseUrl.replace(
      'https://ehr.example.org/r4',
      'HTTPS://EHR.example.org:443//x/../%724',
    )
    expect(await sites().byIssuer(`${spelled}/`)).toEqual(made)
    for (const other of [
      made.fhirBaseUrl.replace('/r4/', '/R4/'),
      `${made.fhirBaseUrl}/x`,
      made.fhirBaseUrl.replace('https:', 'http:'),
    ])
      expect(await sites().byIssuer(other), other).toBeUndefined()
  })

  test('is not found by what no EHR calls itself', async () => {
    const { fhirBaseUrl } = await saved()
    for (const odd of [
      `${fhirBaseUrl}?x=1`,
      `${fhirBaseUrl}#`,
      fhirBaseUrl.replace('//', '//user@'),
      'not a URL',
      '',
    ])
      expect(await sites().byIssuer(odd), odd).toBeUndefined()
  })

  test('of another tenant is not there, whoever knows its id', async () => {
    const made = await saved()
    expect(await sites().get(WOODGROVE, made.siteId)).toBeUndefined()
    expect(await sites().ofTenant(WOODGROVE)).not.toContainEqual(made)
  })

  test('may be saved again, changed', async () => {
    const made = await saved()
    const renamed = { ...made, name: 'Another name' }
    expect((await sites().save(renamed)).ok).toBe(true)
    expect(await sites().byIssuer(made.fhirBaseUrl)).toEqual(renamed)
  })
})

describe('a base', () => {
  test('belongs to one site: of the same tenant, of another, in any spelling', async () => {
    const { fhirBaseUrl } = await saved()
    expect(await sites().save(newSite({ fhirBaseUrl }))).toEqual(taken)
    expect(await sites().save(newSite({ fhirBaseUrl, tenantId: WOODGROVE }))).toEqual(taken)
    const spelled = fhirBaseUrl.replace('https://ehr.example.org/r4', 'https://EHR.example.org.:443//r4/./')
    expect(await sites().save(newSite({ fhirBaseUrl: spelled, tenantId: WOODGROVE }))).toEqual(taken)
  })

  test('that is refused leaves nothing behind', async () => {
    const { fhirBaseUrl } = await saved()
    const refused = newSite({ fhirBaseUrl, tenantId: WOODGROVE })
    await sites().save(refused)
    expect(await sites().get(WOODGROVE, refused.siteId)).toBeUndefined()
    expect(await sites().bySiteId(refused.siteId)).toBeUndefined()
  })

  test('is free again when its site moves to another', async () => {
    const made = await saved()
    const moved = { ...made, fhirBaseUrl: newSite().fhirBaseUrl }
    expect((await sites().save(moved)).ok).toBe(true)
    expect(await sites().byIssuer(made.fhirBaseUrl)).toBeUndefined()
    expect(await sites().byIssuer(moved.fhirBaseUrl)).toEqual(moved)
    const next = await saved({ fhirBaseUrl: made.fhirBaseUrl, tenantId: WOODGROVE })
    expect(await sites().byIssuer(made.fhirBaseUrl)).toEqual(next)
  })

  test('that its site only spells anew stays its own', async () => {
    const made = await saved()
    expect((await sites().save({ ...made, fhirBaseUrl: `${made.fhirBaseUrl}/` })).ok).toBe(true)
    expect((await sites().byIssuer(made.fhirBaseUrl))?.siteId).toBe(made.siteId)
  })

  test('that two tenants save at the same moment is one’s alone', async () => {
    for (let round = 0; round < 5; round++) {
      const { fhirBaseUrl } = newSite()
      const both = [newSite({ fhirBaseUrl }), newSite({ fhirBaseUrl, tenantId: WOODGROVE })]
      const outcomes = await Promise.all(both.map((one) => sites().save(one)))
      expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
      expect(await sites().byIssuer(fhirBaseUrl)).toEqual(both[outcomes.findIndex(({ ok }) => ok)])
    }
  })

  test('that was claimed by a save which broke off is free after ten minutes', async () => {
    const { fhirBaseUrl } = newSite()
    const lost = newSite({ fhirBaseUrl, tenantId: WOODGROVE })
    await sites().save(lost)
    // As if the process had died between the claim and the site's own row.
    await storage.store.tables.sites.remove({ partitionKey: WOODGROVE, rowKey: lost.siteId })
    const next = newSite({ fhirBaseUrl })
    expect(await sites().save(next)).toEqual(taken)
    clock = new Date(NOW.getTime() + 10 * 60_000)
    expect((await sites().save(next)).ok).toBe(true)
    clock = NOW
    expect(await sites().byIssuer(fhirBaseUrl)).toEqual(next)
  })
})

describe('a patient portal’s base', () => {
  const portal = (fhirBaseUrl: string) => ({
    patientLaunch: { fhirBaseUrl, client: siteOf().launch, allowedIssuers: [] },
  })

  test('finds the site, and may be the clinicians’ one', async () => {
    const base = newSite().fhirBaseUrl
    const made = await saved({ fhirBaseUrl: base, ...portal(base) })
    expect(await sites().byPatientIssuer(base)).toEqual(made)
    const { patientLaunch: _, ...without } = made
    expect((await sites().save(without)).ok).toBe(true)
    expect(await sites().byPatientIssuer(base)).toBeUndefined()
  })

  test('is never another tenant’s base for clinicians, nor the other way round', async () => {
    const { fhirBaseUrl } = await saved()
    const foreign = newSite({ tenantId: WOODGROVE, ...portal(fhirBaseUrl) })
    expect(await sites().save(foreign)).toEqual(taken)
    expect(await sites().byPatientIssuer(fhirBaseUrl)).toBeUndefined()
    const patients = newSite().fhirBaseUrl
    await saved({ tenantId: WOODGROVE, ...portal(patients) })
    expect(await sites().save(newSite({ fhirBaseUrl: patients }))).toEqual(taken)
  })
})

test('an id belongs to one tenant: nobody takes a site over by saving under its id', async () => {
  const made = await saved()
  const foreign = newSite({ siteId: made.siteId, tenantId: WOODGROVE })
  expect(await sites().save(foreign)).toEqual({ ok: false, failure: { code: 'site_id_taken' } })
  expect(await sites().bySiteId(made.siteId)).toEqual(made)
})

describe('a sibling', () => {
  test('is the same EHR customer under the address of its other environment', async () => {
    const made = await saved()
    const production = made.fhirBaseUrl.replace('ehr.example.org', 'fhir.example.com')
    expect(await sites().bySibling(production)).toEqual(made)
  })

  test('is not everything that ends in the same word', async () => {
    await saved({ fhirBaseUrl: 'https://one.example.org/fhir' })
    expect(await sites().bySibling('https://two.example.org/fhir')).toBeUndefined()
    expect(await sites().bySibling('nonsense')).toBeUndefined()
  })

  test('is forgotten when its site moves away', async () => {
    const made = await saved()
    await sites().save({ ...made, fhirBaseUrl: newSite().fhirBaseUrl })
    const production = made.fhirBaseUrl.replace('ehr.example.org', 'fhir.example.com')
    expect(await sites().bySibling(production)).toBeUndefined()
  })
})

describe('a client that signs with the deployment’s key', () => {
  const endpoint = () => `https://login.example.org/${++serial}/token`

  test('is the tenant’s that used it first, for all of that tenant’s sites', async () => {
    const [first, second] = [await saved(), await saved()]
    const foreign = await saved({ tenantId: WOODGROVE })
    const token = endpoint()
    expect((await sites().claimClient(first, token, 'system-client')).ok).toBe(true)
    expect((await sites().claimClient(first, token, 'system-client')).ok).toBe(true)
    expect((await sites().claimClient(second, token, 'system-client')).ok).toBe(true)
    expect(await sites().claimClient(foreign, token, 'system-client')).toEqual({
      ok: false,
      failure: { code: 'site_client_taken' },
    })
  })

  test('is the same client however the endpoint is spelled', async () => {
    const [own, foreign] = [await saved(), await saved({ tenantId: WOODGROVE })]
    const token = endpoint()
    await sites().claimClient(own, token, 'system-client')
    const spelled = token.replace('https://login.example.org', 'HTTPS://LOGIN.example.org:443//x/..')
    for (const other of [spelled, `${token}/`, `${token}?x=1`])
      expect((await sites().claimClient(foreign, other, 'system-client')).ok, other).toBe(false)
  })

  test('is another one at another EHR, and another id is another client', async () => {
    const [own, foreign] = [await saved(), await saved({ tenantId: WOODGROVE })]
    const token = endpoint()
    await sites().claimClient(own, token, 'system-client')
    expect((await sites().claimClient(foreign, endpoint(), 'system-client')).ok).toBe(true)
    expect((await sites().claimClient(foreign, token, 'launch-client')).ok).toBe(true)
  })

  test('of two tenants that use it for the first time at once is one’s', async () => {
    const both = [await saved(), await saved({ tenantId: WOODGROVE })]
    const token = endpoint()
    const outcomes = await Promise.all(both.map((one) => sites().claimClient(one, token, 'system-client')))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('is free when no site of its tenant uses it any more', async () => {
    const client = { ...siteOf().launch, clientId: `client-${++serial}` }
    const own = await saved({ launch: client })
    const foreign = await saved({ tenantId: WOODGROVE, launch: client })
    const token = endpoint()
    await sites().claimClient(own, token, client.clientId)
    expect((await sites().claimClient(foreign, token, client.clientId)).ok).toBe(false)
    await sites().save({ ...own, launch: siteOf().launch })
    expect((await sites().claimClient(foreign, token, client.clientId)).ok).toBe(true)
    expect((await sites().claimClient(own, token, client.clientId)).ok).toBe(false)
  })
})

test('a site that is damaged in storage is an error without its words', async () => {
  const made = await saved()
  const keys = { partitionKey: made.tenantId, rowKey: made.siteId }
  await storage.store.tables.sites.put({ ...keys, schema: 1, json: '{"name":"Secret clinic"' })
  await expect(sites().get(made.tenantId, made.siteId)).rejects.toThrow('does not hold JSON')
  await expect(sites().get(made.tenantId, made.siteId)).rejects.not.toThrow('Secret')
  await storage.store.tables.sites.remove(keys)
})

describe('two administrators who edit at once', () => {
  test('do not overwrite each other: the second is told', async () => {
    const made = await saved()
    const [first, second] = await Promise.all([0, 1].map(() => sites().read(made.tenantId, made.siteId)))
    if (!first || !second) throw new Error('the site is not there')
    expect(await sites().save({ ...first.value, name: 'First' }, first.version)).toMatchObject({ ok: true })
    expect(await sites().save({ ...second.value, name: 'Second' }, second.version)).toEqual({
      ok: false,
      failure: { code: 'config_changed' },
    })
    expect((await sites().get(made.tenantId, made.siteId))?.name).toBe('First')
  })

  test('cannot both add the same new site', async () => {
    const made = newSite()
    expect(await sites().save(made, NOT_YET)).toMatchObject({ ok: true })
    expect(await sites().save(made, NOT_YET)).toEqual({ ok: false, failure: { code: 'config_changed' } })
  })

  test('who add the same at the very same moment leave its address to the site', async () => {
    const made = newSite()
    expect(await sites().save(made, NOT_YET)).toMatchObject({ ok: true })
    const { tables } = storage.store
    let early = true
    // The slower one looked before the faster one wrote.
    const get: typeof tables.sites.get = async (...keys) => {
      if (!early) return tables.sites.get(...keys)
      early = false
      return undefined
    }
    const slower = siteStore({ tables: { ...tables, sites: { ...tables.sites, get } } }, () => clock)
    expect(await slower.save(made, NOT_YET)).toEqual({ ok: false, failure: { code: 'config_changed' } })
    expect(await sites().byIssuer(made.fhirBaseUrl)).toEqual(made)
  })
})

describe('a site that is removed', () => {
  test('is found no more, and its base and id are free for others', async () => {
    const made = await saved()
    const read = await sites().read(made.tenantId, made.siteId)
    expect(await sites().remove(made.tenantId, made.siteId, 'another version')).toMatchObject({ ok: false })
    expect(await sites().remove(made.tenantId, made.siteId, read?.version ?? '')).toMatchObject({ ok: true })
    expect(await sites().byIssuer(made.fhirBaseUrl)).toBeUndefined()
    expect(await sites().bySiteId(made.siteId)).toBeUndefined()
    expect(await sites().save({ ...made, tenantId: WOODGROVE }, NOT_YET)).toMatchObject({ ok: true })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ehrConnections } from '../../../src/core/ehr/connect.ts'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import { type LaunchSession, takenBack, withRefused } from '../../../src/core/launches/session.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { createBackendTokens } from '../../../src/core/smart/backend-token.ts'
import { createDiscoveryCache } from '../../../src/core/smart/discovery.ts'
import { site as siteOf, WOODGROVE } from '../../unit/sites/site.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { startClinic } from './ehr.fixture.ts'

let offset = 0
const now = () => new Date(Date.now() + offset)
let storage: Storage
let clinic: Awaited<ReturnType<typeof startClinic>>
beforeAll(async () => {
  storage = await startStorage()
  clinic = await startClinic(now)
  useFetch(clinic.outbound.fetch)
})
afterAll(async () => {
  useFetch(undefined)
  await clinic.ehr.close()
  await storage.close()
})

function connections() {
  const sites = siteStore(storage.store, now)
  const smart = {
    discovery: createDiscoveryCache(),
    tokens: createBackendTokens(),
    site: async () => clinic.smartSite(),
  }
  return { sites, ...ehrConnections({ sites, smart, outbound: clinic.outbound, now }) }
}
const own = () => siteOf({ fhirBaseUrl: clinic.ehr.fhirBaseUrl })
const tokenRequests = () => clinic.ehr.ledger.filter(({ path }) => path.endsWith('/token')).length
const patientId = () => clinic.ehr.patients()[0]?.id ?? ''

describe('the system account', () => {
  test('reads, and asks for a token once', async () => {
    const { systemEhr } = connections()
    const before = tokenRequests()
    for (const _ of [1, 2]) {
      const ehr = await systemEhr(own())
      expect(ehr.ok && (await ehr.value.patient(patientId())).ok).toBe(true)
    }
    expect(tokenRequests()).toBe(before + 1)
  })

  test('gets a new token after the EHR refused the one it had', async () => {
    const { systemEhr } = connections()
    const first = await systemEhr(own())
    if (!first.ok) throw new Error(first.failure.code)
    // The EHR forgets the token before the time that it had promised.
    offset = 3_600_000
    expect(await first.value.patient(patientId())).toMatchObject({ failure: { code: 'ehr_token_expired' } })
    offset = 0
    const before = tokenRequests()
    const second = await systemEhr(own())
    expect(tokenRequests()).toBe(before + 1)
    expect(second.ok && (await second.value.patient(patientId())).ok).toBe(true)
  })

  test('of one tenant gives no token to another that typed its client under another spelling of the base', async () => {
    const { sites, systemEhr } = connections()
    await sites.save(own())
    expect((await systemEhr(own())).ok).toBe(true)
    const spelled = clinic.ehr.fhirBaseUrl.replace('/r4/', '/%72%34/').replace(/\/r4$/, '')
    const foreign = siteOf({
      tenantId: WOODGROVE,
      siteId: 'woodgrove001',
      fhirBaseUrl: `${spelled}?tenant=woodgrove`,
    })
    expect(await sites.save(foreign)).toMatchObject({ failure: { code: 'site_url_taken' } })
    // Even a base that no normalization sees through leads to the same token endpoint and client.
    const before = tokenRequests()
    expect(await systemEhr({ ...foreign, fhirBaseUrl: `${clinic.ehr.fhirBaseUrl};v=1` })).toMatchObject({
      failure: { code: 'smart_client_rejected', detail: 'site_client_taken' },
    })
    expect(tokenRequests()).toBe(before)
  })
})

describe('a launch', () => {
  const session = (accessTokenUntil: Date): LaunchSession => ({
    launchId: 'launch',
    tenantId: own().tenantId,
    siteId: own().siteId,
    ehrUser: { issuer: 'i', subject: 's' },
    context: { kind: 'none' },
    accessToken: 'a-token-that-has-run-out',
    accessTokenUntil: accessTokenUntil.toISOString(),
  })

  test('reads with its own token while that lives, then with the system account', async () => {
    const { launchEhr } = connections()
    const before = tokenRequests()
    await launchEhr(own(), session(new Date(now().getTime() + 60_000)))
    expect(tokenRequests()).toBe(before)
    const later = await launchEhr(own(), session(new Date(now().getTime() + 4_000)))
    expect(later.ok && (await later.value.patient(patientId())).ok).toBe(true)
  })

  test('whose token the EHR refuses before its time is told so, and is read by nobody else from then on', async () => {
    const { launchEhr } = connections()
    const before = tokenRequests()
    const alive = session(new Date(now().getTime() + 60_000))
    const said: boolean[] = []
    const ehr = await launchEhr(own(), alive, (refused) => said.push(refused))
    expect(ehr.ok && (await ehr.value.patient(patientId()))).toMatchObject({
      failure: { code: 'ehr_token_expired' },
    })
    expect(said).toEqual([true])
    // It may be a trouble that passes: while the token should live, it is tried again, and by nothing else afterwards.
    const refused = withRefused(alive, true)
    expect(await launchEhr(own(), refused)).toMatchObject({ ok: true })
    const over = { ...refused, accessTokenUntil: new Date(0).toISOString() }
    const taken = { failure: { code: 'launch_taken_back' } }
    expect(await launchEhr(own(), over)).toMatchObject(taken)
    expect(await launchEhr(own(), takenBack(alive))).toMatchObject(taken)
    expect(tokenRequests()).toBe(before)
  })

  test('whose token runs out while it is read with lost nothing: it ended by its own time', async () => {
    const { launchEhr } = connections()
    const said: boolean[] = []
    const ehr = await launchEhr(own(), session(new Date(now().getTime() + 6_000)), (refused) =>
      said.push(refused),
    )
    offset = 7_000
    try {
      expect(ehr.ok && (await ehr.value.patient(patientId())).ok).toBe(false)
      expect(said).toEqual([])
    } finally {
      offset = 0
    }
  })

  test('whose token the EHR takes again is told so', async () => {
    const { systemConnection, launchEhr } = connections()
    const system = await systemConnection(own())
    if (!system.ok) throw new Error(system.failure.code)
    const alive = session(new Date(now().getTime() + 60_000))
    const said: boolean[] = []
    const { accessToken } = system.value
    const ehr = await launchEhr(own(), withRefused({ ...alive, accessToken }, true), (refused) =>
      said.push(refused),
    )
    expect(ehr.ok && (await ehr.value.patient(patientId())).ok).toBe(true)
    expect(said).toEqual([false])
  })

  test('of a site without a system account goes on with its own token, and is told when that has run out', async () => {
    const { launchEhr } = connections()
    const { system: _, ...site } = own()
    const ehr = await launchEhr(site, session(new Date(now().getTime() - 1)))
    expect(ehr.ok && (await ehr.value.patient(patientId()))).toMatchObject({
      failure: { code: 'ehr_token_expired' },
    })
  })
})

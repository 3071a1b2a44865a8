import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type SandboxEhr, startEhr } from '../../../sandbox/ehr/ehr.ts'
import { placesById, placesByName } from '../../../src/core/ehr/find-places.ts'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import { PUBLIC_ONLY } from '../../../src/core/http/outbound-policy.ts'
import { createSafeFetch } from '../../../src/core/http/safe-fetch.ts'
import { newSite } from '../../../src/core/sites/new-site.ts'
import { validateBase } from '../../../src/core/sites/validation/validate-base.ts'
import { httpServer } from '../http/safe-fetch-servers.ts'

const fetch = createSafeFetch({ ...PUBLIC_ONLY, allowHttpLoopback: true })
const NOW = new Date('2031-03-04T16:00:00Z')
let ehr: SandboxEhr
beforeAll(async () => {
  useFetch(fetch)
  ehr = await startEhr({ port: 0, now: () => NOW, seed: 'woodgrove' })
})
afterAll(async () => {
  await ehr?.close()
  fetch.close()
})
const look = (url: string, patients = false) =>
  validateBase(url, { outbound: { fetch, allowHttp: true }, owner: async () => 'nobody', patients })

describe('the sandbox’s EHR', () => {
  test('passes every check, and a site of it expects the issuer that it signs with', async () => {
    const found = await look(ehr.fhirBaseUrl)
    expect(found).toMatchObject({ vendor: 'oracle_health', notes: [] })
    expect(found.problem).toBeUndefined()
    const site = newSite(
      { tenantId: 't', siteId: 'abcdefghijkl', name: 'Woodgrove', environment: 'testing', organizers: [] },
      found,
    )
    expect(site.allowedIssuers).toEqual([ehr.idTokenIssuer])
  })

  test('is told apart from its base for patients, where somebody adds that one for clinicians', async () => {
    expect((await look(ehr.patientBaseUrl)).notes.map(({ code }) => code)).toContain('patient_base')
  })

  test('passes as a patient portal too, where appointments are not searched', async () => {
    const found = await look(ehr.patientBaseUrl, true)
    expect(found.problem).toBeUndefined()
    expect(found.passed).toContain('keys')
  })
})

describe('places', () => {
  async function places() {
    const asked: string[] = []
    const { base } = await httpServer((request, response) => {
      asked.push(request.url ?? '')
      const { searchParams } = new URL(request.url ?? '', 'http://x')
      if (searchParams.get('name') === 'refused') return void response.writeHead(400).end('{}')
      const locations = [
        { resourceType: 'Location', id: '21304876', name: 'Riverside Clinic 1' },
        { resourceType: 'Location', id: '21304877' },
        { resourceType: 'Patient', id: '1' },
      ]
      response.setHeader('content-type', 'application/fhir+json')
      response.end(
        JSON.stringify({ resourceType: 'Bundle', entry: locations.map((resource) => ({ resource })) }),
      )
    })
    const connection = {
      fhirBaseUrl: `${base}/r4`,
      accessToken: 'synthetic',
      videoRule: { kind: 'virtual_service' as const },
    }
    return { connection, asked }
  }

  test('are found by name, and by many ids in several requests; nothing but places comes back', async () => {
    const { connection, asked } = await places()
    expect(await placesByName(connection, 'River & side', NOW)).toEqual({
      ok: true,
      value: [
        { id: '21304876', name: 'Riverside Clinic 1' },
        { id: '21304877', name: '21304877' },
      ],
    })
    expect(asked[0]).toBe('/r4/Location?name=River%20%26%20side&_count=50')
    await placesById(
      connection,
      Array.from({ length: 60 }, (_, index) => String(index)),
      NOW,
    )
    expect(asked).toHaveLength(3)
  })

  test('that the EHR does not search by name are told as refused', async () => {
    const { connection } = await places()
    expect(await placesByName(connection, 'refused', NOW)).toMatchObject({
      ok: false,
      failure: { code: 'ehr_refused' },
    })
  })
})

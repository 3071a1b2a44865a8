import { afterAll, beforeAll, expect, it } from 'vitest'
import { CLINIC_TENANT, WOODGROVE_TENANT } from '../../../sandbox/ehr/addresses.ts'
import { type SandboxEhr, startEhrs } from '../../../sandbox/ehr/ehr.ts'
import { SYSTEM_SCOPE } from './ehr-app.ts'

let northwind: SandboxEhr
let woodgrove: SandboxEhr
let close: () => Promise<void>

beforeAll(async () => {
  const started = await startEhrs({ port: 0, now: () => new Date() }, [
    { ehrTenant: CLINIC_TENANT, seed: 'clinic' },
    { ehrTenant: WOODGROVE_TENANT, seed: 'woodgrove' },
  ])
  const [first, second] = started.customers
  if (!first || !second) throw new Error('two customers were wanted')
  northwind = first
  woodgrove = second
  close = started.close
})
afterAll(() => close())

async function tokenOf(ehr: SandboxEhr, clientId: string): Promise<Response> {
  const { token_endpoint } = await (await fetch(`${ehr.fhirBaseUrl}/.well-known/smart-configuration`)).json()
  return fetch(token_endpoint, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${'s'.repeat(40)}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'system/Location.read' }),
  })
}

it('two customers share a port and differ in everything else', async () => {
  expect(new URL(northwind.fhirBaseUrl).origin).toBe(new URL(woodgrove.fhirBaseUrl).origin)
  expect(northwind.fhirBaseUrl).not.toBe(woodgrove.fhirBaseUrl)
  const names = (ehr: SandboxEhr) => ehr.patients().map(({ name }) => name)
  expect(names(northwind).filter((name) => names(woodgrove).includes(name))).toEqual([])
  const places = woodgrove.locations().map(({ id }) => id)
  expect(places).toHaveLength(3)
  expect(northwind.locations().filter(({ id }) => places.includes(id))).toEqual([])
  expect(woodgrove.board().length).toBeGreaterThan(10)
})

it('a client registered at one customer is unknown to the other, and so is its token', async () => {
  woodgrove.register({
    clientId: 'only-woodgrove',
    kind: 'client_secret_basic',
    secret: 's'.repeat(40),
    redirectUris: [],
    scope: SYSTEM_SCOPE,
    grants: ['client_credentials'],
  })
  expect((await tokenOf(northwind, 'only-woodgrove')).status).toBe(401)
  const granted = await tokenOf(woodgrove, 'only-woodgrove')
  expect(granted.status).toBe(200)
  const { access_token } = await granted.json()
  const place = woodgrove.locations()[0]?.id
  const read = (ehr: SandboxEhr) =>
    fetch(`${ehr.fhirBaseUrl}/Location/${place}`, { headers: { authorization: `Bearer ${access_token}` } })
  expect((await read(woodgrove)).status).toBe(200)
  expect((await read(northwind)).status).toBe(401)
})

it('a fault and a change of one customer leave the other alone', async () => {
  northwind.faults.fhirUnavailable = true
  expect((await fetch(`${northwind.fhirBaseUrl}/metadata`)).status).toBe(503)
  expect((await fetch(`${woodgrove.fhirBaseUrl}/metadata`)).status).toBe(200)
  northwind.faults.fhirUnavailable = false
  const before = northwind.board().length
  const [patient, practitioner, place] = [
    woodgrove.patients(),
    woodgrove.practitioners(),
    woodgrove.locations(),
  ]
  woodgrove.book({
    patientId: patient[0]?.id ?? '',
    practitionerId: practitioner[0]?.id ?? '',
    locationId: place[0]?.id ?? '',
    start: new Date(),
  })
  expect(northwind.board()).toHaveLength(before)
})

it('an EHR tenant that nobody has is refused as the vendor does', async () => {
  const foreign = northwind.fhirBaseUrl.replace(CLINIC_TENANT, '00000000-0000-4000-8000-000000000000')
  const answer = await fetch(`${foreign}/metadata`)
  expect([answer.status, await answer.text()]).toEqual([403, 'Tenant not valid or accessible'])
})

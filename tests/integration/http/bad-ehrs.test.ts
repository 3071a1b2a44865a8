import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type BadEhr, type BadEhrs, startBadEhrs } from '../../e2e/support/bad-ehrs.ts'

let ehrs: BadEhrs
beforeAll(async () => {
  ehrs = await startBadEhrs()
})
afterAll(() => ehrs.close())

const metadata = async (which: BadEhr) => (await fetch(`${ehrs.url(which)}/metadata`)).json()
const smart = (which: BadEhr) => fetch(`${ehrs.url(which)}/.well-known/smart-configuration`)

describe('the EHRs that are wrong in one way', () => {
  it('a good one is beside them', async () => {
    expect(await metadata('good')).toMatchObject({ fhirVersion: '4.0.1' })
    expect(await (await smart('good')).json()).toMatchObject({ code_challenge_methods_supported: ['S256'] })
  })

  it('speak another version', async () => {
    expect(await metadata('dstu2')).toMatchObject({ resourceType: 'Conformance', fhirVersion: '1.0.2' })
    expect(await metadata('stu3')).toMatchObject({ fhirVersion: '3.0.1' })
  })

  it('leave one thing out of their documents', async () => {
    expect(await (await smart('noPkce')).json()).not.toHaveProperty('code_challenge_methods_supported')
    expect(await (await smart('noAuthMethods')).json()).not.toHaveProperty(
      'token_endpoint_auth_methods_supported',
    )
    expect(JSON.stringify(await metadata('noAppointmentSearch'))).not.toContain('"type":"Appointment"')
    expect((await smart('noSmartConfiguration')).status).toBe(404)
  })

  it('do not answer as an EHR would', async () => {
    expect(await (await fetch(ehrs.url('html'))).text()).toContain('<!doctype html>')
    const moved = await fetch(`${ehrs.url('redirecting')}/metadata`, { redirect: 'manual' })
    expect(moved.headers.get('location')).toBe(`${ehrs.url('good')}/metadata`)
    expect((await (await fetch(`${ehrs.url('huge')}/metadata`)).text()).length).toBeGreaterThan(10_000_000)
    await expect(fetch(ehrs.url('slow'), { signal: AbortSignal.timeout(200) })).rejects.toThrow()
    await expect(fetch(ehrs.url('selfSigned'))).rejects.toThrow()
    await expect(fetch(ehrs.url('nobody'))).rejects.toThrow()
  })

  it.each(['wrongSuffix', 'noSuffix', 'tooDeep'] as const)('%s is near one that works', async (which) => {
    expect((await fetch(`${ehrs.url(which)}/metadata`)).status).toBe(404)
    expect((await fetch(`${ehrs.right(which)}/metadata`)).status).toBe(200)
  })
})

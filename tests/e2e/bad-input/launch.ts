import { expect, test } from 'vitest'
import { NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { Browser } from './browser.ts'
import { expectFailure, tryAgain } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

export function launchCases(world: () => World): void {
  const launch = (query: Record<string, string>) =>
    leavesNothing(world(), () =>
      new Browser().get(`${world().sandbox.appUrl}/launch/provider?${new URLSearchParams(query)}`),
    )

  test.each([
    ['without iss and launch', {}],
    ['without launch', { iss: 'https://fhir.example.org/r4/clinic' }],
    ['without iss', { launch: 'abc' }],
    [
      'with a launch of 3,000 characters',
      { iss: 'https://fhir.example.org/r4/clinic', launch: 'x'.repeat(3000) },
    ],
  ])('%s says that the EHR opens this address', async (_name, query) => {
    const page = await launch(query)
    await expectFailure(world(), page, 'launch_parameters_missing')
    expect(tryAgain(page)).toBeUndefined()
  })

  test.each([
    ['an unknown issuer', 'https://fhir.example.org/r4/clinic'],
    ['an issuer that is no address', 'not an address'],
    ['an issuer with another scheme', 'javascript:alert(1)'],
    ['an address inside the network', 'http://169.254.169.254/latest/meta-data'],
  ])('%s is turned away before anything is fetched from it', async (_name, iss) => {
    await expectFailure(world(), await launch({ iss, launch: 'abc' }), 'launch_unknown_issuer')
  })

  test("the EHR's other environment is recognised and named as such", async () => {
    const iss = `https://fhir-ehr.example.org/r4/${world().sandbox.ehr.ehrTenant}`
    const page = await launch({ iss, launch: 'abc' })
    await expectFailure(world(), page, 'launch_wrong_environment')
  })

  test('a site of a tenant that the operator does not allow is not launched, and its EHR not asked', async () => {
    const { sandbox } = world()
    const fhirBaseUrl = await otherSite(world(), 'woodgrove', WOODGROVE_CLINICS)
    const asked = sandbox.ehr.ledger.length
    const page = await launch({ iss: fhirBaseUrl, launch: 'abc' })
    await expectFailure(world(), page, 'launch_tenant_not_allowed')
    expect(sandbox.ehr.ledger.length).toBe(asked)
  })

  test("an error of the EHR's authorization server is quoted, escaped, and the launch can be tried again", async () => {
    const { sandbox } = world()
    const browser = new Browser()
    const launchUrl = world().launchUrl(world().book(20))
    sandbox.ehr.faults.authorizeError = 'temporarily_unavailable'
    const page = await leavesNothing(world(), () => browser.get(launchUrl), { except: ['consumed'] })
    await expectFailure(world(), page, 'smart_authorize_unavailable')
    expect(page.text).toContain('The EHR refused this launch (simulated).')
    const again = await browser.get(new URL(tryAgain(page) ?? '', sandbox.appUrl).href)
    expect(again.status).toBe(200)
    expect(again.text).toContain('Join in Teams')
  })

  test('what the EHR says is text on the page, never markup', async () => {
    const browser = new Browser()
    const authorize = await browser.get(world().launchUrl(world().book(20)), { follow: false })
    const state = new URL(authorize.headers.get('location') ?? '').searchParams.get('state') ?? ''
    const said = {
      error: 'access_denied',
      error_description: '<img src=x onerror=alert(1)>"\'&',
      error_uri: 'https://login.ehr.example.org/errors/42?a=1&b=2',
    }
    const callback = `${world().sandbox.appUrl}/launch/callback?${new URLSearchParams({ state, ...said })}`
    const page = await browser.get(callback)
    await expectFailure(world(), page, 'smart_authorize_refused')
    expect(page.html).not.toContain('<img')
    expect(page.text).toContain('<img src=x onerror=alert(1)>')
    // By the words of RFC 6749's parts, and the page that the server names is one tap away.
    expect(page.text).toContain('Its name for the error access_denied')
    expect(page.html).toContain('href="https://login.ehr.example.org/errors/42?a=1&amp;b=2"')
  })

  test('a scope that the EHR left out is named', async () => {
    const { ehr } = world().sandbox
    ehr.faults.dropScopes = ['user/Appointment.read']
    try {
      const launchUrl = world().launchUrl(world().book(20))
      const page = await leavesNothing(world(), () => new Browser().get(launchUrl), { except: ['consumed'] })
      await expectFailure(world(), page, 'smart_scope_missing')
      expect(page.text).toContain('user/Appointment.read')
    } finally {
      ehr.faults.dropScopes = []
    }
  })

  test('an EHR whose sign-in is described nowhere can be tried again with the same launch', async () => {
    const { sandbox } = world()
    const fhirBaseUrl = await otherSite(world(), 'nothing-here', NORTHWIND_HEALTH)
    const page = await launch({ iss: fhirBaseUrl, launch: 'a handle' })
    await expectFailure(world(), page, 'smart_discovery_unreachable')
    const again = new URL(tryAgain(page) ?? '', sandbox.appUrl)
    expect(Object.fromEntries(again.searchParams)).toEqual({ iss: fhirBaseUrl, launch: 'a handle' })
  })
}

/** One more site like the sandbox's own, under another FHIR base of the same server, where nothing is. */
async function otherSite({ sandbox }: World, name: string, tenantId: string): Promise<string> {
  const sites = siteStore(sandbox.store)
  const model = await sites.get(NORTHWIND_HEALTH, NORTHWIND_SITE)
  if (!model) throw new Error('the sandbox has no site')
  const { patientLaunch: _portal, ...rest } = model
  const fhirBaseUrl = `${new URL(sandbox.ehr.fhirBaseUrl).origin}/r4/${name}`
  const saved = await sites.save({
    ...rest,
    tenantId,
    siteId: name.replace('-', '').padEnd(12, '0'),
    fhirBaseUrl,
  })
  if (!saved.ok) throw new Error(saved.failure.code)
  return fhirBaseUrl
}

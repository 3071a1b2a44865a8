import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { permissions } from '../../../src/core/setup/permissions.ts'
import { ana, grace, type Held, omar, type PortalWorld, portalWorld } from './portal-world.ts'

const held = vi.hoisted(() => ({ http: new Map(), app: undefined }) as Held)
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => held.http.set(name, options) },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ https: false, app: async () => held.app }))

let world: PortalWorld
beforeAll(async () => {
  await import('../../../src/functions/portal-consent.ts')
  await import('../../../src/functions/portal-permissions.ts')
  world = await portalWorld(held)
})
afterAll(() => world?.close())
beforeEach(() => {
  world.entra.tenants.find(({ id }) => id === WOODGROVE_CLINICS)?.consented.clear()
})

const ALL = permissions.map(({ name }) => name)

async function begin(visitor = grace) {
  const session = world.signedIn(visitor)
  const begun = await world.call('portalConsentStart', '/portal/permissions/consent', { session, fields: {} })
  return { session, ...begun }
}

/** Chooses an account at Entra, decides, and gives where Entra sends the browser. */
async function decide(url: string, account: string, decision: 'accept' | 'cancel') {
  const post = (to: string, form: Record<string, string>, cookie = '') =>
    fetch(to, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form), headers: { cookie } })
  const chosen = await post(url, { account })
  const cookie = chosen.headers.get('set-cookie')?.split(';')[0] ?? ''
  const decided = await post(url, { decision }, cookie)
  return {
    status: decided.status,
    location: decided.headers.get('location') ?? '',
    text: await decided.text(),
  }
}

function back(location: string) {
  const url = new URL(location)
  return { path: `${url.pathname}${url.search}`, query: url.searchParams }
}

const historyOf = async (tenantId: string) =>
  (await world.app.history.read(tenantId, 50)).map(({ what }) => what)

describe('consent', () => {
  test('is asked of Microsoft for the signed-in tenant, taken once, and what is granted is then asked of Entra', async () => {
    const first = await world.call('portalPermissions', '/portal/permissions', {
      session: world.signedIn(grace),
    })
    expect(first.status).toBe(200)
    expect(first.html.match(/Missing<\/span>/g)).toHaveLength(ALL.length - 1)
    // What is asked for on request alone is not missed.
    expect(first.html).toContain('Not granted</span>')
    expect(first.html).toContain('Give consent</button>')
    // The form's answer leads to Microsoft: the page's own policy has to let it.
    expect(first.policy).toContain(`form-action 'self' ${world.entra.signInUrl}`)

    const begun = await begin()
    expect(begun.status).toBe(303)
    expect(begun.location).toMatch(`${world.entra.signInUrl}/${WOODGROVE_CLINICS}/v2.0/adminconsent?`)
    const { location } = await decide(begun.location, ACCOUNTS.woodgrove.administrator, 'accept')
    const { session, browser } = begun
    const done = await world.call('portalConsent', back(location).path, { session, browser })
    expect([done.status, done.location]).toEqual([303, '/portal/permissions?done=consented'])

    const known = await world.app.checks.read(WOODGROVE_CLINICS)
    expect([...(known.granted?.value.roles ?? [])].sort()).toEqual([...ALL].sort())
    expect((await world.app.tenants.read(WOODGROVE_CLINICS)).value.name).toBe('Woodgrove Clinics')
    expect(await historyOf(WOODGROVE_CLINICS)).toEqual(['consent_given'])
    const after = await world.call('portalPermissions', '/portal/permissions', { session })
    expect(after.html.match(/Granted<\/span>/g)).toHaveLength(ALL.length)

    const again = await world.call('portalConsent', back(location).path, { session, browser })
    expect(again.html).toContain('state_replayed')
    expect(await historyOf(WOODGROVE_CLINICS)).toEqual(['consent_given'])
  })

  test('counts at once, although a token from before is kept', async () => {
    await world.app.renewedCredential(WOODGROVE_CLINICS)
    const graph = await world.app.graph(WOODGROVE_CLINICS)
    const organization = () => graph.api('/organization').get()
    await expect(organization()).rejects.toThrow()
    const { session, browser, location: url } = await begin()
    const { location } = await decide(url, ACCOUNTS.woodgrove.administrator, 'accept')
    await world.call('portalConsent', back(location).path, { session, browser })
    expect(await organization()).toMatchObject({ value: [{ displayName: 'Woodgrove Clinics' }] })
  })

  test('given elsewhere is seen by the check, and by Graph after a minute without any', async () => {
    const session = world.signedIn(grace)
    const tenant = world.entra.tenants.find(({ id }) => id === WOODGROVE_CLINICS)
    const recheck = () =>
      world.call('portalGrantedAgain', '/portal/permissions/granted', { session, fields: {} })
    await recheck()
    expect((await world.app.checks.read(WOODGROVE_CLINICS)).granted?.value.roles).toEqual([])
    tenant?.consented.add('User.Read.All')
    expect((await recheck()).location).toBe('/portal/permissions?done=checked')
    expect((await world.app.checks.read(WOODGROVE_CLINICS)).granted?.value.roles).toEqual(['User.Read.All'])

    const graph = await world.app.graph(WOODGROVE_CLINICS)
    const skus = () => graph.api('/subscribedSkus').get()
    await expect(skus()).rejects.toMatchObject({ statusCode: 403 })
    tenant?.consented.add('Organization.Read.All')
    world.clock.at = new Date(world.clock.at.getTime() + 61_000)
    await expect(skus()).rejects.toMatchObject({ statusCode: 403 })
    expect(await skus()).toHaveProperty('value')
  })
})

describe('consent is refused in plain words', () => {
  const granted = () => world.entra.tenants.find(({ id }) => id === WOODGROVE_CLINICS)?.consented.size
  const answer = async (change: (query: URLSearchParams) => void, visitor = grace) => {
    const begun = await begin(visitor)
    const query = new URLSearchParams({ state: new URL(begun.location).searchParams.get('state') ?? '' })
    change(query)
    return world.call('portalConsent', `/portal/consent?${query}`, begun)
  }

  test('where the administrator cancels', async () => {
    const { session, browser, location: url } = await begin()
    const { location } = await decide(url, ACCOUNTS.woodgrove.administrator, 'cancel')
    expect(back(location).query.get('error')).toBe('access_denied')
    const page = await world.call('portalConsent', back(location).path, { session, browser })
    expect(page.status).toBe(403)
    expect(page.html).toContain('The permissions were not granted')
    expect(page.html).toContain('AADSTS65004')
    expect(granted()).toBe(0)
  })

  test('where the account chosen at Microsoft is no administrator', async () => {
    const { location: url } = await begin()
    const refused = await decide(url, ACCOUNTS.woodgrove.clinician, 'accept')
    // Entra says it on its own page and sends nobody back.
    expect([refused.status, refused.location]).toEqual([403, ''])
    const page = await answer((query) => {
      query.set('error', 'access_denied')
      query.set('error_description', 'AADSTS90094: Administrator consent is required.')
    })
    expect(page.html).toContain('Microsoft asks for another administrator')
    expect(granted()).toBe(0)
  })

  test('where the answer is about another organization', async () => {
    const page = await answer((query) => {
      query.set('admin_consent', 'True')
      query.set('tenant', NORTHWIND_HEALTH)
    })
    expect([page.status, page.html.includes('consent_tenant_mismatch')]).toEqual([409, true])
  })

  test('where somebody of another organization brings the state', async () => {
    const begun = await begin(grace)
    const state = new URL(begun.location).searchParams.get('state') ?? ''
    const query = new URLSearchParams({ admin_consent: 'True', tenant: NORTHWIND_HEALTH, state })
    const page = await world.call('portalConsent', `/portal/consent?${query}`, {
      session: world.signedIn(ana),
      browser: begun.browser,
    })
    expect(page.html).toContain('consent_tenant_mismatch')
    expect(await historyOf(NORTHWIND_HEALTH)).toEqual([])
  })

  test('where another browser brings the state, none does, or it is too old', async () => {
    const { session, browser, location } = await begin()
    const state = new URL(location).searchParams.get('state') ?? ''
    const path = `/portal/consent?${new URLSearchParams({ admin_consent: 'True', state })}`
    expect((await world.call('portalConsent', path, { session })).html).toContain('state_foreign_browser')
    const without = await world.call('portalConsent', '/portal/consent?admin_consent=True', {
      session,
      browser,
    })
    expect(without.html).toContain('state_invalid')
    world.clock.at = new Date(world.clock.at.getTime() + 11 * 60_000)
    expect((await world.call('portalConsent', path, { session, browser })).html).toContain('state_expired')
  })

  test('where Entra answers with an error of its own, or with nothing', async () => {
    const error = await answer((query) => {
      query.set('error', 'invalid_scope')
      query.set('error_description', 'AADSTS70011: The scope <b>is</b> not valid.')
    })
    expect(error.html).toContain('Microsoft did not take the consent')
    expect(error.html).toContain('The scope &lt;b&gt;is&lt;/b&gt; not valid.')
    expect((await answer(() => {})).html).toContain('consent_refused')
  })

  test('where nobody may configure: neither begun nor taken', async () => {
    const session = world.signedIn(omar)
    const begun = await world.call('portalConsentStart', '/portal/permissions/consent', {
      session,
      fields: {},
    })
    expect([begun.status, begun.html.includes('portal_read_only')]).toEqual([403, true])
    const taken = await world.call('portalConsent', '/portal/consent?admin_consent=True', { session })
    expect(taken.html).toContain('portal_read_only')
    const page = await world.call('portalPermissions', '/portal/permissions', { session })
    expect(page.status).toBe(200)
    expect(page.html).toContain('read-only')
    expect(page.html).not.toContain('Give consent</button>')
  })
})

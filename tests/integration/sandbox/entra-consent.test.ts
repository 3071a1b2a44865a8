import { decodeJwt } from 'jose'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { APPLICATION_PERMISSIONS } from '../../../sandbox/entra/permissions.ts'
import { ACCOUNTS, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { GRAPH } from '../../../sandbox/entra/tokens.ts'
import { type EntraWorld, entraWorld } from './entra-world.ts'

let world: EntraWorld
beforeEach(async () => {
  world = await entraWorld()
})
afterEach(() => world.entra.close())

describe('admin consent', () => {
  const url = (tenant = WOODGROVE_CLINICS, changes = {}) =>
    world
      .authorizeUrl(tenant, { scope: `${GRAPH}/.default`, ...changes })
      .replace('/oauth2/v2.0/authorize', '/v2.0/adminconsent')

  test('an administrator signs in, reads the permissions, and accepts for the organization', async () => {
    const picker = await world.open(url('organizations'))
    expect(await picker.text()).toContain('Pick an account')
    const account = ACCOUNTS.woodgrove.administrator
    const signedIn = await world.submit(url('organizations'), { account })
    const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
    const page = await world.open(signedIn.headers.get('location') ?? '', cookie)
    const text = await page.text()
    for (const permission of APPLICATION_PERMISSIONS) expect(text).toContain(permission)

    const accepted = await world.submit(url('organizations'), { decision: 'accept' }, cookie)
    const location = new URL(accepted.headers.get('location') ?? '')
    expect(Object.fromEntries(location.searchParams)).toEqual({
      admin_consent: 'True',
      tenant: WOODGROVE_CLINICS,
      scope: `${GRAPH}/.default`,
      state: 'the state',
    })
    expect([...(world.entra.tenants[1]?.consented ?? [])]).toEqual(APPLICATION_PERMISSIONS)
    const token = await world.token(world.credentialsForm(`${GRAPH}/.default`), WOODGROVE_CLINICS)
    const { access_token } = (await token.json()) as { access_token: string }
    expect(decodeJwt(access_token).roles).toEqual(APPLICATION_PERMISSIONS)
  })

  test('somebody else is told whom to ask and is given no button to accept', async () => {
    const { cookie } = await world.signIn(ACCOUNTS.woodgrove.clinician, WOODGROVE_CLINICS)
    const text = await (await world.open(url(), cookie)).text()
    expect(text).toContain('Need admin approval')
    expect(text).not.toContain('value="accept"')
    const switching = await world.open(`${url()}&prompt=select_account`, cookie)
    expect(await switching.text()).toContain('Pick an account')
  })

  test('an unregistered redirect URI receives nothing', async () => {
    const response = await world.open(url(undefined, { redirect_uri: 'https://elsewhere.example/' }))
    expect([response.status, response.headers.get('location')]).toEqual([400, null])
    expect(await response.text()).toContain('AADSTS50011')
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import {
  ANY_ORGANIZATION,
  createSignIn,
  finishSignIn,
  newSignInSecrets,
  type SignIn,
  type SignInSecrets,
  signInUrl,
} from '../../../src/core/accounts/sign-in.ts'
import { CLIENT, type EntraWorld, entraWorld, REDIRECT_URI } from '../sandbox/entra-world.ts'

let world: EntraWorld
let online: typeof fetch
beforeAll(async () => {
  world = await entraWorld()
  online = world.secureFetch
})
afterAll(() => world.entra.close())

/** The app's sign-in; each has caches of its own. */
function signInOf(
  more: Partial<Omit<SignIn, 'servers'>> = {},
  fetch: typeof globalThis.fetch = (...args) => online(...args),
) {
  return createSignIn(
    {
      authority: world.entra.authority,
      clientId: CLIENT,
      assertion: (audience) => world.assertion({ aud: audience }),
      redirectUri: REDIRECT_URI,
      allowedTenants: [NORTHWIND_HEALTH, WOODGROVE_CLINICS],
      now: () => world.clock.at,
      ...more,
    },
    { fetch },
  )
}

/** The browser's part: the address is opened and an account chosen. */
async function chosen(url: string, account: string): Promise<URLSearchParams> {
  const response = await world.submit(url, { account })
  return new URL(response.headers.get('location') ?? 'about:blank').searchParams
}

async function started(
  signIn: SignIn,
  account: string = ACCOUNTS.northwind.familyDoctor,
  tenant = NORTHWIND_HEALTH,
) {
  const secrets = newSignInSecrets()
  const url = await signInUrl(signIn, tenant, { state: 'the state', secrets, choose: false })
  if (!url.ok) throw new Error(url.failure.code)
  return { secrets, url: url.value, query: await chosen(url.value, account) }
}
const outcome = async (
  signIn: SignIn,
  query: URLSearchParams,
  secrets: SignInSecrets,
  tenant = NORTHWIND_HEALTH,
) => {
  const account = await finishSignIn(signIn, tenant, query, secrets)
  return account.ok ? 'ok' : account.failure.code
}

describe('somebody of the tenant', () => {
  test('signs in and is who the verified token says', async () => {
    const signIn = signInOf()
    const { query, secrets } = await started(signIn)
    expect(query.get('state')).toBe('the state')
    expect(await finishSignIn(signIn, NORTHWIND_HEALTH, query, secrets)).toMatchObject({
      ok: true,
      value: {
        tenantId: NORTHWIND_HEALTH,
        userId: ACCOUNTS.northwind.familyDoctor,
        upn: 'maya.okafor@northwindhealth.example',
      },
    })
  })

  test('is asked for an account where several may share the workstation', async () => {
    const url = async (choose: boolean) => {
      const made = await signInUrl(signInOf(), NORTHWIND_HEALTH, {
        state: 's',
        secrets: newSignInSecrets(),
        choose,
      })
      return new URL(made.ok ? made.value : 'about:blank').searchParams
    }
    expect((await url(true)).get('prompt')).toBe('select_account')
    expect((await url(false)).has('prompt')).toBe(false)
  })

  test('sends neither verifier nor assertion through the browser', async () => {
    const { url, secrets } = await started(signInOf())
    expect(url).not.toContain(secrets.codeVerifier)
    expect(new URL(url).searchParams.get('code_challenge_method')).toBe('S256')
    expect([...new URL(url).searchParams.keys()]).not.toContain('client_assertion')
  })
})

describe('is not let in', () => {
  test('an account of another organization', async () => {
    const signIn = signInOf()
    const { query, secrets } = await started(signIn, ACCOUNTS.woodgrove.clinician, WOODGROVE_CLINICS)
    // The code of one tenant is brought to another one's sign-in.
    expect(await outcome(signIn, query, secrets, NORTHWIND_HEALTH)).toBe('signin_refused')
  })

  test('a tenant that the operator no longer serves', async () => {
    const signIn = signInOf({ allowedTenants: [WOODGROVE_CLINICS] })
    const { query, secrets } = await started(signIn)
    expect(await outcome(signIn, query, secrets)).toBe('signin_tenant_not_allowed')
  })

  test('a token that was made for another sign-in', async () => {
    const signIn = signInOf()
    const { query, secrets } = await started(signIn)
    expect(await outcome(signIn, query, { ...secrets, nonce: 'another nonce' })).toBe('signin_invalid')
  })

  test('a code with another verifier, or for the second time', async () => {
    const signIn = signInOf()
    const first = await started(signIn)
    expect(await outcome(signIn, first.query, newSignInSecrets())).toBe('signin_refused')
    const second = await started(signIn)
    expect(await outcome(signIn, second.query, second.secrets)).toBe('ok')
    expect(await outcome(signIn, second.query, second.secrets)).toBe('signin_refused')
  })

  test('a token that somebody else signed', async () => {
    const forged = signInOf({}, async (input, init) => {
      const answer = await world.secureFetch(input, init)
      if (!String(input instanceof Request ? input.url : input).includes('/token')) return answer
      const body = (await answer.json()) as { id_token: string }
      const [header, claims] = body.id_token.split('.')
      return Response.json({ ...body, id_token: `${header}.${claims}.${'A'.repeat(342)}` })
    })
    const { query, secrets } = await started(forged)
    expect(await outcome(forged, query, secrets)).toBe('signin_invalid')
  })

  test('a token that is long over by our clock', async () => {
    const { query, secrets } = await started(signInOf())
    const late = signInOf({ now: () => new Date(world.clock.at.getTime() + 3 * 3_600_000) })
    expect(await outcome(late, query, secrets)).toBe('signin_invalid')
  })

  test('who cancelled, and the page may show what Microsoft said', async () => {
    const signIn = signInOf()
    const query = new URLSearchParams({
      error: 'access_denied',
      error_description: 'AADSTS65004: declined\r\nTrace ID',
      state: 's',
    })
    expect(await finishSignIn(signIn, NORTHWIND_HEALTH, query, newSignInSecrets())).toMatchObject({
      failure: {
        code: 'signin_refused',
        shown: { error: 'access_denied', error_description: 'AADSTS65004: declined' },
      },
    })
  })

  test('an answer that is none', async () => {
    const signIn = signInOf()
    for (const query of ['', 'code=', 'code=a&code=b', 'code=x&iss=https%3A%2F%2Fevil.example'])
      expect(await outcome(signIn, new URLSearchParams(query), newSignInSecrets()), query).not.toBe('ok')
  })
})

describe('when Entra rotates its keys', () => {
  test('a sign-in right after goes through, though the old keys were just read', async () => {
    const signIn = signInOf()
    const before = await started(signIn)
    expect(await outcome(signIn, before.query, before.secrets)).toBe('ok')
    await world.entra.rotateKeys({ forget: true })
    const after = await started(signIn)
    expect(await outcome(signIn, after.query, after.secrets)).toBe('ok')
  })
})

describe('when Entra does not answer', () => {
  const offline: typeof fetch = () => Promise.reject(new TypeError('fetch failed'))
  const discoveries = () =>
    world.entra.ledger.filter(({ path }) => path.includes('openid-configuration')).length

  test('that is not remembered: the next one signs in', async () => {
    const signIn = signInOf()
    online = offline
    const asked = { state: 's', secrets: newSignInSecrets(), choose: false }
    expect(await signInUrl(signIn, NORTHWIND_HEALTH, asked)).toMatchObject({
      failure: { code: 'signin_unavailable' },
    })
    online = world.secureFetch
    expect((await signInUrl(signIn, NORTHWIND_HEALTH, asked)).ok).toBe(true)
  })

  test('between discovery and token, it is said to be so', async () => {
    const signIn = signInOf()
    const { query, secrets } = await started(signIn)
    for (const broken of [
      offline,
      async () => new Response('busy', { status: 503 }),
      () => Promise.reject(new DOMException('too slow', 'TimeoutError')),
    ] as (typeof fetch)[]) {
      online = broken
      expect(await outcome(signIn, query, secrets)).toBe('signin_unavailable')
    }
    online = world.secureFetch
    expect(await outcome(signIn, query, secrets)).toBe('ok')
  })

  test('nor where our own identity cannot be proven just now, and its error stays inside', async () => {
    const signIn = signInOf({ assertion: () => Promise.reject(new Error('secret endpoint')) })
    const { query, secrets } = await started(signIn)
    const account = await finishSignIn(signIn, NORTHWIND_HEALTH, query, secrets)
    expect(account).toMatchObject({ failure: { code: 'signin_unavailable' } })
    expect(JSON.stringify(account)).not.toContain('secret endpoint')
  })

  test('what it said is kept for a day at most, per tenant, and asked for once', async () => {
    const at = { value: world.clock.at }
    const signIn = signInOf({ now: () => at.value })
    const ask = (tenant: string) =>
      signInUrl(signIn, tenant, { state: 's', secrets: newSignInSecrets(), choose: false })
    const before = discoveries()
    await Promise.all([1, 2, 3, 4].map(() => ask(NORTHWIND_HEALTH)))
    expect(discoveries()).toBe(before + 1)
    await ask(WOODGROVE_CLINICS)
    expect(discoveries()).toBe(before + 2)
    at.value = new Date(at.value.getTime() + 86_400_000)
    await ask(NORTHWIND_HEALTH)
    expect(discoveries()).toBe(before + 3)
  })

  test('and neither for a tenant that it does not know', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000'
    const asked = { state: 's', secrets: newSignInSecrets(), choose: false }
    expect(await signInUrl(signInOf(), unknown, asked)).toMatchObject({
      failure: { code: 'signin_unavailable' },
    })
  })
})

describe('somebody whose organization is not known before', () => {
  const anybody = async (account: string, allowedTenants = [NORTHWIND_HEALTH, WOODGROVE_CLINICS]) => {
    const signIn = signInOf({ allowedTenants })
    const { query, secrets } = await started(signIn, account, ANY_ORGANIZATION)
    return finishSignIn(signIn, ANY_ORGANIZATION, query, secrets)
  }

  test.each([
    [WOODGROVE_CLINICS, ACCOUNTS.woodgrove.administrator],
    [NORTHWIND_HEALTH, ACCOUNTS.northwind.administrator],
  ])('is of the tenant that the verified token says: %s', async (tenantId, userId) => {
    expect(await anybody(userId)).toMatchObject({ ok: true, value: { tenantId, userId } })
  })

  test('is refused where the deployment does not serve their organization', async () => {
    expect(await anybody(ACCOUNTS.woodgrove.administrator, [NORTHWIND_HEALTH])).toMatchObject({
      ok: false,
      failure: { code: 'signin_tenant_not_allowed' },
    })
  })

  test('is refused with a code that was used before, as everybody is', async () => {
    const signIn = signInOf()
    const { query, secrets } = await started(signIn, ACCOUNTS.woodgrove.administrator, ANY_ORGANIZATION)
    expect(await outcome(signIn, query, secrets, ANY_ORGANIZATION)).toBe('ok')
    expect(await outcome(signIn, query, secrets, ANY_ORGANIZATION)).toBe('signin_refused')
  })
})

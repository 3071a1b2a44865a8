import { generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { REFUSALS, type RefusalId } from '../../../sandbox/entra/refusals.ts'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { COMMUNICATION, GRAPH } from '../../../sandbox/entra/tokens.ts'
import { type EntraWorld, entraWorld, OTHER_CLIENT, REDIRECT_URI } from './entra-world.ts'

const NOWHERE = '00000000-0000-4000-8000-000000000000'
const MINUTE = 60_000

let world: EntraWorld
beforeAll(async () => {
  world = await entraWorld()
})
afterAll(() => world.entra.close())

/** Each row of the table, and the raw requests that must meet it. */
const PROVOCATIONS: Record<RefusalId, (w: EntraWorld) => Promise<Response | Response[]>> = {
  tenant_unknown_page: (w) => w.open(w.authorizeUrl(NOWHERE)),
  client_id_missing_page: (w) => authorize(w, { client_id: undefined }),
  client_unknown_page: (w) => authorize(w, { client_id: NOWHERE }),
  redirect_uri_missing: (w) => authorize(w, { redirect_uri: undefined }),
  redirect_uri_mismatch: (w) => each(['/', '?a=b', '#x'], (end) => mismatch(w, `${REDIRECT_URI}${end}`)),
  account_disabled: (w) => choose(w, ACCOUNTS.northwind.disabled),
  account_foreign: (w) => choose(w, ACCOUNTS.woodgrove.clinician),
  account_unknown: (w) => each([NOWHERE, ''], (account) => choose(w, account)),
  response_type_missing: (w) => authorize(w, { response_type: undefined }),
  response_type_unsupported: (w) =>
    each(['token', 'id_token', 'code id_token'], (response_type) => authorize(w, { response_type })),
  response_mode_unsupported: (w) => authorize(w, { response_mode: 'jwt' }),
  scope_missing: (w) => authorize(w, { scope: undefined }),
  openid_missing: (w) => authorize(w, { scope: 'profile' }),
  code_challenge_missing: (w) =>
    each([undefined, 'short'], (code_challenge) => authorize(w, { code_challenge })),
  code_challenge_method: (w) =>
    each([undefined, 'plain'], (code_challenge_method) => authorize(w, { code_challenge_method })),
  prompt_unsupported: (w) => authorize(w, { prompt: 'sometimes' }),
  login_required: (w) => authorize(w, { prompt: 'none' }),
  consent_scope_missing: (w) => w.open(consentUrl(w, '')),
  consent_scope_dynamic: (w) => w.open(consentUrl(w, `${GRAPH}/User.Read.All`)),
  consent_declined: (w) => decide(w, ACCOUNTS.woodgrove.administrator, 'cancel'),
  consent_not_administrator: (w) => decide(w, ACCOUNTS.woodgrove.clinician, 'accept'),
  client_id_missing: (w) => graphToken(w, { client_id: undefined }),
  client_unknown: (w) => graphToken(w, { client_id: NOWHERE }),
  credential_missing: (w) =>
    each([{ client_assertion: undefined }, { client_assertion_type: 'saml2-bearer' }], (form) =>
      graphToken(w, form),
    ),
  secret_invalid: (w) => graphToken(w, { client_secret: 'a secret' }),
  assertion_malformed: async (w) =>
    each(['no jwt', await w.assertion({ jti: '' }), await unsigned(w)], (client_assertion) =>
      graphToken(w, { client_assertion }),
    ),
  assertion_key_unknown: async (w) =>
    graphToken(w, { client_assertion: await w.assertion({}, { kid: 'another key' }) }),
  assertion_signature: async (w) => graphToken(w, { client_assertion: await strangersAssertion(w) }),
  assertion_subject: async (w) =>
    each([{ iss: OTHER_CLIENT }, { sub: OTHER_CLIENT }], async (claims) =>
      graphToken(w, { client_assertion: await w.assertion(claims) }),
    ),
  assertion_audience: async (w) =>
    each([w.entra.authority, w.tokenUrl(WOODGROVE_CLINICS)], async (aud) =>
      graphToken(w, { client_assertion: await w.assertion({ aud }) }),
    ),
  assertion_expired: async (w) => {
    const client_assertion = await w.assertion()
    return later(w, 6 * MINUTE, () => graphToken(w, { client_assertion }))
  },
  assertion_too_long: async (w) =>
    graphToken(w, { client_assertion: await w.assertion({ exp: seconds(w) + 3600 }) }),
  assertion_replayed: async (w) => {
    const client_assertion = await w.assertion()
    expect((await graphToken(w, { client_assertion })).status).toBe(200)
    return graphToken(w, { client_assertion })
  },
  tenant_unknown: (w) =>
    each(['v2.0/.well-known/openid-configuration', 'discovery/v2.0/keys', 'oauth2/v2.0/token'], (path) =>
      w.secureFetch(`${w.entra.authority}/${NOWHERE}/${path}`, {
        method: path.endsWith('token') ? 'POST' : 'GET',
      }),
    ),
  token_method: (w) => w.secureFetch(w.tokenUrl()),
  grant_type_missing: (w) =>
    each([new URLSearchParams({ client_id: 'x' }), '{"grant_type":"client_credentials"}'], (body) =>
      w.secureFetch(w.tokenUrl(), { method: 'POST', body }),
    ),
  grant_type_unsupported: (w) =>
    each(['password', 'refresh_token', 'toString'], (grant_type) => w.token({ grant_type })),
  parameter_missing: (w) =>
    each(['code', 'redirect_uri', 'code_verifier'], (name) =>
      w.token({ ...w.codeForm('a code'), [name]: undefined }),
    ),
  code_unknown: async (w) => {
    const foreign = await w.signIn(undefined, undefined, { client_id: OTHER_CLIENT })
    return each(['a code', foreign.code], (code) => w.token(w.codeForm(code)))
  },
  code_redeemed: async (w) => {
    const form = w.codeForm((await w.signIn()).code)
    expect((await w.token(form)).status).toBe(200)
    return w.token(form)
  },
  code_expired: async (w) => {
    const { code } = await w.signIn()
    return later(w, 11 * MINUTE, () => w.token(w.codeForm(code)))
  },
  code_tenant: async (w) => w.token(w.codeForm((await w.signIn()).code), WOODGROVE_CLINICS),
  code_redirect_uri: async (w) =>
    w.token({ ...w.codeForm((await w.signIn()).code), redirect_uri: 'http://localhost:7071/elsewhere' }),
  code_verifier: async (w) =>
    w.token({ ...w.codeForm((await w.signIn()).code), code_verifier: 'x'.repeat(43) }),
  code_account_disabled: async (w) => {
    const { code } = await w.signIn(ACCOUNTS.northwind.cardiologist)
    return disabled(w, ACCOUNTS.northwind.cardiologist, () => w.token(w.codeForm(code)))
  },
  tenant_common: (w) => w.token(w.credentialsForm(`${GRAPH}/.default`), 'common'),
  tenant_missing: (w) => w.token(w.credentialsForm(`${GRAPH}/.default`), 'organizations'),
  default_scope_missing: (w) =>
    each(['', `${GRAPH}/User.Read.All`, `${GRAPH}/.default ${COMMUNICATION}/.default`], (scope) =>
      w.token(w.credentialsForm(scope)),
    ),
  resource_unknown: (w) => w.token(w.credentialsForm('https://vault.azure.net/.default')),
  service_principal_missing: async (w) => {
    const fresh = await entraWorld()
    try {
      return await fresh.token(w.credentialsForm(`${GRAPH}/.default`), WOODGROVE_CLINICS)
    } finally {
      await fresh.entra.close()
    }
  },
}

describe('the Entra stand-in refuses', () => {
  test.each(REFUSALS)('$id: $request', async (row) => {
    const responses = [await PROVOCATIONS[row.id](world)].flat()
    for (const response of responses) {
      expect(response.status).toBe(row.status)
      const answer = row.status === 302 ? answerOf(response) : await response.text()
      expect(unescaped(answer)).toContain(row.body)
      if (row.status === 302) expect(answer).toContain(`${row.error}\n`)
      if (response.headers.get('content-type')?.startsWith('application/json')) {
        expect(JSON.parse(answer)).toEqual({
          error: row.error,
          error_description: expect.stringContaining(row.body),
          error_codes: [expect.any(Number)],
          timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
          trace_id: expect.any(String),
          correlation_id: expect.any(String),
          error_uri: expect.stringContaining('/error?code='),
        })
      }
    }
  })
})

/** The error that a redirect brings; the address must be the registered one and the state must be there. */
function answerOf(response: Response): string {
  const location = new URL(response.headers.get('location') ?? 'about:blank')
  expect(`${location.origin}${location.pathname}`).toBe(REDIRECT_URI)
  expect(location.searchParams.get('state')).toBe('the state')
  expect(location.searchParams.has('code')).toBe(false)
  return `${location.searchParams.get('error')}\n${location.searchParams.get('error_description')}`
}

/** What a page says, without the markup around the code. */
function unescaped(text: string): string {
  return text.replaceAll('&#39;', "'").replace(/<\/?b>/g, '')
}

async function each<T>(cases: readonly T[], provoke: (one: T) => Promise<Response>): Promise<Response[]> {
  const responses: Response[] = []
  for (const one of cases) responses.push(await provoke(one))
  return responses
}

function authorize(w: EntraWorld, changes: Record<string, string | undefined>) {
  return w.open(w.authorizeUrl(NORTHWIND_HEALTH, changes))
}

async function mismatch(w: EntraWorld, redirect_uri: string) {
  const response = await authorize(w, { redirect_uri })
  expect(response.headers.has('location')).toBe(false)
  return response
}

function choose(w: EntraWorld, account: string) {
  return w.submit(w.authorizeUrl(NORTHWIND_HEALTH), { account })
}

function consentUrl(w: EntraWorld, scope = `${GRAPH}/.default`) {
  return w
    .authorizeUrl(WOODGROVE_CLINICS, { scope: scope || undefined })
    .replace('/oauth2/v2.0/authorize', '/v2.0/adminconsent')
}

async function decide(w: EntraWorld, account: string, decision: string) {
  const { cookie } = await w.signIn(account, WOODGROVE_CLINICS)
  const response = await w.submit(consentUrl(w), { decision }, cookie)
  expect(w.entra.tenants[1]?.consented.size).toBe(0)
  return response
}

function graphToken(w: EntraWorld, form: Record<string, string | undefined>) {
  return w.token({ ...w.credentialsForm(`${GRAPH}/.default`), ...form })
}

async function later(w: EntraWorld, milliseconds: number, provoke: () => Promise<Response>) {
  const before = w.clock.at
  w.clock.at = new Date(before.getTime() + milliseconds)
  try {
    return await provoke()
  } finally {
    w.clock.at = before
  }
}

async function disabled(w: EntraWorld, userId: string, provoke: () => Promise<Response>) {
  const users = w.entra.tenants[0]?.users ?? []
  const index = users.findIndex((user) => user.id === userId)
  const [user] = users.splice(index, 1)
  if (!user) throw new Error('no such user')
  users.push({ ...user, enabled: false })
  try {
    return await provoke()
  } finally {
    users.pop()
    users.splice(index, 0, user)
  }
}

function seconds(w: EntraWorld) {
  return Math.floor(w.clock.at.getTime() / 1000)
}

async function strangersAssertion(w: EntraWorld) {
  const { privateKey } = await generateKeyPair('RS256')
  return w.assertion({}, {}, privateKey)
}

async function unsigned(w: EntraWorld) {
  const [, payload] = (await w.assertion()).split('.')
  const header = Buffer.from(JSON.stringify({ alg: 'none', kid: 'assertion-key' })).toString('base64url')
  return `${header}.${payload}.`
}

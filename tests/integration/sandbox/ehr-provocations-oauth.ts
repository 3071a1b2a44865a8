import {
  type AssertionChange,
  authorizeUrl,
  codeOf,
  type EhrWithApps,
  LAUNCH_URL,
  postSystemToken,
  postToken,
  REDIRECT_URI,
} from './ehr-app.ts'

type Provocation = (apps: EhrWithApps) => Promise<Response>

/** An authorize request with something changed (undefined leaves it out). */
const authorize =
  (change: Record<string, string | undefined>, clientId = 'app-public'): Provocation =>
  async (apps) => {
    const { url } = await authorizeUrl(apps, clientId, change)
    return fetch(url, { redirect: 'manual' })
  }

/** A token request with a good code and something changed. */
const exchange =
  (change: Record<string, string>): Provocation =>
  async (apps) =>
    postToken(apps, { ...(await codeOf(apps)), ...change })

const withAssertion =
  (change: (apps: EhrWithApps) => AssertionChange): Provocation =>
  (apps) =>
    postSystemToken(apps, change(apps))

const seconds = () => Math.floor(Date.now() / 1000)
const basic = (id: string, secret: string) => ({ authorization: `Basic ${btoa(`${id}:${secret}`)}` })

export const OAUTH_PROVOCATIONS: Record<string, Provocation> = {
  'authorize-unknown-client': authorize({}, 'nobody'),
  'authorize-redirect-uri': authorize({ redirect_uri: `${REDIRECT_URI}/` }),
  'authorize-without-launch': authorize({ launch: undefined }),
  'authorize-dead-launch': async (apps) => {
    const [practitioner] = apps.ehr.practitioners()
    const dead = apps.ehr.launchUrl(LAUNCH_URL, { practitionerId: practitioner?.id ?? '' })
    apps.clock.advance(11 * 60_000)
    const { url } = await authorizeUrl(apps, 'app-public', {}, dead)
    return fetch(url, { redirect: 'manual' })
  },
  'authorize-without-aud': authorize({ aud: undefined }),
  'authorize-other-aud': authorize({ aud: 'https://fhir-ehr.example.com/r4/other' }),
  'authorize-without-state': authorize({ state: undefined }),
  'authorize-without-pkce': authorize({ code_challenge: undefined, code_challenge_method: undefined }),
  'authorize-plain-pkce': authorize({ code_challenge_method: 'plain' }),
  'authorize-no-scope-left': authorize({ scope: 'user/Observation.read', nonce: undefined }),
  'token-code-reused': async (apps) => {
    const body = await codeOf(apps)
    await postToken(apps, body)
    return postToken(apps, body)
  },
  'token-code-expired': async (apps) => {
    const body = await codeOf(apps)
    apps.clock.advance(61_000)
    return postToken(apps, body)
  },
  'token-other-verifier': exchange({ code_verifier: 'v'.repeat(43) }),
  'token-other-redirect-uri': exchange({ redirect_uri: `${REDIRECT_URI}/` }),
  'token-other-client': async (apps) => {
    const { client_id: _given, ...body } = await codeOf(apps)
    return postToken(apps, body, basic('app-secret', 'the-app-secret'))
  },
  'token-error-uri': exchange({ code: 'never-given' }),
  'token-wrong-secret': async (apps) => {
    const { client_id: _given, ...body } = await codeOf(apps, 'app-secret')
    return postToken(apps, body, basic('app-secret', 'another'))
  },
  'token-secret-in-body': async (apps) =>
    postToken(apps, { ...(await codeOf(apps, 'app-secret')), client_secret: 'the-app-secret' }),
  'token-assertion-missing': async (apps) => postToken(apps, await codeOf(apps, 'app-key')),
  'token-assertion-replayed': async (apps) => {
    const change = { claims: { jti: 'once-only' } }
    await postSystemToken(apps, change)
    return postSystemToken(apps, change)
  },
  'token-assertion-alg': withAssertion((apps) => ({ key: apps.rs256 })),
  'token-assertion-aud': withAssertion((apps) => ({ claims: { aud: apps.as.issuer } })),
  'token-assertion-long': withAssertion((apps) => ({
    claims: { exp: Math.floor(apps.clock.now().getTime() / 1000) + 600 },
  })),
  'token-assertion-expired': withAssertion(() => ({ claims: { exp: seconds() - 60 } })),
  'token-assertion-key': withAssertion(() => ({ header: { kid: 'unknown' } })),
  'token-assertion-typ': withAssertion(() => ({ header: { typ: 'other' } })),
  'token-grant-not-registered': (apps) =>
    postToken(
      apps,
      { grant_type: 'client_credentials', scope: 'system/Patient.read' },
      basic('app-secret', 'the-app-secret'),
    ),
  'token-system-scope-not-registered': (apps) => postSystemToken(apps, {}, 'system/Practitioner.write'),
}

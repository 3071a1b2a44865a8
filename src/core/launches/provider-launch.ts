import { randomBytes } from 'node:crypto'
import type { Cookie } from '../http/cookies.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import { ownClient } from '../sites/own-client.ts'
import type { Site } from '../sites/site.ts'
import { normalizedBase, type SiteStore } from '../sites/site-store.ts'
import { authorizeUrl, newLaunchSecrets } from '../smart/authorize.ts'
import { checkCallbackIssuer, parseCallback } from '../smart/callback.ts'
import { launchContext } from '../smart/context.ts'
import type { DiscoveryCache } from '../smart/discovery.ts'
import type { SmartFailureCode } from '../smart/failures.ts'
import { verifyIdToken } from '../smart/id-token.ts'
import type { JwksCache } from '../smart/jwks.ts'
import { requireScopes } from '../smart/scopes.ts'
import { exchangeCode } from '../smart/token.ts'
import type { Outbound, SmartSite } from '../smart/types.ts'
import type { Store } from '../store/store.ts'
import { launchPath, writeSession } from './session.ts'
import { browserBinding, consumeState, openState, type StateFailure, sealState } from './state.ts'

export type LaunchFailure =
  | 'launch_parameters_missing'
  | 'launch_unknown_issuer'
  | 'launch_wrong_environment'
  | 'launch_tenant_not_allowed'
  | 'launch_site_in_setup'
  | 'session_too_large'
  | StateFailure
  | SmartFailureCode

export type LaunchPorts = {
  readonly sites: SiteStore
  readonly store: Pick<Store, 'tables'>
  readonly sessionKeys: KeyRing
  readonly smartSite: (site: Site) => Promise<SmartSite>
  readonly discovery: DiscoveryCache
  readonly jwks: JwksCache
  readonly outbound: Outbound
  readonly allowedTenants: readonly string[]
  readonly redirectUri: string
  readonly now: () => Date
}

/** Where to send the browser, with the cookies to set. */
export type Step = { readonly location: string; readonly cookies: readonly Cookie[] }

/** Characters; the handles of EHRs are UUIDs or a little longer. */
const SHORT = 128

/** What the appointment page cannot do without; v1 spelling, its v2 equivalent is as good. */
const NEEDED_SCOPES = 'user/Appointment.read'

/**
 * The launch URL was opened by an EHR (SMART App Launch 2.2.0, "Launch App: EHR Launch"). The issuer is looked up among
 * the configured sites before anything is fetched from it.
 */
export async function beginLaunch(
  ports: LaunchPorts,
  query: URLSearchParams,
  cookies: ReadonlyMap<string, string>,
): Promise<Result<Step, LaunchFailure>> {
  const [iss, launch] = [query.get('iss'), query.get('launch')]
  if (!iss || !launch || launch.length > 2048) return fail('launch_parameters_missing')
  const site = await ports.sites.byIssuer(iss)
  if (!site) return { ok: false, failure: await unknownIssuer(ports, iss) }
  if (!ports.allowedTenants.includes(site.tenantId)) return fail('launch_tenant_not_allowed')
  if (site.setup) return fail('launch_site_in_setup')
  const configured = await ports.smartSite(site)
  // What is fetched is what was configured; the EHR's own spelling of its base goes back to it as `aud` alone.
  const config = await ports.discovery.discover(configured, ports.outbound, ports.now())
  if (!config.ok) return config
  const smart = { ...configured, fhirBaseUrl: iss }
  const secrets = await newLaunchSecrets()
  const binding = browserBinding(cookies)
  const { tenantId, siteId } = site
  const state = sealState(
    ports.sessionKeys,
    {
      purpose: 'launch',
      launchId: randomBytes(16).toString('base64url'),
      tenantId,
      siteId,
      verifier: secrets.codeVerifier,
      nonce: secrets.nonce,
      // An EHR may limit the length of state.
      ...(launch.length <= SHORT ? { launch } : {}),
    },
    binding.value,
    ports.now(),
  )
  const { codeChallenge, nonce } = secrets
  const url = authorizeUrl(config.value, smart, {
    redirectUri: ports.redirectUri,
    launch,
    state,
    codeChallenge,
    nonce,
  })
  return ok({ location: url.href, cookies: binding.cookies })
}

/** The EHR's authorization server sent the browser back. */
export async function finishLaunch(
  ports: LaunchPorts,
  query: URLSearchParams,
  cookies: ReadonlyMap<string, string>,
): Promise<Result<Step, LaunchFailure>> {
  const callback = parseCallback(query)
  const now = ports.now()
  const consumed = await consumeState(ports.sessionKeys, ports.store, callback.state, {
    purpose: 'launch',
    cookies,
    now,
  })
  if (!consumed.ok) return consumed
  const state = consumed.value
  const site = await ports.sites.get(state.tenantId, state.siteId)
  if (!site) return fail('launch_unknown_issuer')
  if (!ports.allowedTenants.includes(site.tenantId)) return fail('launch_tenant_not_allowed')
  const smart = await ports.smartSite(site)
  const config = await ports.discovery.discover(smart, ports.outbound, now)
  if (!config.ok) return config
  const issuer = checkCallbackIssuer(config.value, smart, callback.iss)
  if (!issuer.ok) return issuer
  if (!callback.answer.ok) return callback.answer
  const own = await ownClient(ports.sites, site, smart, config.value)
  if (!own.ok) return own
  const exchange = {
    code: callback.answer.value.code,
    redirectUri: ports.redirectUri,
    codeVerifier: state.verifier,
  }
  const token = await exchangeCode(config.value, smart, exchange, ports.outbound, now)
  if (!token.ok) return token
  const scopes = requireScopes(token.value, NEEDED_SCOPES)
  if (!scopes.ok) return scopes
  const check = { config: config.value, site: smart, nonce: state.nonce, jwks: ports.jwks }
  const identity = await verifyIdToken(token.value.idToken, check, ports.outbound, now)
  if (!identity.ok) return identity
  const session = writeSession(
    ports.sessionKeys,
    {
      launchId: state.launchId,
      tenantId: state.tenantId,
      siteId: state.siteId,
      ehrUser: identity.value.ehrUser,
      username: token.value.username,
      context: launchContext(token.value, site.fhirBaseUrl),
      accessToken: token.value.accessToken,
      accessTokenUntil: token.value.expiresAt.toISOString(),
      refreshToken: token.value.refreshToken,
    },
    now,
  )
  if (!session.ok) return session
  return ok({ location: `${launchPath(state.launchId)}/visit`, cookies: session.value })
}

/**
 * The launch URL of a launch whose answer came to nothing, to begin it anew; undefined where it is not known or not
 * this browser's. EHRs keep the handle of a launch for some minutes.
 */
export async function launchAgain(
  { sites, sessionKeys, now }: Pick<LaunchPorts, 'sites' | 'sessionKeys' | 'now'>,
  query: URLSearchParams,
  cookies: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const expected = { purpose: 'launch', cookies, now: now() } as const
  const opened = openState(sessionKeys, query.get('state') ?? undefined, expected)
  if (!opened.ok || opened.value.launch === undefined) return undefined
  const { tenantId, siteId, launch } = opened.value
  const site = await sites.get(tenantId, siteId)
  return site && `/launch/provider?${new URLSearchParams({ iss: site.fhirBaseUrl, launch })}`
}

/** A base that nobody configured: is it a known EHR under its other environment's address? Then say so. */
async function unknownIssuer(ports: LaunchPorts, iss: string): Promise<Failure<LaunchFailure>> {
  if (!URL.canParse(iss)) return fail('launch_unknown_issuer').failure
  const sibling = await ports.sites.bySibling(iss)
  if (!sibling || normalizedBase(sibling.fhirBaseUrl) === normalizedBase(iss))
    return fail('launch_unknown_issuer').failure
  return fail('launch_wrong_environment', { detail: `set up as ${sibling.environment}` }).failure
}

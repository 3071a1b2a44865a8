import { randomBytes } from 'node:crypto'
import type { Appointment } from '../ehr/appointment.ts'
import { type Ehr, ehr } from '../ehr/ehr.ts'
import type { EhrFailure } from '../ehr/fhir-client.ts'
import { type Failure, fail, ok, type Result } from '../result.ts'
import { ownClient } from '../sites/own-client.ts'
import type { Site } from '../sites/site.ts'
import { authorizeUrl, newLaunchSecrets } from '../smart/authorize.ts'
import { checkCallbackIssuer, parseCallback } from '../smart/callback.ts'
import { type LaunchContext, launchContext } from '../smart/context.ts'
import { verifyIdToken } from '../smart/id-token.ts'
import { requireScopes } from '../smart/scopes.ts'
import { exchangeCode } from '../smart/token.ts'
import { type EnsurePorts, ensureVisit } from '../visits/ensure-visit.ts'
import { type Visit, visitRef } from '../visits/visit.ts'
import { pickVisit } from './pick-visit.ts'
import type { LaunchFailure, LaunchPorts, Step } from './provider-launch.ts'
import { browserBinding, consumeState, sealState } from './state.ts'

export type PatientLaunchFailure = LaunchFailure | EhrFailure | 'launch_no_context' | 'launch_no_appointment'

export type PatientLaunchPorts = LaunchPorts & EnsurePorts

const NEEDED_SCOPES = 'patient/Appointment.read'
const HOUR = 3_600_000
/** A portal lists visits weeks ahead; one that is further away has no link yet either. */
const AHEAD = 30 * 24 * HOUR
const BEHIND = 12 * HOUR

/**
 * The patient opened a visit in the EHR's patient portal (SMART App Launch 2.2.0, "Launch App: EHR Launch", with the
 * portal's own FHIR base as issuer). Like the clinician's launch, and nobody signs in here: the portal has done that.
 */
export async function beginPatientLaunch(
  ports: PatientLaunchPorts,
  query: URLSearchParams,
  cookies: ReadonlyMap<string, string>,
): Promise<Result<Step, PatientLaunchFailure>> {
  const [iss, launch] = [query.get('iss'), query.get('launch')]
  if (!iss || !launch || launch.length > 2048) return fail('launch_parameters_missing')
  const site = await ports.sites.byPatientIssuer(iss)
  const portal = site && portalOf(site)
  if (!portal) return fail('launch_unknown_issuer')
  if (!ports.allowedTenants.includes(portal.tenantId)) return fail('launch_tenant_not_allowed')
  if (portal.setup) return fail('launch_site_in_setup')
  const configured = await ports.smartSite(portal)
  const config = await ports.discovery.discover(configured, ports.outbound, ports.now())
  if (!config.ok) return config
  const smart = { ...configured, fhirBaseUrl: iss }
  const { codeVerifier: verifier, codeChallenge, nonce } = await newLaunchSecrets()
  const binding = browserBinding(cookies)
  const { tenantId, siteId } = portal
  const launchId = randomBytes(16).toString('base64url')
  const sealed = { purpose: 'patient' as const, launchId, tenantId, siteId, verifier, nonce }
  const state = sealState(ports.sessionKeys, sealed, binding.value, ports.now())
  const { redirectUri } = ports
  const url = authorizeUrl(config.value, smart, { redirectUri, launch, state, codeChallenge, nonce })
  return ok({ location: url.href, cookies: binding.cookies })
}

/**
 * The portal's authorization server sent the browser back: the visit that the patient means is found with their own
 * token, which is then dropped. No session is made: the link's page is all there is.
 * @returns the token of the patient's link.
 */
export async function finishPatientLaunch(
  ports: PatientLaunchPorts,
  query: URLSearchParams,
  cookies: ReadonlyMap<string, string>,
): Promise<Result<string, PatientLaunchFailure>> {
  const callback = parseCallback(query)
  const now = ports.now()
  const expected = { purpose: 'patient' as const, cookies, now }
  const consumed = await consumeState(ports.sessionKeys, ports.store, callback.state, expected)
  if (!consumed.ok) return consumed
  const { tenantId, siteId, verifier: codeVerifier, nonce } = consumed.value
  const site = await ports.sites.get(tenantId, siteId)
  const portal = site && portalOf(site)
  if (!portal) return fail('launch_unknown_issuer')
  if (!ports.allowedTenants.includes(portal.tenantId)) return fail('launch_tenant_not_allowed')
  const smart = await ports.smartSite(portal)
  const config = await ports.discovery.discover(smart, ports.outbound, now)
  if (!config.ok) return config
  const issuer = checkCallbackIssuer(config.value, smart, callback.iss)
  if (!issuer.ok) return issuer
  if (!callback.answer.ok) return callback.answer
  const client = await ownClient(ports.sites, portal, smart, config.value)
  if (!client.ok) return client
  const exchange = { code: callback.answer.value.code, redirectUri: ports.redirectUri, codeVerifier }
  const token = await exchangeCode(config.value, smart, exchange, ports.outbound, now)
  if (!token.ok) return token
  const scopes = requireScopes(token.value, NEEDED_SCOPES)
  if (!scopes.ok) return scopes
  // Nobody is identified by it, so it may be missing; one that is there and wrong belongs to another launch.
  if (token.value.idToken !== undefined) {
    const check = { config: config.value, site: smart, nonce, jwks: ports.jwks }
    const identity = await verifyIdToken(token.value.idToken, check, ports.outbound, now)
    if (!identity.ok) return identity
  }
  const context = launchContext(token.value, portal.fhirBaseUrl)
  const patientId = 'patientId' in context ? context.patientId : undefined
  if (patientId === undefined) return fail('launch_no_context')
  const found = await appointmentsOf(ehr({ ...portal, accessToken: token.value.accessToken }, ports.now), {
    context,
    patientId,
    now,
  })
  if (!found.ok) return { ok: false, failure: found.failure as Failure<EhrFailure> }
  // The portal's word on whose token this is goes before what an id in the launch would lead to.
  const own = found.value.filter((appointment) => appointment.patientId === patientId)
  const visit = await visitOf(ports, site, own)
  const link = visit && ports.visits.patientToken(visit)
  return link === undefined ? fail('launch_no_appointment') : ok(link)
}

/** The site as its patient portal sees it: the same tenant and site, another base and client. */
function portalOf(site: Site): Site | undefined {
  if (!site.patientLaunch) return undefined
  const { fhirBaseUrl, client, allowedIssuers } = site.patientLaunch
  return { ...site, fhirBaseUrl, launch: client, allowedIssuers }
}

async function appointmentsOf(
  from: Ehr,
  { context, patientId, now }: { context: LaunchContext; patientId: string; now: Date },
): Promise<Result<Appointment[], EhrFailure>> {
  const around = () =>
    from.appointmentsOfPatient(patientId, new Date(now.getTime() - BEHIND), new Date(now.getTime() + AHEAD))
  const named =
    context.kind === 'appointment'
      ? await from.appointments([context.appointmentId])
      : context.kind === 'appointments'
        ? await from.appointments(context.appointmentIds)
        : context.kind === 'encounter'
          ? await from.appointmentsOfEncounter(context.encounterId)
          : await around()
  if (!named.ok) return named
  const read = named.value.size === 0 && context.kind === 'encounter' ? await around() : named
  return read.ok ? ok([...read.value.values()]) : read
}

/** A visit that can still be joined has its row made here; of others only what we knew already is shown. */
async function visitOf(
  ports: PatientLaunchPorts,
  site: Site,
  appointments: readonly Appointment[],
): Promise<Visit | undefined> {
  const pick = pickVisit(appointments, ports.now())
  if (!pick) return undefined
  return pick.joinable
    ? ensureVisit(ports, site, pick.appointment)
    : ports.visits.find(visitRef(ports.identity, site, pick.appointment.id))
}

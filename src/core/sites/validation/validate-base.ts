import { parseCapabilityStatement } from '../../smart/capability-statement.ts'
import { httpAllowed } from '../../smart/endpoint.ts'
import { openidJwksUri } from '../../smart/openid-configuration.ts'
import { parseSmartConfiguration } from '../../smart/smart-configuration.ts'
import type { Outbound, SmartConfiguration } from '../../smart/types.ts'
import { type Document, readDocument } from './document.ts'
import { type FhirServer, fhirServer } from './fhir-server.ts'
import type { Told, UrlCheck, UrlNote, UrlProblem } from './finding.ts'
import { hasKeys } from './keys.ts'
import { likelyUrls } from './likely-urls.ts'
import { signInServer } from './sign-in-server.ts'
import { urlShape } from './url-shape.ts'
import { type Vendor, vendorOf } from './vendor.ts'

export type Validated = {
  /** As it is compared and saved; empty where what was typed is no address. */
  readonly url: string
  /** The first thing in its way. */
  readonly problem?: Told<UrlProblem>
  readonly notes: readonly Told<UrlNote>[]
  /** What was found to be right, in order. */
  readonly passed: readonly UrlCheck[]
  /** An address on the same host that answers as an R4 server; asked, not guessed. */
  readonly likelyUrl?: string
  readonly software?: { readonly name: string; readonly version?: string | undefined } | undefined
  readonly vendor?: Vendor
  readonly smart?: SmartConfiguration
}

export type ValidatePorts = {
  readonly outbound: Outbound
  /** Whose the base is already; asked before anything is fetched. */
  readonly owner: (url: string) => Promise<'nobody' | 'this_site' | 'this_tenant' | 'other_tenant'>
  /** A patient portal's base: appointments are read there, one by one, and never searched. */
  readonly patients?: boolean
}

/**
 * Checks a FHIR base URL as far as it can be checked without a registration: its shape, whose it is, then the server's
 * own documents. Stops at the first thing that is in the way.
 * @param typed whatever somebody typed
 */
export async function validateBase(
  typed: string,
  { outbound, owner, patients = false }: ValidatePorts,
): Promise<Validated> {
  const shape = urlShape(typed, outbound.allowHttp === true)
  if ('problem' in shape) return { url: '', problem: shape.problem, notes: [], passed: [] }
  const { url } = shape
  const whose = await owner(url)
  if (whose === 'this_tenant') return { url, problem: { code: 'url_duplicate' }, notes: [], passed: [] }
  if (whose === 'other_tenant')
    return { url, problem: { code: 'url_of_other_organization' }, notes: [], passed: [] }
  const metadata = await readDocument(`${url}/metadata`, outbound)
  if (metadata.kind === 'none') return { url, problem: metadata.problem, notes: [], passed: ['address'] }
  const server = serverOf(metadata)
  if ('problem' in server) {
    const likelyUrl = await likelyServer(url, outbound)
    const found = { url, problem: server.problem, notes: [], passed: ['address', 'reachable'] as const }
    return likelyUrl === undefined ? found : { ...found, likelyUrl }
  }
  const asked = patients ? { ...server, appointments: undefined } : server
  return checkServer(url, asked, metadata.kind === 'json' ? metadata.body : undefined, outbound)
}

async function checkServer(
  url: string,
  server: FhirServer,
  metadata: unknown,
  outbound: Outbound,
): Promise<Validated> {
  const { software } = server
  const passed: UrlCheck[] = ['address', 'reachable', 'fhir']
  const so = (more: Pick<Validated, 'notes'> & Partial<Validated>): Validated => ({
    url,
    software,
    passed,
    ...more,
  })
  if (server.appointments) return so({ notes: server.notes, problem: server.appointments })
  passed.push('appointments')
  const found = await smartOf(url, metadata, outbound)
  if ('problem' in found) return so({ notes: server.notes, problem: found.problem })
  passed.push('smart')
  const { smart } = found
  const vendor = vendorOf(url, software?.name, smart)
  const judged = signInServer(smart)
  const notes = [...server.notes, ...found.notes, ...judged.notes]
  if (judged.problem) return so({ notes, problem: judged.problem, vendor })
  passed.push('sign_in')
  const jwksUri =
    smart.jwksUri ?? (smart.issuer && (await openidJwksUri(smart.issuer, outbound, isHttp(url, outbound))))
  const known = jwksUri ? notes.filter(({ code }) => code !== 'no_keys_named') : notes
  if (jwksUri && !(await hasKeys(jwksUri, outbound)))
    return so({ notes: known, problem: { code: 'smart_keys', shown: jwksUri }, vendor })
  passed.push('keys')
  return so({ notes: known, vendor, smart })
}

function serverOf(
  document: Exclude<Document, { kind: 'none' }>,
): FhirServer | { readonly problem: Told<UrlProblem> } {
  return document.kind === 'json' ? fhirServer(document.body) : { problem: document.problem }
}

/** The first of the likely addresses that answers as an R4 server. They are asked at the same time. */
async function likelyServer(url: string, outbound: Outbound): Promise<string | undefined> {
  const candidates = likelyUrls(url)
  const found = await Promise.all(
    candidates.map(async (candidate) => {
      const document = await readDocument(`${candidate}/metadata`, outbound)
      return document.kind === 'json' && !('problem' in fhirServer(document.body))
    }),
  )
  return candidates.find((_, index) => found[index])
}

type Smart = { readonly smart: SmartConfiguration; readonly notes: readonly Told<UrlNote>[] }

/** The endpoints by smart-configuration; where there is none, by the CapabilityStatement, which is then told. */
async function smartOf(
  url: string,
  metadata: unknown,
  outbound: Outbound,
): Promise<Smart | { readonly problem: Told<UrlProblem> }> {
  const document = await readDocument(`${url}/.well-known/smart-configuration`, outbound, 'application/json')
  if (document.kind === 'json') {
    const parsed = parseSmartConfiguration(document.body, isHttp(url, outbound), url)
    if (parsed.ok) return { smart: parsed.value, notes: [] }
    if (parsed.failure.code === 'smart_pkce_missing') return { problem: { code: 'smart_no_pkce' } }
    return { problem: { code: 'smart_unreadable', shown: parsed.failure.detail } }
  }
  if (document.kind === 'none') return { problem: document.problem }
  const absent = document.status === 404 || document.status === 410
  if (!absent) return { problem: { code: 'smart_unreadable', shown: `status ${document.status}` } }
  const older = parseCapabilityStatement(metadata, isHttp(url, outbound))
  return older.ok
    ? { smart: older.value, notes: [{ code: 'smart_only_capability' }] }
    : { problem: { code: 'smart_missing' } }
}

function isHttp(url: string, outbound: Outbound): boolean {
  return httpAllowed(url, outbound.allowHttp)
}

import { randomUUID } from 'node:crypto'
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { EhrFlaw } from '../contracts.ts'
import { capabilityStatement } from './capability.ts'
import { answerFhir, type FhirParts } from './fhir-router.ts'
import { errorPage } from './oauth-errors.ts'
import type { FhirAnswer } from './outcomes.ts'
import { routePersona } from './persona.ts'
import { ledgerPath, type RequestLedger } from './request-ledger.ts'
import type { SigningKeys } from './signing-keys.ts'
import { openidConfiguration, patientSmartConfiguration, smartConfiguration } from './smart-configuration.ts'

export type FrontParts = FhirParts & {
  readonly keys: SigningKeys
  readonly portalPages: FhirParts['pages']
  readonly ledger: RequestLedger
  readonly startedAt: Date
  /** The authorization server's own listener. */
  readonly authorization: RequestListener
}

const FHIR_JSON = 'application/fhir+json;charset=UTF-8'
const PORTAL = '/myrecord/r4/'
const LARGEST_BODY = 64 * 1024

/** The one listener: documents, FHIR, and everything else to the authorization server. */
export async function handle(parts: FrontParts, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { addresses, ledger } = parts
  const url = new URL(req.url ?? '/', addresses.origin)
  let body: unknown
  res.on('finish', () => {
    ledger.write({
      method: req.method ?? '',
      path: ledgerPath(url),
      status: res.statusCode,
      ...(body === undefined ? {} : { body }),
    })
  })
  await delay(parts.faults.slowMs)
  if (req.method === 'OPTIONS') return preflight(res)

  const document = documents(parts, url)
  if (document === 'gone') return send(res, 404, 'Not Found', 'text/plain')
  if (document) return send(res, 200, document, 'application/json')

  const portal = url.pathname.startsWith(PORTAL)
  if (portal || url.pathname.startsWith('/r4/')) {
    echoIds(req, res)
    const text = req.method === 'GET' ? '' : await readBody(req)
    body = parsedBody(text)
    const answer = await answerTenant(portal ? portalParts(parts) : parts, url, req, text)
    return sendFhir(res, answer)
  }
  if (url.pathname.startsWith(`${addresses.errorsPath}/`)) {
    return send(res, 200, errorPage('Authorization error', 'The request was refused.'), 'text/html')
  }
  // The EHR's user is known from the launch: a browser's older cookies must not matter.
  delete req.headers.cookie
  routePersona(req, url, addresses)
  parts.authorization(req, res)
}

/** The FHIR server under the patient persona's base: the same clinic, links and tokens of its own. */
function portalParts(parts: FrontParts): FrontParts {
  const { portalPages: pages } = parts
  const addresses = { ...parts.addresses, fhirBaseUrl: parts.addresses.patientBaseUrl }
  return { ...parts, persona: 'patient', pages, addresses }
}

/** A document of the authorization server; `gone` where a flaw has taken it away, undefined where there is none. */
function documents(parts: FrontParts, url: URL): unknown {
  const { addresses } = parts
  const { flaws } = parts.faults
  switch (url.pathname) {
    case `/r4/${addresses.tenant}/.well-known/smart-configuration`:
      return flaws.has('smart_configuration')
        ? 'gone'
        : flawedConfiguration(smartConfiguration(addresses), flaws)
    case `${PORTAL}${addresses.tenant}/.well-known/smart-configuration`:
      return patientSmartConfiguration(addresses)
    case `/tenants/${addresses.tenant}/oidc/idsps/${addresses.tenant}/.well-known/openid-configuration`:
      return openidConfiguration(addresses)
    case addresses.jwksPath:
      return flaws.has('keys') ? 'gone' : parts.keys.jwks()
    case '/smart-style.json':
      return {
        color_background: '#f5f5f5',
        color_highlight: '#0f6cbd',
        font_family_body: 'Segoe UI, sans-serif',
      }
    default:
      return undefined
  }
}

function flawedConfiguration(document: Record<string, unknown>, flaws: ReadonlySet<EhrFlaw>) {
  return {
    ...document,
    ...(flaws.has('pkce') ? { code_challenge_methods_supported: ['plain'] } : {}),
    ...(flaws.has('auth_methods') ? { token_endpoint_auth_methods_supported: ['client_secret_post'] } : {}),
  }
}

async function answerTenant(
  parts: FrontParts,
  url: URL,
  req: IncomingMessage,
  body: string,
): Promise<FhirAnswer> {
  const [, tenant, ...rest] = url.pathname.replace(PORTAL, '/r4/').slice(1).split('/')
  if (tenant !== parts.addresses.tenant) return { status: 403, body: 'Tenant not valid or accessible' }
  const path = rest.join('/')
  const { fhirUnavailable, fhirThrottled } = parts.faults
  if (path === 'metadata' && !fhirUnavailable && !fhirThrottled) {
    const statement = capabilityStatement(parts.addresses, parts.startedAt)
    const fhirVersion = parts.faults.flaws.has('fhir_version') ? '3.0.1' : statement.fhirVersion
    return { status: 200, body: { ...statement, fhirVersion } }
  }
  const { method = 'GET', headers } = req
  return answerFhir(parts, { method, path, query: url.searchParams, headers, body })
}

/** Correlation ids come back as sent, or new. */
function echoIds(req: IncomingMessage, res: ServerResponse): void {
  for (const name of ['x-request-id', 'opc-request-id']) {
    const sent = req.headers[name]
    res.setHeader(name, typeof sent === 'string' && /^[\w./-]{1,128}$/.test(sent) ? sent : randomUUID())
  }
}

function preflight(res: ServerResponse): void {
  res.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'GET, POST, PATCH, OPTIONS',
    'access-control-allow-headers': 'authorization, content-type, accept, if-match',
  })
  res.end()
}

function sendFhir(res: ServerResponse, answer: FhirAnswer): void {
  for (const [name, value] of Object.entries(answer.headers ?? {})) res.setHeader(name, value)
  res.setHeader('cache-control', 'no-cache')
  send(res, answer.status, answer.body, typeof answer.body === 'string' ? 'text/plain' : FHIR_JSON)
}

function send(res: ServerResponse, status: number, body: unknown, type: string): void {
  res.setHeader('access-control-allow-origin', '*')
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  if (text) res.setHeader('content-type', type)
  res.writeHead(status, { 'content-length': Buffer.byteLength(text) })
  res.end(text)
}

async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= LARGEST_BODY) chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsedBody(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

function delay(ms: number): Promise<void> {
  return ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : Promise.resolve()
}

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createHttps } from 'node:https'
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { closeServer } from '../../../sandbox/close-server.ts'
import { ehrAddresses } from '../../../sandbox/ehr/addresses.ts'
import { capabilityStatement } from '../../../sandbox/ehr/capability.ts'
import { smartConfiguration } from '../../../sandbox/ehr/smart-configuration.ts'

const TENANT = '11111111-2222-4333-8444-555555555555'
const METADATA = '/metadata'
const SMART = '/.well-known/smart-configuration'
/** Larger than anybody's statement, and than what is read of an answer. */
const HUGE_BYTES = 10 * 1024 * 1024
/** Nobody signs with it: it is there to be loaded. */
const SIGNING_KEY = { kty: 'RSA', kid: 'synthetic', use: 'sig', alg: 'RS256', n: 'AQAB', e: 'AQAB' }

type Documents = { metadata: Record<string, unknown>; smart: Record<string, unknown> | undefined }

/** EHRs that answer, each with one thing wrong in its documents. */
const WRONG: Readonly<Record<string, (good: Documents) => Documents>> = {
  /** Nothing wrong, to show that the others fail for their own reason. */
  good: (documents) => documents,
  dstu2: ({ metadata, smart }) => {
    const { rest } = metadata as { rest: unknown }
    return { metadata: { resourceType: 'Conformance', fhirVersion: '1.0.2', status: 'active', rest }, smart }
  },
  stu3: ({ metadata, smart }) => ({ metadata: { ...metadata, fhirVersion: '3.0.1' }, smart }),
  noPkce: (documents) => without(documents, 'code_challenge_methods_supported'),
  plainPkce: ({ metadata, smart }) => ({
    metadata,
    smart: { ...smart, code_challenge_methods_supported: ['plain'] },
  }),
  noAuthMethods: (documents) => without(documents, 'token_endpoint_auth_methods_supported'),
  onlySecretPost: ({ metadata, smart }) => ({
    metadata,
    smart: { ...smart, token_endpoint_auth_methods_supported: ['client_secret_post'] },
  }),
  noTokenEndpoint: (documents) => without(documents, 'token_endpoint'),
  noAppointmentSearch: ({ metadata, smart }) => ({
    metadata: { ...metadata, rest: [{ mode: 'server', resource: [{ type: 'Patient' }] }] },
    smart,
  }),
  noSmartConfiguration: ({ metadata }) => ({ metadata, smart: undefined }),
  /** Without the older way in the CapabilityStatement either. */
  noSignIn: ({ metadata }) => ({
    metadata: { ...metadata, rest: withoutSecurity(metadata.rest) },
    smart: undefined,
  }),
  noKeys: ({ metadata, smart }) => ({
    metadata,
    smart: { ...smart, jwks_uri: `${String(smart?.jwks_uri)}/gone` },
  }),
}

function withoutSecurity(rest: unknown): unknown {
  return (rest as Record<string, unknown>[]).map(({ security: _, ...others }) => others)
}

function without({ metadata, smart }: Documents, field: string): Documents {
  return {
    metadata,
    smart: Object.fromEntries(Object.entries(smart ?? {}).filter(([name]) => name !== field)),
  }
}

type Answer = (base: string, rest: string, response: ServerResponse) => void

/** EHRs that do not answer as an EHR would. */
const ODD: Readonly<Record<string, Answer>> = {
  html: (_base, _rest, response) => {
    response.writeHead(200, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Welcome</title><p>Sign in to continue</p>')
  },
  redirecting: (base, rest, response) => {
    response.writeHead(302, { location: `${base.replace('redirecting', 'good')}${rest}` })
    response.end()
  },
  huge: (_base, _rest, response) => {
    response.writeHead(200, { 'content-type': 'application/fhir+json' })
    response.write('{"resourceType":"CapabilityStatement","description":"')
    response.end(`${'x'.repeat(HUGE_BYTES)}"}`)
  },
  /** Says nothing until it is closed. */
  slow: () => {},
  broken: (_base, _rest, response) => {
    response.writeHead(500, { 'content-type': 'text/plain' })
    response.end('fatal')
  },
}

/** Bases that are a little off: what was typed, and what it should have been. */
const OFF = {
  wrongSuffix: [`/off/dstu2/${TENANT}`, `/off/r4/${TENANT}`],
  noSuffix: [`/off/${TENANT}`, `/off/r4/${TENANT}`],
  tooDeep: [`/off/r4/${TENANT}/Patient`, `/off/r4/${TENANT}`],
} as const

export type BadEhr =
  | keyof typeof OFF
  | 'html'
  | 'redirecting'
  | 'huge'
  | 'slow'
  | 'broken'
  | 'selfSigned'
  | 'nobody'
  | 'good'
  | 'dstu2'
  | 'stu3'
  | 'noPkce'
  | 'plainPkce'
  | 'noAuthMethods'
  | 'onlySecretPost'
  | 'noTokenEndpoint'
  | 'noAppointmentSearch'
  | 'noSmartConfiguration'
  | 'noSignIn'
  | 'noKeys'

export type BadEhrs = {
  /** The FHIR base URL to type. */
  url(which: BadEhr): string
  /** The one that would have been right, where the typed one is only a little off. */
  right(which: keyof typeof OFF): string
  /** Paths that were asked for, in order: nothing must be fetched that must not be. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

/** FHIR servers on loopback, each wrong in one way: what an administrator may type by mistake. */
export async function startBadEhrs(): Promise<BadEhrs> {
  const asked: string[] = []
  let origin = ''
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(origin, request, response)
  })
  origin = `http://localhost:${await listen(server)}`
  const made = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
  const tls = createHttps({ key: made.private, cert: made.cert }, (request, response) =>
    answer(origin, request, response),
  )
  const secure = `https://localhost:${await listen(tls)}/good/r4/${TENANT}`
  const gone = createServer()
  const nobody = `http://localhost:${await listen(gone)}/r4/${TENANT}`
  await closeServer(gone)
  return {
    asked,
    url(which) {
      if (which === 'selfSigned') return secure
      if (which === 'nobody') return nobody
      return which in OFF
        ? `${origin}${OFF[which as keyof typeof OFF][0]}`
        : `${origin}/${which}/r4/${TENANT}`
    },
    right: (which) => `${origin}${OFF[which][1]}`,
    close: async () => {
      await closeServer(server)
      await closeServer(tls)
    },
  }
}

function answer(origin: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? '/', origin)
  const which = pathname.split('/')[1] ?? ''
  const base = `${origin}/${which}/r4/${TENANT}`
  const rest = pathname.slice(base.length - origin.length)
  const odd = ODD[which]
  if (odd) return void odd(base, rest, response)
  if (pathname === `/${which}/jwk`) return void json(response, { keys: [SIGNING_KEY] })
  const change = which === 'off' ? WRONG.good : WRONG[which]
  if (!change || !pathname.startsWith(`/${which}/r4/${TENANT}/`)) return void notFound(response)
  const addresses = { ...ehrAddresses(`${origin}/${which}`, TENANT) }
  const documents = change({
    metadata: { ...capabilityStatement(addresses, new Date(0)) },
    smart: smartConfiguration(addresses),
  })
  const document = rest === METADATA ? documents.metadata : rest === SMART ? documents.smart : undefined
  if (document === undefined) return void notFound(response)
  json(response, document)
}

function json(response: ServerResponse, document: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' })
  response.end(JSON.stringify(document))
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' })
  response.end('Not Found')
}

function listen(
  server: { listen(port: number, host: string, done: () => void): unknown } & { address(): unknown },
) {
  return new Promise<number>((resolve) => {
    server.listen(0, 'localhost', () => resolve((server.address() as AddressInfo).port))
  })
}

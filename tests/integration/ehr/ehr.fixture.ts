import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { closeServer } from '../../../sandbox/close-server.ts'
import { type SandboxEhr, startEhr } from '../../../sandbox/ehr/ehr.ts'
import { parseOutboundPolicy } from '../../../src/core/http/outbound-policy.ts'
import { createSafeFetch } from '../../../src/core/http/safe-fetch.ts'
import { createBackendTokens } from '../../../src/core/smart/backend-token.ts'
import { createDiscoveryCache } from '../../../src/core/smart/discovery.ts'
import { publicJwks } from '../../../src/core/smart/public-jwks.ts'
import type { SmartSite } from '../../../src/core/smart/types.ts'

export const SYSTEM_SCOPES = 'system/Appointment.read system/Patient.read system/Encounter.read'

/** The app's own fetch, as in development: http for this machine. */
export function developmentFetch() {
  const policy = parseOutboundPolicy('', { allowHttpLoopback: true })
  if (!policy.ok) throw new Error(policy.failure.code)
  return createSafeFetch(policy.value)
}

/** The clinic's EHR, with a system account and a way to its tokens. */
export async function startClinic(now: () => Date) {
  const ehr = await startEhr({ port: 0, now })
  const { privateKey } = await generateKeyPair('ES384', { extractable: true })
  const key = await exportJWK(privateKey)
  const keyPair = { key, kid: 'key', alg: 'ES384' as const }
  ehr.register({
    clientId: 'system-client',
    kind: 'private_key_jwt',
    redirectUris: [],
    scope: SYSTEM_SCOPES,
    grants: ['client_credentials'],
    jwks: { keys: publicJwks(keyPair).keys },
  })
  const smartSite = (scopes = SYSTEM_SCOPES): SmartSite => ({
    fhirBaseUrl: ehr.fhirBaseUrl,
    clientId: 'launch-client',
    clientAuth: { method: 'none' },
    scopes: 'openid',
    allowedIssuers: [],
    allowCapabilityFallback: false,
    system: { clientId: 'system-client', clientAuth: { method: 'private_key_jwt', ...keyPair }, scopes },
  })
  const outbound = { fetch: developmentFetch(), allowHttp: true }
  const discovery = createDiscoveryCache()
  /** A fresh token of the system account. */
  const token = async (scopes = SYSTEM_SCOPES): Promise<string> => {
    const site = smartSite(scopes)
    const config = await discovery.discover(site, outbound, now())
    if (!config.ok) throw new Error(config.failure.code)
    const made = await createBackendTokens().token('site', site, config.value, outbound, now())
    if (!made.ok) throw new Error(made.failure.code)
    return made.value.accessToken
  }
  return { ehr, token, smartSite, outbound, discovery }
}

/** FHIR reads that reached the EHR since `from`. */
export function readsOf(ehr: SandboxEhr, from: number): string[] {
  return ehr.ledger.slice(from).flatMap(({ path }) => (path.startsWith('/r4/') ? [path] : []))
}

/** A FHIR server that says whatever a test wants. */
export async function startOddServer(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { base: `http://127.0.0.1:${port}/r4/clinic`, asked, close: () => closeServer(server) }
}

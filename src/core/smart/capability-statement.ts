import { z } from 'zod'
import { fail, ok } from '../result.ts'
import { endpointProblem } from './endpoint.ts'
import type { SmartResult } from './failures.ts'
import type { SmartConfiguration } from './types.ts'

const OAUTH_URIS = 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris'

const extension = z.object({ url: z.string(), valueUri: z.string().max(2_000).optional() })
const statement = z.object({
  resourceType: z.literal('CapabilityStatement'),
  rest: z
    .array(
      z.object({
        mode: z.string().optional(),
        security: z
          .object({
            extension: z
              .array(z.object({ url: z.string(), extension: z.array(extension).default([]) }))
              .default([]),
          })
          .optional(),
      }),
    )
    .min(1),
})

/**
 * The older way to find the endpoints: the oauth-uris extension of the CapabilityStatement (SMART App Launch 1.0.0
 * §Using the FHIR CapabilityStatement, deprecated since 2.0.0). It cannot advertise PKCE; S256 is sent all the same.
 */
export function parseCapabilityStatement(body: unknown, http: boolean): SmartResult<SmartConfiguration> {
  const parsed = statement.safeParse(body)
  if (!parsed.success) return fail('smart_discovery_invalid', { detail: 'not a CapabilityStatement' })
  const rest = parsed.data.rest.find((each) => each.mode === 'server') ?? parsed.data.rest[0]
  const uris = rest?.security?.extension.find((each) => each.url === OAUTH_URIS)?.extension ?? []
  const found = (name: string) => uris.find((each) => each.url === name)?.valueUri
  const authorizationEndpoint = found('authorize')
  const tokenEndpoint = found('token')
  if (authorizationEndpoint === undefined || tokenEndpoint === undefined)
    return fail('smart_discovery_invalid', { detail: 'the CapabilityStatement has no oauth-uris' })
  for (const endpoint of [authorizationEndpoint, tokenEndpoint]) {
    const problem = endpointProblem(endpoint, http)
    if (problem) return fail('smart_discovery_invalid', { detail: `an endpoint of oauth-uris ${problem}` })
  }
  return ok({
    source: 'capability_statement',
    issuer: undefined,
    jwksUri: undefined,
    authorizationEndpoint,
    tokenEndpoint,
    capabilities: [],
    grantTypes: [],
    tokenEndpointAuthMethods: [],
    scopes: [],
    sendsIssuer: false,
  })
}

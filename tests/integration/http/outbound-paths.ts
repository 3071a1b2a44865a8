import '../../setup/cross-fetch-alias.ts'
import * as fhirClientModule from 'fhirclient/lib/FhirClient.js'
import { createRemoteJWKSet, customFetch as joseFetch } from 'jose'
import * as oauth from 'oauth4webapi'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import type { SafeFetch } from '../../../src/core/http/safe-fetch.ts'
import { safeRequest } from '../../../src/core/http/safe-request.ts'

/** One way in which a URL from outside leads to a request. A new one is added to the list below. */
export type OutboundPath = {
  readonly name: string
  /** Hands the URL on as it is. A library in between parses, joins or refuses it in its own way first. */
  readonly raw: boolean
  /** Rejects with what the path throws when the URL is refused. */
  reach(url: string): Promise<unknown>
}

type FhirClientClass = typeof import('fhirclient/lib/FhirClient.js').default
const exported = fhirClientModule as unknown as { default: FhirClientClass | { default: FhirClientClass } }
const FhirClient = 'default' in exported.default ? exported.default.default : exported.default

/** A server that exists nowhere: what fhirclient joins relative links to. */
const NOWHERE = 'https://nowhere.invalid/fhir'

/** A token that gets as far as looking up the key it names. */
function unverifiedToken(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const claims = { iss: NOWHERE, exp: now + 600, iat: now, aud: 'a', sub: 's', jti: 'j', client_id: 'c' }
  return `${part({ alg: 'RS256', typ: 'at+jwt', kid: 'k' })}.${part(claims)}.${'A'.repeat(342)}`
}

/** Every outbound path of the application, over one safe fetch. */
export function outboundPaths(fetch: SafeFetch): readonly OutboundPath[] {
  useFetch(fetch)
  const options = { [oauth.customFetch]: fetch, [oauth.allowInsecureRequests]: true } as const
  const client = { client_id: 'client' }
  return [
    { name: 'safe fetch', raw: true, reach: (url) => fetch(url) },
    {
      name: 'safe request',
      raw: true,
      reach: async (url) => {
        const result = await safeRequest(fetch, url)
        if (!result.ok) throw result.failure
        return result.value
      },
    },
    {
      name: 'fhirclient, base URL',
      raw: false,
      reach: async (url) => new FhirClient(url).fhirRequest('metadata'),
    },
    {
      name: 'fhirclient, next link',
      raw: false,
      reach: async (url) => {
        const first = {
          resourceType: 'Bundle',
          type: 'searchset',
          link: [{ relation: 'next', url }],
        } as const
        const pages = new FhirClient(NOWHERE).pages(first as never)
        for (let page = await pages.next(); !page.done; page = await pages.next());
      },
    },
    {
      name: 'fhirclient, PATCH',
      raw: false,
      reach: async (url) =>
        new FhirClient(NOWHERE).patch(url, [{ op: 'replace', path: '/status', value: 'arrived' }]),
    },
    {
      name: 'oauth4webapi, discovery',
      raw: false,
      reach: async (url) => oauth.discoveryRequest(new URL(url), options),
    },
    {
      name: 'oauth4webapi, token endpoint',
      raw: false,
      reach: async (url) => {
        const server = { issuer: NOWHERE, token_endpoint: url }
        return oauth.clientCredentialsGrantRequest(server, client, oauth.None(), {}, options)
      },
    },
    {
      name: 'oauth4webapi, keys',
      raw: false,
      reach: async (url) => {
        const request = new Request(NOWHERE, { headers: { authorization: `Bearer ${unverifiedToken()}` } })
        return oauth.validateJwtAccessToken({ issuer: NOWHERE, jwks_uri: url }, request, 'a', options)
      },
    },
    {
      name: 'jose, keys',
      raw: false,
      reach: async (url) => {
        const keys = createRemoteJWKSet(new URL(url), { [joseFetch]: fetch })
        return keys({ alg: 'RS256', kid: 'k' }, { payload: '', signature: '' })
      },
    },
  ]
}

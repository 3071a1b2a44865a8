import type { Result } from '../../src/core/result.ts'
import { adminConsentEndpoint } from './admin-consent.ts'
import { json, jsonError } from './answers.ts'
import { authorizeEndpoint } from './authorize.ts'
import type { Context } from './context.ts'
import { metadata, publishedKeys } from './discovery.ts'
import type { Answer, Call } from './listener.ts'
import { logoutEndpoint } from './logout.ts'
import type { RefusalId } from './refusals.ts'
import { tokenEndpoint } from './token.ts'

type Endpoint = (context: Context, tenant: string, call: Call) => Promise<Answer>

/** What servers call, on https. The path after the tenant decides. */
export const SERVER_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/v2.0/.well-known/openid-configuration': async (context, tenant) =>
    document(metadata(context, tenant), context),
  '/discovery/v2.0/keys': async (context, tenant) => document(publishedKeys(context, tenant), context),
  '/oauth2/v2.0/token': tokenEndpoint,
}

/** What a person's browser opens, on http://localhost. */
export const BROWSER_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/oauth2/v2.0/authorize': authorizeEndpoint,
  '/v2.0/adminconsent': adminConsentEndpoint,
  '/oauth2/v2.0/logout': (context, _tenant, call) => logoutEndpoint(context, call),
}

/** Answers a call by one of the endpoints; 404 for every other path. */
export async function route(
  endpoints: Readonly<Record<string, Endpoint>>,
  context: Context,
  call: Call,
): Promise<Answer> {
  const [, tenant = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(call.url.pathname) ?? []
  const endpoint = Object.hasOwn(endpoints, rest) ? endpoints[rest] : undefined
  if (endpoint) return endpoint(context, tenant, call)
  return { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'Not found.' }
}

function document(found: Result<unknown, RefusalId>, context: Context): Answer {
  return found.ok ? json(found.value) : jsonError(found.failure, context.now)
}

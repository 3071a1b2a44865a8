import { readPushKeys } from '../../pushes/registered-keys.ts'
import { endpointProblem } from '../../smart/endpoint.ts'
import type { Site } from '../site.ts'
import type { FieldErrors } from './read-settings.ts'

/** What an administrator enters of an integration engine, as it was typed. */
export type PushInput = { readonly issuer: string; readonly jwksUrl: string; readonly keys: string }

export function pushInputOf({ push }: Pick<Site, 'push'>): PushInput {
  const keys = push?.keys ? JSON.stringify({ keys: push.keys }, null, 2) : ''
  return { issuer: push?.issuer ?? '', jwksUrl: push?.jwksUrl ?? '', keys }
}

export function pushInputFrom(fields: URLSearchParams): PushInput {
  const of = (name: string) => (fields.get(name) ?? '').trim()
  return { issuer: of('issuer'), jwksUrl: of('jwksUrl'), keys: of('keys') }
}

const KEYS: Readonly<Record<string, string>> = {
  push_keys_not_json:
    'This is not JSON. Paste a JWKS document such as {"keys": [ … ]}; a certificate or PEM file is something else.',
  push_keys_none: 'This document has no key.',
  push_keys_too_many: 'At most five keys: the current one and those that follow it.',
  push_keys_private:
    'This is a private or shared key. Do not use it any more: it has left its place. Make a new pair, and paste the public part.',
  push_keys_unsuitable:
    'A key does not fit: it must be for signatures, RSA of 2,048 to 4,096 bits (RS384) or EC on P-384 (ES384).',
  push_keys_same_kid: 'Give each key a kid of its own, so that it is plain which one signed.',
}

/** The engine's configuration, undefined where all fields are empty, or what is wrong, field by field. */
export function readPush(
  { issuer, jwksUrl, keys }: PushInput,
  httpLoopback: boolean,
): { readonly push: Site['push'] } | { readonly errors: FieldErrors } {
  if (issuer === '' && jwksUrl === '' && keys === '') return { push: undefined }
  const errors: Record<string, string> = {}
  if (issuer === '') errors.issuer = 'Enter the name that the engine puts into its tokens as iss.'
  else if (issuer.length > 200 || /[^\x21-\x7e]/.test(issuer))
    errors.issuer = 'A name without spaces, of at most 200 characters. It is compared character by character.'
  if (jwksUrl === '' && keys === '')
    errors.jwksUrl = 'Enter the address of the public keys, or paste them below.'
  if (jwksUrl !== '' && keys !== '') errors.keys = 'One of the two: keys at an address, or pasted keys.'
  else if (jwksUrl !== '' && (jwksUrl.length > 500 || endpointProblem(jwksUrl, httpLoopback) !== undefined))
    errors.jwksUrl = 'This is not an https address.'
  const read = keys === '' ? undefined : readPushKeys(keys)
  if (read && !read.ok) errors.keys ??= KEYS[read.failure.code] ?? 'These keys cannot be used.'
  if (Object.keys(errors).length > 0) return { errors }
  const where = read?.ok ? { keys: read.value } : { jwksUrl }
  return { push: { issuer, ...where } }
}

import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { EhrClient } from '../contracts.ts'
import { scopeRefusal } from './scopes.ts'

/** What somebody of the EHR team types from an integration record; every field as it comes from a form. */
export const Application = z.object({
  name: z.string().trim().min(1).max(100),
  /** Who opens it: a clinician, a patient, or nobody (a system account). */
  persona: z.enum(['provider', 'patient', 'system']),
  kind: z.enum(['private_key_jwt', 'client_secret_basic', 'public']),
  launchUrl: z.string().trim().default(''),
  redirectUrls: z.string().trim().default(''),
  jwksUrl: z.string().trim().default(''),
  scopes: z.string().trim().default(''),
})
export type Application = z.infer<typeof Application>
export type Field = keyof Application
export type Refusals = Partial<Record<Field, string>>

/**
 * Scopes that one application may have. The vendor warns of too many and gives no number that is published: this one is
 * the desk's.
 */
export const MOST_SCOPES = 40

/**
 * The EHR's registration desk: looks at an application as the vendor's console does and gives it a client id. Refuses an
 * address that is not https (localhost may be http), a scope that the EHR does not know or that another kind of
 * application has, more scopes than it allows, and keys that cannot be loaded.
 *
 * @returns the registration, with a secret where it has one; or a sentence for each field that is refused
 */
export async function admitApplication(
  form: Application,
  load: typeof fetch = fetch,
): Promise<{ client: EhrClient } | { refused: Refusals }> {
  const scopes = [...new Set(form.scopes.split(/[\s,]+/).filter(Boolean))]
  const redirectUris = form.redirectUrls.split(/\s+/).filter(Boolean)
  const opened = form.persona !== 'system'
  const refused: Refusals = {}
  const refuse = (field: Field, why: string | undefined) => {
    if (why !== undefined) refused[field] ??= why
  }
  if (opened) {
    refuse('launchUrl', form.launchUrl === '' ? 'The launch URL is missing.' : addressRefusal(form.launchUrl))
    refuse('redirectUrls', redirectUris.length === 0 ? 'A redirect URL is missing.' : undefined)
    for (const uri of redirectUris) refuse('redirectUrls', addressRefusal(uri))
  } else if (form.kind === 'public') {
    refuse('kind', 'A system account proves who it is: choose keys (JWKS) or a secret.')
  }
  refuse('scopes', scopes.length === 0 ? 'At least one scope is needed.' : undefined)
  if (scopes.length > MOST_SCOPES) {
    refuse('scopes', `${scopes.length} scopes are too many: at most ${MOST_SCOPES}. Register what is needed.`)
  }
  for (const scope of scopes) refuse('scopes', scopeRefusal(scope, form.persona))
  if (form.kind === 'private_key_jwt') refuse('jwksUrl', await keysRefusal(form.jwksUrl, load))
  if (Object.keys(refused).length > 0) return { refused }
  return {
    client: {
      clientId: randomUUID(),
      name: form.name,
      kind: form.kind,
      redirectUris: opened ? redirectUris : [],
      scope: scopes.join(' '),
      grants: [opened ? 'authorization_code' : 'client_credentials'],
      ...(opened ? { launchUrl: form.launchUrl } : {}),
      ...(form.kind === 'private_key_jwt' ? { jwksUri: form.jwksUrl } : {}),
      ...(form.kind === 'client_secret_basic' ? { secret: newSecret() } : {}),
    },
  }
}

export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

function addressRefusal(text: string): string | undefined {
  const url = URL.parse(text)
  if (!url) return `${text} is not a web address.`
  if (url.hash) return `${text} must not have a fragment (#).`
  if (url.username || url.password) return `${text} must not carry a user name.`
  if (url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname))) return undefined
  return `${text} must begin with https://. Only localhost may be http.`
}

const Keys = z.object({
  keys: z.array(z.looseObject({ kty: z.string(), crv: z.string().optional() })).min(1),
})

/** Keys are fetched once at the desk, and again whenever the client proves who it is. */
async function keysRefusal(text: string, load: typeof fetch): Promise<string | undefined> {
  if (text === '') return 'The JWKS URL is missing.'
  const address = addressRefusal(text)
  if (address !== undefined) return address
  try {
    const answer = await load(text, { redirect: 'error', signal: AbortSignal.timeout(5000) })
    if (!answer.ok) return `${text} answered ${answer.status}: the keys could not be loaded.`
    const parsed = Keys.safeParse(await answer.json())
    if (!parsed.success) return `${text} is not a key set (JWKS): it has no "keys".`
    if (parsed.data.keys.some((key) => 'd' in key)) return `${text} publishes a private key. Take it offline.`
    const usable = parsed.data.keys.some(({ kty, crv }) => kty === 'RSA' || (kty === 'EC' && crv === 'P-384'))
    return usable ? undefined : `${text} has no key for RS384 or ES384.`
  } catch {
    return `${text} could not be loaded: nobody answers there, or not with JSON.`
  }
}

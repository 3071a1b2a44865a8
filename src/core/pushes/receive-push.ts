import { createHash } from 'node:crypto'
import type { App } from '../app.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { seal, unseal } from '../keys/seal.ts'
import { takePlaces } from '../messaging/pace.ts'
import { fail, ok, type Result } from '../result.ts'
import { isLive, type Site } from '../sites/site.ts'
import { isSiteId } from '../sites/site-id.ts'
import { checkMediaType, type MediaTypeFailure } from './media-type.ts'
import { pushUrl } from './push-url.ts'
import { type PushBodyFailure, pushedAppointments } from './pushed-body.ts'
import { nobodysKey, siteKey } from './site-keys.ts'
import { bearerToken, type PushToken, type PushTokenFailure, verifyPushToken } from './token.ts'

/** A hundred appointments with all that an EHR puts into them fit. */
export const MOST_BYTES = 1_048_576
/** Pushes of one site in any minute; each may bring a hundred appointments. */
export const PUSHES_A_MINUTE = 120

export type PushRefusal =
  | MediaTypeFailure
  | PushBodyFailure
  | 'push_too_large'
  /** Not told apart: unknown site, no key, wrong key, bad token, used token. `detail` says which, for the log. */
  | 'push_unauthorized'
  | 'push_throttled'
  | 'push_not_reading'

export type PushRequest = {
  readonly siteId: string
  readonly contentType: string | null
  readonly contentLength: string | null
  readonly authorization: string | null
  /** The body; stops reading beyond so many bytes. */
  readonly body: (mostBytes: number) => Promise<Result<string, 'push_too_large'>>
}

export type Received = { readonly site: Site; readonly accepted: number; readonly ignored: number }

type Ports = Pick<App, 'sites' | 'settings' | 'smart' | 'outbound' | 'store' | 'keys' | 'now'>

/**
 * An EHR's integration engine says that appointments are worth a look. Size and media type first, since they say nothing
 * of any site; then the token; only then is the body read as JSON. What it names goes on the queue of the sweeps, sealed.
 * Pushing the same again looks again and tells nobody twice.
 */
export async function receivePush(
  ports: Ports,
  request: PushRequest,
): Promise<Result<Received, PushRefusal>> {
  const { store, keys } = ports
  if (Number(request.contentLength) > MOST_BYTES) return fail('push_too_large')
  const type = checkMediaType(request.contentType)
  if (!type.ok) return type
  const text = await request.body(MOST_BYTES)
  if (!text.ok) return text
  const proven = await authenticate(ports, request)
  if (!proven.ok) return fail('push_unauthorized', { detail: proven.failure.code })
  const { site, token } = proven.value
  const wait = await isTooMany(ports, site)
  if (wait !== undefined) return fail('push_throttled', { retryAfterSeconds: wait })
  if (!site.system) return fail('push_not_reading')
  const pushed = pushedAppointments(text.value, site.fhirBaseUrl)
  if (!pushed.ok) return pushed
  if (!(await useUp(ports, site, token))) return fail('push_unauthorized', { detail: 'push_token_replayed' })
  const { tenantId, siteId } = site
  const { ids, ignored } = pushed.value
  const sealed = sealPushed(keys.field, site, ids)
  await store.queues.sweeps.send({ schema: 1, kind: 'pushed', tenantId, siteId, sealed, tries: 0 })
  return ok({ site, accepted: ids.length, ignored })
}

type Proven = { readonly site: Site; readonly token: PushToken }

async function authenticate(
  ports: Ports,
  { siteId, authorization }: PushRequest,
): Promise<Result<Proven, PushTokenFailure | 'push_site_unknown'>> {
  const { sites, settings, now } = ports
  const given = bearerToken(authorization)
  if (given === undefined) return fail('push_token_missing')
  const found = isSiteId(siteId) ? await sites.bySiteId(siteId) : undefined
  const site = found?.push && isLive(found, settings.ALLOWED_TENANTS) ? found : undefined
  const push = site?.push
  const rules = {
    issuer: push?.issuer ?? '',
    audience: pushUrl(settings.PUBLIC_URL, siteId),
    keyOf: (header: Parameters<typeof nobodysKey>[0]) =>
      push ? siteKey(ports, push, header) : nobodysKey(header),
  }
  const token = await verifyPushToken(given, rules, now())
  if (!site) return fail('push_site_unknown')
  return token.ok ? ok({ site, token: token.value }) : token
}

/** The site's pushes are counted in one row for all instances. @returns seconds to wait, where there were too many. */
async function isTooMany({ store, now }: Ports, { tenantId, siteId }: Site): Promise<number | undefined> {
  const at = now()
  const limits = [{ count: PUSHES_A_MINUTE, seconds: 60 }]
  const sender = `push|${tenantId}|${siteId}`
  const [place] = await takePlaces(store.tables.pace, sender, [new Date(at.getTime() + 1)], limits, at)
  return place?.kind === 'place' ? undefined : 30
}

/** The insert of a token's hash succeeds once, however many requests carry it (RFC 7523 §3, item 7). */
async function useUp(
  { store }: Ports,
  { tenantId, siteId }: Site,
  { jti, until }: PushToken,
): Promise<boolean> {
  const rowKey = createHash('sha256').update(`push|${tenantId}|${siteId}|${jti}`).digest('base64url')
  const end = until.toISOString()
  const first = await store.tables.consumed.insert({
    partitionKey: end.slice(0, 10),
    rowKey,
    schema: 1,
    until: end,
  })
  return first.ok
}

const context = ({ tenantId, siteId }: Pick<Site, 'tenantId' | 'siteId'>) =>
  `sweeps|${tenantId}|${siteId}|pushed`

function sealPushed(ring: KeyRing, site: Site, ids: readonly string[]): string {
  return seal(ring, context(site), ids.join(' '))
}

/** The appointment ids of a message, or `seal_invalid`. */
export function openPushed(ring: KeyRing, site: Site, sealed: string): Result<string[], 'seal_invalid'> {
  const opened = unseal(ring, context(site), sealed)
  return opened.ok ? ok(opened.value.split(' ')) : opened
}

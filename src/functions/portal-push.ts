import { pushUrl } from '../core/pushes/push-url.ts'
import { fail } from '../core/result.ts'
import { changeSite } from '../core/sites/change.ts'
import { type PushInput, pushInputFrom, pushInputOf, readPush } from '../core/sites/settings/push.ts'
import type { FieldErrors } from '../core/sites/settings/read-settings.ts'
import type { Site } from '../core/sites/site.ts'
import { hasKeys } from '../core/sites/validation/keys.ts'
import type { Versioned } from '../core/sites/version.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

type Shown = { readonly input?: PushInput; readonly errors?: FieldErrors; readonly version?: string }

async function pushAnswer(
  call: PortalCall,
  { value: site, version }: Versioned<Site>,
  { input = pushInputOf(site), errors = {}, version: typed = version }: Shown = {},
): Promise<Answer> {
  const [{ frame }, { pushPage }, loads] = await Promise.all([
    portalFrame(call, 'sites'),
    import('../pages/portal/push.tsx'),
    // Looked at whenever somebody looks: an engine that is down shows here first.
    site.push?.jwksUrl === undefined ? undefined : hasKeys(site.push.jwksUrl, call.app.outbound),
  ])
  const { siteId, name, push, fhirBaseUrl } = site
  const keys = (push?.keys ?? []).map((key) => ({
    kid: key.kid,
    kind: key.kty === 'RSA' ? ('RS384' as const) : ('ES384' as const),
  }))
  const model = {
    frame,
    siteId,
    name,
    version: typed,
    fhirBaseUrl,
    url: pushUrl(call.app.settings.PUBLIC_URL, siteId),
    registered: push && { issuer: push.issuer, jwksUrl: push.jwksUrl, loads, keys },
    reads: site.system !== undefined,
    input,
    errors,
  }
  return portalPage(call, pushPage(model), { status: Object.keys(errors).length > 0 ? 422 : 200 })
}

/** Which integration engine may say that appointments changed, and how it proves itself. */
portalRoute('portalPush', 'GET', 'portal/sites/{siteId}/push', async (call) => {
  const site = await call.app.sites.read(call.session.tenantId, call.params.siteId ?? '')
  return site ? pushAnswer(call, site) : refusePortal(call, fail('site_unknown').failure)
})

portalRoute('portalPushSave', 'POST', 'portal/sites/{siteId}/push', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  const siteId = params.siteId ?? ''
  const before = await app.sites.read(tenantId, siteId)
  if (!before) return refusePortal(call, fail('site_unknown').failure)
  const version = fields.get('version') ?? ''
  const input = fields.get('do') === 'remove' ? { issuer: '', jwksUrl: '', keys: '' } : pushInputFrom(fields)
  const read = readPush(input, app.outbound.allowHttp === true)
  if ('errors' in read) return pushAnswer(call, before, { input, version, errors: read.errors })
  const { push } = read
  if (push?.jwksUrl !== undefined && !(await hasKeys(push.jwksUrl, app.outbound))) {
    const jwksUrl =
      'No public keys could be read at this address. It must answer over https with a JWKS document, without signing in.'
    return pushAnswer(call, before, { input, version, errors: { jwksUrl } })
  }
  const changed = await changeSite(app, { tenantId, by, what: 'push_saved' }, siteId, version, (site) => {
    const { push: _before, ...rest } = site
    return push ? { ...rest, push } : rest
  })
  if (!changed.ok) {
    const { code } = changed.failure
    return refusePortal(call, {
      code: code === 'site_id_taken' || code === 'site_url_taken' ? 'config_changed' : code,
    })
  }
  return redirect(`/portal/sites/${siteId}/push?done=${push ? 'push-on' : 'push-off'}`)
})

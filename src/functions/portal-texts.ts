import { CONSENT_WORDING, consented, consentKinds, hasConsents, withdrawn } from '../core/senders/consents.ts'
import { isOpen } from '../core/senders/order.ts'
import { shownSender } from '../core/senders/sender.ts'
import { isReady } from '../core/senders/verification.ts'
import { changeSite, changeTenant } from '../core/sites/change.ts'
import type { Site } from '../core/sites/site.ts'
import type { Tenant } from '../core/sites/tenant.ts'
import type { ConsentsModel } from '../pages/portal/texts/consents.tsx'
import { peopleNames } from './people-names.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'
import { senderFacts } from './sender-facts.ts'

/** @param refused which boxes of a posted form were ticked, where both had to be. */
async function texts(call: PortalCall, refused?: readonly (typeof consentKinds)[number][]): Promise<Answer> {
  const { app, session } = call
  const [{ frame, tenant, sites }, senders, order, { textsPage }, { orderLine }] = await Promise.all([
    portalFrame(call, 'texts'),
    app.senders.list(session.tenantId),
    app.orders.read(session.tenantId),
    import('../pages/portal/texts.tsx'),
    import('../pages/portal/numbers/order-words.ts'),
  ])
  const complete = hasConsents(tenant.value)
  const rendered = textsPage({
    frame,
    consents: { ...(await consentsModel(call, tenant.value, tenant.version)), ...unticked(refused) },
    senders: {
      senders: senders.map((sender) => senderFacts(sender, sites)),
      order:
        order && (isOpen(order) || order.state === 'failed')
          ? { open: isOpen(order), words: orderLine(order) }
          : undefined,
      consented: complete,
    },
    sites: sites.map((site) => ({
      siteId: site.siteId,
      name: site.name,
      fhirBaseUrl: site.fhirBaseUrl,
      environment: site.environment,
      on: site.texts.on,
      sender: site.texts.sender === undefined ? undefined : shownSender(site.texts.sender),
      problem: problemOf(site, complete, senders),
    })),
  })
  return portalPage(call, rendered, refused ? { status: 422 } : {})
}

async function consentsModel(call: PortalCall, tenant: Tenant, version: string): Promise<ConsentsModel> {
  const kept = consentKinds.flatMap((kind) => {
    const given = tenant.smsConsents[kind]
    return given ? [{ kind, ...given }] : []
  })
  const names = await peopleNames(
    call,
    kept.map(({ by }) => by),
  )
  const given = kept.map(({ kind, at, by, wording }) => [
    kind,
    { at, by: names.get(by), wording, current: wording === CONSENT_WORDING },
  ])
  return { version, given: Object.fromEntries(given) }
}

function unticked(ticked: readonly (typeof consentKinds)[number][] | undefined) {
  return ticked && { ticked, missing: consentKinds.filter((kind) => !ticked.includes(kind)) }
}

/** Why no text of a site arrives, though it may look as if they did. */
function problemOf(
  site: Site,
  complete: boolean,
  senders: Awaited<ReturnType<PortalCall['app']['senders']['list']>>,
): string | undefined {
  if (!site.texts.on) return undefined
  if (!complete) return 'Texts are on without both consents: give them, or switch the texts off.'
  const sender = senders.find((one) => one.sender === site.texts.sender)
  if (sender && !isReady(sender)) return 'The number is not verified yet: carriers block its texts.'
  return undefined
}

portalRoute('portalTexts', 'GET', 'portal/texts', (call) => texts(call))

/** Both or none: a form with one box alone is not one that we made. */
portalRoute('portalConsents', 'POST', 'portal/consents', async (call) => {
  const { app, session, fields } = call
  const ticked = consentKinds.filter((kind) => fields.get(kind) === 'yes')
  if (ticked.length < consentKinds.length) return texts(call, ticked)
  const change = { tenantId: session.tenantId, by: session.userId, what: 'sms_consents_saved' }
  const saved = await changeTenant(app, change, fields.get('version') ?? '', (tenant) =>
    consented(tenant, session.userId, app.now()),
  )
  return saved.ok ? redirect('/portal/texts?done=consents') : refusePortal(call, saved.failure)
})

portalRoute(
  'portalWithdraw',
  'GET',
  'portal/consents/withdraw',
  async (call) => {
    const [{ frame, tenant, sites }, { withdrawPage }] = await Promise.all([
      portalFrame(call, 'texts'),
      import('../pages/portal/texts/withdraw.tsx'),
    ])
    const texting = sites.filter((site) => site.texts.on).map(({ name }) => name)
    return portalPage(call, withdrawPage({ frame, version: tenant.version, texting }))
  },
  'configure',
)

/** First the texts, then the consents: should this break off, what is left is texts that are off. */
portalRoute('portalWithdrawn', 'POST', 'portal/consents/withdraw', async (call) => {
  const { app, session, fields } = call
  const version = fields.get('version') ?? ''
  const { tenantId, userId: by } = session
  if ((await app.tenants.read(tenantId)).version !== version)
    return refusePortal(call, { code: 'config_changed' })
  for (const { siteId, texts: now } of await app.sites.ofTenant(tenantId)) {
    if (!now.on) continue
    const read = await app.sites.read(tenantId, siteId)
    const off = await changeSite(
      app,
      { tenantId, by, what: 'texts_off' },
      siteId,
      read?.version ?? '',
      (site) => ({ ...site, texts: { ...site.texts, on: false } }),
    )
    if (!off.ok) return refusePortal(call, off.failure)
  }
  const saved = await changeTenant(app, { tenantId, by, what: 'sms_consents_withdrawn' }, version, withdrawn)
  return saved.ok ? redirect('/portal/texts?done=withdrawn') : refusePortal(call, saved.failure)
})

import { leadKinds, leadOf, textFrame, worstCase } from '../core/messaging/wording.ts'
import { fail, ok, type Result } from '../core/result.ts'
import { hasConsents } from '../core/senders/consents.ts'
import {
  lastMonth,
  remindersAtOnce,
  remindersWithinADay,
  textsOf,
  type Volume,
} from '../core/senders/estimate.ts'
import { shownPrice } from '../core/senders/price.ts'
import { isOneWay } from '../core/senders/sender.ts'
import { changeSite } from '../core/sites/change.ts'
import type { Site } from '../core/sites/site.ts'
import type { SwitchOnModel } from '../pages/portal/texts/switch-on.tsx'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { missingFor, segmentPrice, warningsFor } from './portal-site-texts.ts'
import { redirect } from './route.ts'

/** An EHR that takes longer to count a month's visits is not waited for: the administrator's own number does too. */
const PATIENCE_MS = 15_000

type Counted = { readonly month: Volume; readonly soon: number | undefined }

async function count({ app }: PortalCall, site: Site): Promise<Result<Counted, string>> {
  const counting = async (): Promise<Result<Counted, string>> => {
    const ehr = await app.systemEhr(site)
    if (!ehr.ok) return ehr
    const month = await lastMonth(ehr.value, site, app.now())
    if (!month.ok) return month
    const soon = await remindersWithinADay(ehr.value, site, site.texts.reminderMinutes, app.now())
    return ok({ month: month.value, soon: soon.ok ? soon.value : undefined })
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Result<Counted, string>>((resolve) => {
    timer = setTimeout(() => resolve(fail('ehr_unavailable')), PATIENCE_MS)
  })
  try {
    return await Promise.race([counting(), late])
  } finally {
    clearTimeout(timer)
  }
}

portalRoute(
  'portalTextsOn',
  'GET',
  'portal/texts/{siteId}/on',
  async (call) => {
    const { app, session, params, request } = call
    const read = await app.sites.read(session.tenantId, params.siteId ?? '')
    if (!read) return refusePortal(call, { code: 'site_unknown' })
    const { value: site, version } = read
    const [{ frame, tenant }, counted, senders, atOnce, { switchOnPage }] = await Promise.all([
      portalFrame(call, 'texts'),
      count(call, site),
      app.senders.list(session.tenantId),
      remindersAtOnce(app.store, site, site.texts, app.now()),
      import('../pages/portal/texts/switch-on.tsx'),
    ])
    if (missingFor(site, hasConsents(tenant.value)).length > 0)
      return redirect(`/portal/texts/${site.siteId}`)
    const typed = request.query.get('visits')?.trim() ?? ''
    const own = /^\d{1,7}$/.test(typed) ? { visits: Number(typed), cancelled: 0 } : undefined
    const month = counted.ok ? counted.value.month : own
    const rendered = switchOnPage({
      frame,
      siteId: site.siteId,
      name: site.name,
      version,
      counted: counted.ok ? counted.value.month : undefined,
      unread: counted.ok ? undefined : counted.failure.code,
      typedVisits: typed,
      estimate: month && (await estimate(call, site, month)),
      atOnce,
      withinADay: counted.ok ? counted.value.soon : undefined,
      warnings: warningsFor(site, senders),
    })
    return portalPage(call, rendered)
  },
  'configure',
)

/** What a month of such visits costs. Without a known price there is a count, and no sum that would be made up. */
async function estimate(
  { app }: PortalCall,
  site: Site,
  month: Volume,
): Promise<NonNullable<SwitchOnModel['estimate']>> {
  const { texts } = site
  const frame = textFrame(site, texts.defaultLanguage, app.linkUrl, isOneWay(texts.sender))
  const segments = Math.max(
    ...leadKinds.map((kind) => worstCase(leadOf(texts.wording, texts.defaultLanguage, kind), frame).segments),
  )
  const price = segmentPrice(texts)
  const number = texts.sender === undefined ? undefined : await monthly(app, texts.sender)
  const count = textsOf(month, texts)
  const dollars = (amount: number) => shownPrice({ amount, currency: 'USD' })
  return {
    texts: count,
    segments,
    segmentPrice: price === undefined ? 'not known: enter it in the settings' : dollars(price),
    number: number === undefined ? undefined : `${dollars(number)} a month`,
    cost:
      price === undefined
        ? `${count * segments} segments`
        : dollars(count * segments * price + (number ?? 0)),
  }
}

/** A number's rent, where the vendor tells it in dollars. */
async function monthly(app: PortalCall['app'], sender: string): Promise<number | undefined> {
  if (!sender.startsWith('+')) return undefined
  const found = await (await app.phoneNumbers()).find(sender)
  const rent = found.ok ? found.value?.monthly : undefined
  return rent?.currency === 'USD' ? rent.amount : undefined
}

/** The epoch goes up: the sweep that follows records what is there and confirms nothing (sites/site.ts). */
portalRoute('portalTextsSwitchedOn', 'POST', 'portal/texts/{siteId}/on', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  const [read, tenant] = await Promise.all([
    app.sites.read(tenantId, params.siteId ?? ''),
    app.tenants.read(tenantId),
  ])
  if (!read) return refusePortal(call, { code: 'site_unknown' })
  if (!hasConsents(tenant.value)) return refusePortal(call, { code: 'sms_consents_missing' })
  const path = `/portal/texts/${read.value.siteId}`
  if (missingFor(read.value, true).length > 0) return redirect(path)
  const change = { tenantId, by, what: 'texts_on' }
  const saved = await changeSite(app, change, read.value.siteId, fields.get('version') ?? '', (site) =>
    site.texts.on ? site : { ...site, texts: { ...site.texts, on: true, epoch: site.texts.epoch + 1 } },
  )
  return saved.ok ? redirect(`${path}?done=texts-on`) : refusePortal(call, saved.failure)
})

portalRoute('portalTextsOff', 'POST', 'portal/texts/{siteId}/off', async (call) => {
  const { app, session, params, fields } = call
  const siteId = params.siteId ?? ''
  const change = { tenantId: session.tenantId, by: session.userId, what: 'texts_off' }
  const saved = await changeSite(app, change, siteId, fields.get('version') ?? '', (site) => ({
    ...site,
    texts: { ...site.texts, on: false },
  }))
  return saved.ok ? redirect(`/portal/texts/${siteId}?done=texts-off`) : refusePortal(call, saved.failure)
})

import { toGsm7 } from '../core/messaging/gsm7.ts'
import { type LeadKind, leadKinds, textFrame, usualLead, worstCase } from '../core/messaging/wording.ts'
import { hasConsents } from '../core/senders/consents.ts'
import { countries, countryOf } from '../core/senders/countries.ts'
import { shownPrice } from '../core/senders/price.ts'
import { isOneWay, shownSender } from '../core/senders/sender.ts'
import type { Sender } from '../core/senders/sender-store.ts'
import { isReady } from '../core/senders/verification.ts'
import { changeSite } from '../core/sites/change.ts'
import type { Language, Site } from '../core/sites/site.ts'
import { checkTexts, type TextsErrors } from '../core/sites/texts-check.ts'
import { draftFrom, draftOf, type TextsDraft, textLanguages } from '../core/sites/texts-draft.ts'
import type { Preview, SiteTextsModel } from '../pages/portal/texts/site-model.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

const LABELS: Readonly<Record<LeadKind, string>> = {
  booked: 'Booked',
  moved: 'Moved',
  cancelled: 'Cancelled',
  not_video: 'No longer by video',
  reminder: 'Reminder',
}

/** What a segment costs: the administrator's own number, or what is published for the first country. */
export function segmentPrice({
  segmentPrice: own,
  countries: codes,
}: Pick<Site['texts'], 'segmentPrice' | 'countries'>) {
  return own ?? countryOf(codes[0] ?? '')?.segmentPrice
}

/** What keeps a site's texts off, each with the page where it is done. */
export function missingFor(site: Site, consented: boolean): SiteTextsModel['missing'] {
  const { texts, siteId } = site
  const own = `/portal/sites/${siteId}`
  return [
    ...(consented ? [] : [{ words: 'Give both consents', href: '/portal/texts#consents' }]),
    ...(texts.sender === undefined
      ? [{ words: 'Choose a phone number below, and save', href: `/portal/texts/${siteId}#sending` }]
      : []),
    ...(site.system === undefined || site.system.clientId === ''
      ? [{ words: 'Enter the client id of the system account: the EHR is asked with it', href: own }]
      : []),
    ...(site.departments.some(({ on }) => on)
      ? []
      : [{ words: 'Add a department and switch it on', href: own }]),
  ]
}

export function warningsFor(site: Site, senders: readonly Sender[]): string[] {
  const sender = senders.find((one) => one.sender === site.texts.sender)
  return sender && !isReady(sender)
    ? [
        `${shownSender(sender.sender)} is not verified yet: carriers block its texts. Texts that are switched on before cost money and arrive nowhere.`,
      ]
    : []
}

type Shown = {
  readonly draft?: TextsDraft
  readonly errors?: TextsErrors
  readonly status?: number
  /** The version that the form carried: what was typed stays bound to what it was typed over. */
  readonly version?: string
}

async function siteTexts(call: PortalCall, shown: Shown = {}): Promise<Answer> {
  const { app, session, params } = call
  const [{ frame, tenant }, read, senders, { siteTextsPage }] = await Promise.all([
    portalFrame(call, 'texts'),
    app.sites.read(session.tenantId, params.siteId ?? ''),
    app.senders.list(session.tenantId),
    import('../pages/portal/texts/site-texts.tsx'),
  ])
  if (!read) return refusePortal(call, { code: 'site_unknown' })
  const { value: site } = read
  const draft = shown.draft ?? draftOf(site)
  const { errors = {} } = shown
  const rendered = siteTextsPage({
    frame,
    siteId: site.siteId,
    name: site.name,
    version: shown.version ?? read.version,
    on: site.texts.on,
    senders: choices(site, senders).map((value) => ({ value, label: shownSender(value) })),
    countries,
    draft,
    errors,
    previews: previews(site, draft, errors, app.linkUrl),
    timeZone: site.timeZone,
    missing: missingFor(site, hasConsents(tenant.value)),
    warnings: warningsFor(site, senders),
    unsaved: shown.draft !== undefined,
  })
  return portalPage(call, rendered, { status: shown.status ?? 200 })
}

/** The tenant's senders that stay; what a site has linked already by other means stays a choice of its own. */
function choices({ texts }: Site, senders: readonly Sender[]): string[] {
  const own = senders.filter(({ releasingAt }) => releasingAt === undefined).map(({ sender }) => sender)
  return texts.sender === undefined || own.includes(texts.sender) ? own : [...own, texts.sender]
}

function previews(
  site: Site,
  draft: TextsDraft,
  errors: TextsErrors,
  linkUrl: string,
): SiteTextsModel['previews'] {
  const typed = Number(draft.segmentPrice)
  const own = draft.segmentPrice !== '' && typed >= 0 && typed <= 10 ? typed : undefined
  const price = segmentPrice({ segmentPrice: own, countries: [...draft.countries] })
  const { clinicName: _before, ...rest } = site
  const framed = {
    ...rest,
    ...(draft.clinicName === '' ? {} : { clinicName: draft.clinicName }),
    texts: { ...site.texts, nameClinic: draft.nameClinic },
  }
  const of = (language: Language): Preview[] =>
    leadKinds.map((kind) => {
      const lead = draft.leads[language][kind]
      const plain = toGsm7(lead.replace(/\s+/g, ' ').trim())
      const frame = textFrame(framed, language, linkUrl, isOneWay(draft.sender))
      const worst = worstCase(plain, frame)
      return {
        kind,
        label: LABELS[kind],
        lead,
        usual: usualLead(language, kind),
        ...worst,
        price:
          price === undefined
            ? 'price not known'
            : shownPrice({ amount: price * worst.segments, currency: 'USD' }),
        replaced:
          lead === usualLead(language, kind)
            ? []
            : [...new Set(lead)].filter((one) => !/\s/.test(one) && toGsm7(one) !== one),
        error: errors[`lead_${language}_${kind}`],
      }
    })
  const [en, es, fr] = textLanguages.map(of)
  return { en: en ?? [], es: es ?? [], fr: fr ?? [] }
}

portalRoute('portalSiteTexts', 'GET', 'portal/texts/{siteId}', (call) => siteTexts(call))

/** What the form would become: made by what makes the texts, and written nowhere. */
portalRoute('portalSiteTextsPreview', 'POST', 'portal/texts/{siteId}/preview', (call) =>
  siteTexts(call, { draft: draftFrom(call.fields), ...carried(call) }),
)

function carried({ fields }: PortalCall): Pick<Shown, 'version'> {
  const version = fields.get('version')
  return version === null ? {} : { version }
}

portalRoute('portalSiteTextsSaved', 'POST', 'portal/texts/{siteId}', async (call) => {
  const { app, session, params, fields } = call
  const { tenantId, userId: by } = session
  const [read, tenant, senders] = await Promise.all([
    app.sites.read(tenantId, params.siteId ?? ''),
    app.tenants.read(tenantId),
    app.senders.list(tenantId),
  ])
  if (!read) return refusePortal(call, { code: 'site_unknown' })
  const { value: site } = read
  const draft = draftFrom(fields)
  // Linking a number is for organizations that agreed to texts, whatever a form says.
  const links = draft.sender !== '' && draft.sender !== site.texts.sender
  if (links && !hasConsents(tenant.value)) return refusePortal(call, { code: 'sms_consents_missing' })
  const context = { site, senders: choices(site, senders), linkUrl: app.linkUrl }
  const { errors, checked } = checkTexts(draft, context)
  if (!checked) return siteTexts(call, { draft, errors, status: 422, ...carried(call) })
  const { texts, clinicName } = checked
  // Without a number nothing can be sent: texts that stayed on would only seem to be.
  const on = texts.on && texts.sender !== undefined
  const change = { tenantId, by, what: 'texts_saved' }
  const saved = await changeSite(app, change, site.siteId, fields.get('version') ?? '', (before) => {
    const { clinicName: _name, ...rest } = before
    return {
      ...rest,
      ...(clinicName === undefined ? {} : { clinicName }),
      texts: { ...texts, on, epoch: before.texts.epoch },
    }
  })
  return saved.ok ? redirect(`/portal/texts/${site.siteId}?done=saved`) : refusePortal(call, saved.failure)
})

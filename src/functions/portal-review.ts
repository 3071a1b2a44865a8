import { changeSite } from '../core/sites/change.ts'
import { mayFinish } from '../core/sites/may-finish.ts'
import { integrationRecords, recordText } from '../core/sites/record.ts'
import type { Site } from '../core/sites/site.ts'
import type { Tenant } from '../core/sites/tenant.ts'
import type { ReviewSite } from '../pages/portal/review/site.tsx'
import { MISSING_WORDS } from '../pages/portal/sites/missing-words.ts'
import { doctorResults } from './doctor-results.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

/** A form that was refused: of which site, why, and what was typed. */
type Refused = { siteId: string; overrideError: string; reason: string; override: boolean }

async function review(call: PortalCall, refused?: Refused): Promise<Answer> {
  const { app, session } = call
  const [{ frame, tenant, sites, versions }, { reviewPage }] = await Promise.all([
    portalFrame(call, 'review'),
    import('../pages/portal/review.tsx'),
  ])
  const doctor = await doctorResults(app, session.tenantId, sites)
  const shown = sites.map((site): ReviewSite => {
    const missing = mayFinish(site, sites, doctor, app.now())
    return {
      siteId: site.siteId,
      name: site.name,
      version: versions.get(site.siteId) ?? '',
      environment: site.environment,
      inSetup: site.setup === true,
      fhirBaseUrl: site.fhirBaseUrl,
      facts: factsOf(site, doctor.get(site.siteId)),
      missing: missing
        .filter((code) => code !== 'tested')
        .map((code) => {
          const { words, part } = MISSING_WORDS[code]
          return { words, href: `/portal/sites/${site.siteId}#${part}` }
        }),
      needsOverride: missing.includes('tested'),
      refused: refused?.siteId === site.siteId ? refused : undefined,
      records: integrationRecords(site, app.settings.PUBLIC_URL),
    }
  })
  const rendered = reviewPage({
    frame,
    organization: organizationFacts(tenant.value),
    sites: shown,
  })
  return portalPage(call, rendered, refused ? { status: 422 } : {})
}

function organizationFacts({ answers, organizers, visitsPerMonth, smsConsents }: Tenant) {
  const { sending, recipients } = smsConsents
  const open = answers.filter(({ answer }) => answer !== 'yes').length
  return [
    {
      term: 'Prerequisites',
      value: answers.length === 0 ? 'Not answered yet' : open === 0 ? 'All confirmed' : `${open} still open`,
    },
    {
      term: 'Organizer accounts',
      value: organizers.length === 0 ? 'None chosen yet' : String(organizers.length),
    },
    { term: 'Visits a month', value: visitsPerMonth?.toLocaleString('en-US') ?? 'Not entered' },
    {
      term: 'Consents to text messages',
      value: sending && recipients ? 'Both given' : sending || recipients ? 'One of two given' : 'Not given',
    },
  ]
}

function factsOf(site: Site, doctor: { passed: boolean; at: string } | undefined) {
  const { texts, departments, patientPhone, timeZone, organizers, emails } = site
  const on = departments.filter((department) => department.on).length
  return [
    { term: 'Time zone', value: timeZone.replaceAll('_', ' ') },
    { term: 'Phone for patients', value: patientPhone ?? 'Not entered' },
    { term: 'Departments', value: `${on} on, ${departments.length - on} off` },
    { term: 'Organizer pool', value: String(organizers.length) },
    { term: 'Text messages', value: texts.on ? `On, from ${texts.sender ?? 'no sender yet'}` : 'Off' },
    { term: 'E-mail', value: emails?.on ? `On, from ${emails.sender}` : 'Off' },
    {
      term: 'Connection doctor',
      value: doctor
        ? `${doctor.passed ? 'Passed' : 'Found problems'}, ${doctor.at.slice(0, 10)}`
        : 'Not run yet',
    },
  ]
}

portalRoute('portalReview', 'GET', 'portal/review', (call) => review(call))

/** Ends the setup of a site: launches and sweeps begin. Production needs a passed test, or a recorded decision. */
portalRoute('portalFinish', 'POST', 'portal/sites/{siteId}/finish', async (call) => {
  const { app, session, params, fields } = call
  const siteId = params.siteId ?? ''
  const [read, sites] = await Promise.all([
    app.sites.read(session.tenantId, siteId),
    app.sites.ofTenant(session.tenantId),
  ])
  const doctor = await doctorResults(app, session.tenantId, sites)
  if (!read) return refusePortal(call, { code: 'site_unknown' })
  if (read.value.setup !== true) return redirect('/portal/review?done=finished')
  const missing = mayFinish(read.value, sites, doctor, app.now())
  const override = fields.get('override') === 'yes'
  const reason = (fields.get('reason') ?? '').trim().slice(0, 500)
  const typed = { siteId, reason, override }
  // The page offers no button then: whoever sends the form all the same is shown what is missing.
  if (missing.some((code) => code !== 'tested')) return review(call, { ...typed, overrideError: '' })
  if (missing.length > 0 && !(override && reason !== ''))
    return review(call, {
      ...typed,
      overrideError:
        'Tick the box and give a reason, or let a Testing site pass the connection doctor first.',
    })
  const { userId: by } = session
  const decision = { by, at: app.now().toISOString(), reason }
  const changed = await changeSite(
    app,
    { tenantId: session.tenantId, by, what: 'site_finished' },
    siteId,
    fields.get('version') ?? '',
    ({ setup: _setup, ...site }) => ({ ...site, ...(missing.length > 0 ? { override: decision } : {}) }),
  )
  if (!changed.ok) return refusePortal(call, changed.failure, '/portal/review')
  call.log('site_finished', { site: siteId, environment: changed.value.environment })
  return redirect('/portal/review?done=finished')
})

/** The records as a file to send to the EHR team. */
portalRoute('portalRecord', 'GET', 'portal/sites/{siteId}/record', async (call) => {
  const { app, session, params } = call
  const site = await app.site(session.tenantId, params.siteId ?? '')
  if (!site) return refusePortal(call, { code: 'site_unknown' })
  return {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="integration-records-${site.siteId}.txt"`,
    },
    body: `${recordText(site, app.settings.PUBLIC_URL)}\n`,
  }
})

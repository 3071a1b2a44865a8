import { createHash } from 'node:crypto'
import { BY_COMMAND } from '../core/doctor/check.ts'
import { doctorPassed, readDoctor, startDoctor } from '../core/doctor/doctor.ts'
import { type DoctorRun, isUnderWay } from '../core/doctor/doctor-store.ts'
import { sealPhone } from '../core/doctor/phone.ts'
import { groupOf, titleOf } from '../core/doctor/titles.ts'
import type { Site } from '../core/sites/site.ts'
import type { DoctorRunModel, ShownLine } from '../pages/portal/doctor/model.ts'
import { peopleNames } from './people-names.ts'
import { type PortalCall, portalFrame, portalPage, portalRoute, refusePortal } from './portal-route.ts'
import { type Answer, redirect } from './route.ts'

const ROUTE = 'portal/sites/{siteId}/doctor'

/** The site that the address names, of the tenant that is signed in. */
function siteOf({ app, session, params }: PortalCall): Promise<Site | undefined> {
  return app.site(session.tenantId, params.siteId ?? '')
}

async function show(
  call: PortalCall,
  site: Site,
  refused?: { phone: string; phoneError: string },
): Promise<Answer> {
  const { app, session } = call
  const [{ frame }, run, { doctorPage }] = await Promise.all([
    portalFrame(call, 'sites'),
    readDoctor(app, session.tenantId, site.siteId),
    import('../pages/portal/doctor.tsx'),
  ])
  const by = run && (await starter(call, run))
  const rendered = doctorPage({
    frame,
    site: {
      siteId: site.siteId,
      name: site.name,
      fhirBaseUrl: site.fhirBaseUrl,
      url: `/portal/sites/${site.siteId}`,
      texts: site.texts.sender !== undefined,
      emails: site.emails?.on === true,
    },
    run: run && shownRun(run, site, by, app.now()),
    ...refused,
  })
  return portalPage(call, rendered, refused ? { status: 422 } : {})
}

async function starter(call: PortalCall, { by }: DoctorRun): Promise<string | undefined> {
  if (by === BY_COMMAND) return 'a command of whoever runs this service'
  return (await peopleNames(call, [by])).get(by)
}

function shownRun(run: DoctorRun, site: Site, by: string | undefined, now: Date): DoctorRunModel {
  const lines = run.lines.map(
    (line): ShownLine => ({
      ...line,
      group: groupOf(line.id),
      title: titleOf(line.id),
    }),
  )
  const counts = { waiting: 0, running: 0, pass: 0, warn: 0, fail: 0, skip: 0 }
  for (const { state } of lines) counts[state] += 1
  const state = stateOf(run, site, counts.fail, now)
  const sign = createHash('sha256')
    .update(JSON.stringify([run.runId, state, lines]))
    .digest('base64url')
  return { state, startedAt: run.startedAt, by, lines, counts, sign: sign.slice(0, 16) }
}

function stateOf(run: DoctorRun, site: Site, failures: number, now: Date): DoctorRunModel['state'] {
  if (isUnderWay(run, now)) return 'running'
  if (run.finishedAt === undefined) return 'lost'
  if (failures > 0) return 'problems'
  return doctorPassed(run, site) ? 'passed' : 'outdated'
}

portalRoute('portalDoctor', 'GET', ROUTE, async (call) => {
  const site = await siteOf(call)
  return site ? show(call, site) : refusePortal(call, { code: 'site_unknown' })
})

portalRoute('portalDoctorStart', 'POST', ROUTE, async (call) => {
  const { app, session, fields } = call
  const site = await siteOf(call)
  if (!site) return refusePortal(call, { code: 'site_unknown' })
  const typed = (fields.get('phone') ?? '').trim()
  let phone: string | undefined
  if (typed !== '' && site.texts.sender !== undefined) {
    const { textNumber } = await import('../core/messaging/phone.ts')
    const number = textNumber([typed], site.texts.countries)
    if (!number.ok) {
      const phoneError =
        number.failure.code === 'phone_country'
          ? 'This site texts other countries only. Give a number of one of them.'
          : 'This is not a phone number. Write it with the country code, such as +1 312 555 0100.'
      return show(call, site, { phone: typed, phoneError })
    }
    phone = number.value
  }
  const to = phone
  const sealed = to === undefined ? undefined : (runId: string) => sealPhone(app.keys.field, runId, to)
  await startDoctor(app, site, session.userId, sealed)
  call.log('doctor_started', { site: site.siteId })
  return redirect(`/portal/sites/${site.siteId}/doctor`)
})

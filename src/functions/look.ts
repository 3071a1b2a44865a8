import { openLook } from '../core/launches/look.ts'
import { etagOf, lookSign, signsIn, slotOf } from '../core/launches/look-sign.ts'
import { inParallel } from '../core/messaging/in-parallel.ts'
import { lateTold, textsLate } from '../core/messaging/late-told.ts'
import { readNoticesOfVisit, type VisitNotice } from '../core/messaging/read-notices.ts'
import { lateMinutes } from '../core/visits/late.ts'
import type { Visit } from '../core/visits/visit.ts'
import type { LateWith } from './late-texts.ts'
import { chosen } from './open-call.ts'
import { page } from './page-response.ts'
import type { Answer } from './route.ts'
import { type LaunchCall, launchRoute } from './session.ts'

/** Changes when the pages do: an open page of the release before must not be told that nothing changed. */
const RELEASE = '3'

/**
 * What an open page asks every second: has anything changed? 304 where nothing did. Neither the EHR nor Graph is asked.
 * It costs three reads of our own tables (index, row, notices) for each visit that is looked at: one on a visit's page, on
 * the day board all of the day. Others that a delay was told to, up to `MOST_LATE`, are looked at every ten seconds: the
 * validator keeps what was known of them, and since when.
 */
launchRoute('visitLook', 'GET', 'launch/{id}/look', async (call) => {
  const { app, session, request } = call
  const target = openLook(app.keys.session, session, request.query.get('at') ?? '')
  if (!target) return { status: 404 }
  const { tenantId, siteId } = session
  const read = (visitKeys: readonly string[]) =>
    inParallel(visitKeys, 16, async (visitKey): Promise<Seen> => {
      const visit = await app.visits.find({ tenantId, siteId, visitKey })
      return { visit, notices: visit ? await readNoticesOfVisit(app.store.tables.visits, visit) : [] }
    })
  const known = signsIn(request.headers.get('if-none-match'))
  const slot = slotOf(app.now())
  const shown = await read(target.visitKeys)
  const own = signOf(shown, app.now())
  const others = target.late ?? []
  if (known?.own === own && (others.length === 0 || known.others?.slot === slot))
    return { status: 304, headers: { etag: etagOf(known) } }
  const late = await read(others)
  const sign = signOf(late, app.now())
  const etag = etagOf({ own, ...(others.length > 0 ? { others: { sign, slot } } : {}) })
  if (known?.own === own && known.others?.sign === sign) return { status: 304, headers: { etag } }
  const [only] = shown
  if (target.facts === undefined || !only?.visit) return again(etag)
  return parts(call, {
    visit: only.visit,
    notices: only.notices,
    facts: target.facts,
    late: { visits: late.flatMap(({ visit }) => visit ?? []), onlyThis: target.late === undefined },
    etag,
  })
})

type Seen = { readonly visit: Visit | undefined; readonly notices: readonly VisitNotice[] }

function signOf(seen: readonly Seen[], now: Date): string {
  return lookSign(
    seen.map(({ visit }) => visit),
    seen.flatMap(({ notices }) => notices),
    RELEASE,
    seen.map(({ visit, notices }) => (visit && lateTold(visit.row, notices, now)?.told) ?? ''),
  )
}

/** The page shows what only the EHR knows: let it be read again as a whole. */
async function again(etag: string): Promise<Answer> {
  const { againPage } = await import('../pages/again.tsx')
  return page(againPage(), { headers: { etag } })
}

type Shown = {
  readonly visit: Visit
  readonly notices: readonly VisitNotice[]
  readonly facts: string
  readonly late: LateWith
  readonly etag: string
}

async function parts(call: LaunchCall, { visit, notices, facts, late, etag }: Shown): Promise<Answer> {
  const [{ liveParts, liveTitle }, { clinicianTime, liveModel }, { lateTexts }, { PRODUCT }] =
    await Promise.all([
      import('../pages/appointment/live.tsx'),
      import('./live-model.ts'),
      import('./late-texts.ts'),
      import('../pages/layout/clinician-document.tsx'),
    ])
  const { app, session } = call
  const site = await app.site(session.tenantId, session.siteId)
  const time = clinicianTime(site?.timeZone ?? 'UTC')
  const texted = lateMinutes(visit.row) > 0 && site && textsLate(site.texts)
  const model = {
    ...liveModel(call, visit, notices, { site, facts, fields: fieldsOf(call) }),
    lateTexts: await lateTexts(app, { visit, notices }, texted ? late : undefined, time),
  }
  const title = `${liveTitle(model, 'Video visit')} – ${PRODUCT}`
  return page(liveParts(model, title), { headers: { etag } })
}

/** The page's forms carry the choice; so must the ones that a look brings. */
function fieldsOf({ request }: LaunchCall): Record<string, string> {
  const choice = chosen(request.query)
  return choice === undefined ? {} : { choice }
}

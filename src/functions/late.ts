import { practitionerOf } from '../core/launches/ahead-today.ts'
import { LATE_MINUTES, runLate } from '../core/launches/running-late.ts'
import { textsLate } from '../core/messaging/late-told.ts'
import { doneQuery } from './flash.ts'
import { withVisit } from './open-call.ts'
import { redirect } from './route.ts'
import { launchRoute, refuse, visitUrl } from './session.ts'

/** "Running late": one click, and everybody who is still ahead today knows. */
launchRoute('visitLate', 'POST', 'launch/{id}/late', (call) =>
  withVisit(call, async ({ site, appointment, unread }, choice) => {
    const { app, session, fields } = call
    const minutes = LATE_MINUTES.find((one) => String(one) === fields.get('minutes'))
    const url = visitUrl(call, choice)
    if (minutes === undefined) return redirect(url)
    // Who else is ahead today only the EHR knows.
    if (!appointment) return refuse(call, unread ?? { code: 'ehr_unavailable' }, url)
    const ehr = await call.ehr(site)
    if (!ehr.ok) return refuse(call, ehr.failure, url)
    const ofTheirs = practitionerOf(appointment, session.ehrUser.practitionerId)
    const ports = {
      visits: app.visits,
      seals: app.seals,
      identity: app.keys.identity,
      linkKeys: app.keys.link,
      store: app.store,
      now: app.now,
    }
    const late = await runLate(ports, site, ehr.value, appointment, ofTheirs, minutes)
    if (!late.ok) return refuse(call, late.failure, url)
    call.log('running_late', { site: site.siteId, minutes, ...late.value })
    const said = minutes === 0 ? 'on-time' : textsLate(site.texts) ? 'late' : 'late-texts-off'
    const query = doneQuery(said, late.value)
    return redirect(`${url}${url.includes('?') ? '&' : '?'}${query}`)
  }),
)

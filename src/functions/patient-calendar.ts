import { calendarFile, calendarUid } from '../core/visits/calendar.ts'
import { tapLink } from '../core/visits/patient-visit.ts'
import { patientFailure } from './failure-response.ts'
import { linkPath, patientPorts } from './patient-ports.ts'
import { redirect, route } from './route.ts'

/** The visit as a calendar file. Where there is nothing to put into a calendar, the page says why. */
route(
  'patientCalendar',
  'READ',
  'v/{token}/calendar',
  async (call) => {
    const { app, request, params } = call
    const tapped = await tapLink(patientPorts(app), params.token ?? '')
    if (!tapped.ok) return patientFailure(tapped.failure, call)
    const { site, visit, state } = tapped.value
    if (!visit || !('minutes' in state)) return redirect(linkPath(call))
    const { languageOf, wordsFor } = await import('../pages/words/index.ts')
    const words = wordsFor(languageOf(request.query.get('lang') ?? undefined) ?? site.texts.defaultLanguage)
    const body = calendarFile({
      uid: calendarUid(visit.visitKey, new URL(app.linkUrl).host),
      sequence: visit.row.version,
      start: state.start,
      minutes: state.minutes,
      timeZone: site.timeZone,
      summary: site.clinicName ? `${words.videoVisit}, ${site.clinicName}` : words.videoVisit,
      description: words.calendarNote,
      url: `${app.linkUrl}${linkPath(call)}`,
      now: app.now(),
    })
    call.log('calendar_taken')
    return {
      body,
      headers: {
        'content-type': 'text/calendar; charset=utf-8',
        'content-disposition': 'inline; filename="visit.ics"',
      },
    }
  },
  patientFailure,
)

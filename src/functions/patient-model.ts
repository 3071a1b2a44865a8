import type { Tapped } from '../core/visits/patient-visit.ts'
import type { JoinAction, PatientModel, VisitNow } from '../pages/patient.tsx'
import { LOCALES } from '../pages/words/index.ts'
import { localStart } from '../pages/words/local-start.ts'
import { browserLanguage } from './browser-language.ts'

/** The patient's page as plain data. It names neither the patient nor the clinician. */
export function patientModel(
  { site, visit, state, meeting }: Tapped,
  given: { join: JoinAction; acceptLanguage: string | null; now: Date; failed: boolean },
): PatientModel {
  const lang = browserLanguage(given.acceptLanguage) ?? site.texts.defaultLanguage
  const common = { lang, clinicName: site.clinicName, clinicPhone: site.patientPhone }
  const local = (at: Date) => localStart(at, site.timeZone, LOCALES[lang])
  const dialIn = meeting?.dialIn
  const join = given.join
  return { ...common, ...now() }

  function now(): VisitNow {
    if (!('start' in state)) return { state: 'over' }
    const start = local(state.start)
    const minutesUntil = Math.max(0, Math.ceil((state.start.getTime() - given.now.getTime()) / 60_000))
    switch (state.kind) {
      case 'ready':
        return given.failed
          ? { state: 'unavailable', start, join, dialIn }
          : { state: 'ready', start, join, dialIn }
      case 'too_early':
        return { state: 'too_early', start, minutesUntil }
      case 'moved':
        return { state: 'moved', start, minutesUntil, previous: visit && local(new Date(visit.row.start)) }
      case 'unavailable':
        return { state: 'unavailable', start, dialIn, ...(state.joinable && meeting ? { join } : {}) }
      default:
        return { state: state.kind, start }
    }
  }
}

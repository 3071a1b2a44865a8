import { isOneWay } from '../core/senders/sender.ts'
import type { Tapped } from '../core/visits/patient-visit.ts'
import type { CheckModel } from '../pages/device-check/check.tsx'
import type { PatientModel, VisitNow } from '../pages/patient.tsx'
import { LANGUAGES, type Language, LOCALES } from '../pages/words/language.ts'
import { localStart } from '../pages/words/local-start.ts'
import type { BrowserAdvice } from './browser-advice.ts'

export type PatientGiven = {
  readonly lang: Language
  /** The page's own path. */
  readonly base: string
  readonly csrf: string
  readonly advice: BrowserAdvice | undefined
  readonly check: CheckModel
  readonly now: Date
  /** Pressing Join has just failed. */
  readonly failed: boolean
}

/** The patient's page as plain data. It names neither the patient nor the clinician. */
export function patientModel(
  { site, visit, state, meeting, audience }: Tapped,
  { lang, base, csrf, advice, check, now, failed }: PatientGiven,
): PatientModel {
  const local = (at: Date) => localStart(at, site.timeZone, LOCALES[lang])
  const pressed = audience === 'patient' ? visit?.row.patientWaitingSince : undefined
  const ways = {
    dialIn: meeting?.dialIn,
    pressedAt: pressed === undefined ? undefined : local(new Date(pressed)),
    joinFailed: failed,
  }
  const join = { action: `${base}/join`, fields: { csrf, lang } }
  const calendarUrl = `${base}/calendar?lang=${lang}`
  // A guest's signals would be taken for the patient's.
  const offered = audience === 'patient' ? check : { ...check, seen: undefined }
  return {
    lang,
    clinicName: site.clinicName,
    clinicPhone: site.patientPhone,
    languages: LANGUAGES.filter((other) => other !== lang).map((other) => ({
      lang: other,
      href: `${base}?lang=${other}`,
    })),
    advice,
    check: offered,
    textsUrl:
      audience === 'patient' && isOneWay(site.texts.sender) ? `${base}/texts?lang=${lang}` : undefined,
    ...stateNow(),
  }

  function stateNow(): VisitNow {
    if (!('start' in state)) return { state: 'over' }
    const start = local(state.start)
    const minutesUntil = Math.max(0, Math.ceil((state.start.getTime() - now.getTime()) / 60_000))
    switch (state.kind) {
      case 'ready':
        return { state: 'ready', start, join, ...ways }
      case 'late':
        return {
          state: 'late',
          start,
          expected: local(state.expected),
          ...ways,
          ...(state.joinable ? { join } : {}),
        }
      case 'too_early':
        return { state: 'too_early', start, minutesUntil, opensAt: local(state.opensAt), calendarUrl }
      case 'moved': {
        const previous = visit && local(new Date(visit.row.start))
        return { state: 'moved', start, minutesUntil, opensAt: local(state.opensAt), previous, calendarUrl }
      }
      case 'unavailable':
        return { state: 'unavailable', start, ...ways, ...(state.joinable && meeting ? { join } : {}) }
      default:
        return { state: state.kind, start }
    }
  }
}

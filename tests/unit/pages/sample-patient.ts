import type { PatientModel, PatientState, VisitNow } from '../../../src/pages/patient.tsx'
import { type Language, wordsFor } from '../../../src/pages/words/index.ts'
import { localStart } from '../../../src/pages/words/local-start.ts'

const JOIN = { action: '/v/SyntheticToken22Chars/join', fields: { csrf: 'synthetic-csrf' } }
const DIAL_IN = { number: '+1 (312) 555-0142', conferenceId: '123 456 789' }
const STATES: readonly PatientState[] = [
  'too_early',
  'ready',
  'late',
  'moved',
  'cancelled',
  'not_video',
  'over',
  'not_found',
  'unavailable',
]

function visitNow(state: PatientState, lang: Language): VisitNow {
  const at = (iso: string) => localStart(new Date(iso), 'America/Chicago', wordsFor(lang).locale)
  const start = at('2026-06-09T19:30:00Z')
  const calendarUrl = '/v/SyntheticToken22Chars/calendar'
  switch (state) {
    case 'too_early':
      return { state, start, minutesUntil: 72, opensAt: at('2026-06-09T19:15:00Z'), calendarUrl }
    case 'ready':
      return { state, start, join: JOIN, dialIn: DIAL_IN }
    case 'late':
      return { state, start, expected: at('2026-06-09T19:45:00Z'), join: JOIN, dialIn: DIAL_IN }
    case 'moved':
      return { state, start, previous: at('2026-06-08T14:00:00Z'), minutesUntil: 4500, calendarUrl }
    case 'unavailable':
      return { state, start, join: JOIN }
    case 'not_found':
      return { state }
    default:
      return { state, start }
  }
}

/** Every state of the patient page in one language. Synthetic data. */
export function samplePatients(lang: Language): PatientModel[] {
  return STATES.map((state) => ({
    lang,
    clinicName: state === 'not_found' ? undefined : 'Lakeside Synthetic Clinic',
    clinicPhone: '+1 (312) 555-0100',
    languages: [
      { lang: 'en' as const, href: '?lang=en' },
      { lang: 'es' as const, href: '?lang=es' },
      { lang: 'fr' as const, href: '?lang=fr' },
    ].filter((link) => link.lang !== lang),
    ...visitNow(state, lang),
  }))
}

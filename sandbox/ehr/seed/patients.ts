import { SYNTHETIC } from '../clinic.ts'
import { CHARTS, type Chart } from './charts.ts'
import { optedOut, prefersTexts } from './preferences.ts'

const LANGUAGES = {
  en: 'English',
  es: 'Spanish',
  fr: 'French',
  vi: 'Vietnamese',
  ar: 'Arabic',
  cs: 'Czech',
} as const

/** Age of the minor, reached this year. */
const MINOR_AGE = 9

export function patients(today: Date, charts: readonly Chart[] = CHARTS): fhir4.Patient[] {
  return charts.map((chart) => patient(chart, today))
}

function patient(chart: Chart, today: Date): fhir4.Patient {
  const { id, family, given, language, special } = chart
  const birthYear = special === 'minor' ? today.getUTCFullYear() - MINOR_AGE : chart.birthYear
  return {
    resourceType: 'Patient',
    id,
    meta: { versionId: '1', tag: [SYNTHETIC] },
    ...(special === 'opted-out' ? { extension: [optedOut()] } : {}),
    ...(special === 'prefers-texts' ? { extension: [prefersTexts()] } : {}),
    identifier: [
      { use: 'usual', type: { text: 'MRN' }, system: 'urn:sandbox:synthetic:mrn', value: `S${id}` },
    ],
    active: special !== 'merged',
    name: [{ use: 'official', text: `${family}, ${given}`, family, given: given.split(' ') }],
    telecom: chart.telecom(today),
    gender: chart.gender,
    birthDate: `${birthYear}-${chart.birthday}`,
    ...(special === 'deceased' ? { deceasedDateTime: daysAgo(today, 30) } : { deceasedBoolean: false }),
    address: [{ use: 'home', city: chart.city ?? 'Kansas City', state: chart.state ?? 'MO', country: 'US' }],
    ...(special === 'minor' ? { contact: [guardian()] } : {}),
    ...(special === 'merged'
      ? { link: [{ other: { reference: 'Patient/12724101' }, type: 'replaced-by' as const }] }
      : {}),
    ...(language === undefined ? {} : { communication: [communication(language)] }),
  }
}

function communication(code: keyof typeof LANGUAGES): fhir4.PatientCommunication {
  const display = LANGUAGES[code]
  return {
    language: { coding: [{ system: 'urn:ietf:bcp:47', code, display }], text: display },
    preferred: true,
  }
}

function guardian(): fhir4.PatientContact {
  return {
    relationship: [
      {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'GUARD' }],
        text: 'Guardian',
      },
    ],
    name: { family: 'Brandt', given: ['Petra'] },
    telecom: [{ system: 'phone', value: '(816) 555-0166', use: 'mobile' }],
  }
}

/** The minor's mother, as a resource of her own. */
export function relatedPersons(): fhir4.RelatedPerson[] {
  return [
    {
      resourceType: 'RelatedPerson',
      id: '13100016',
      meta: { versionId: '0', tag: [SYNTHETIC] },
      active: true,
      patient: { reference: 'Patient/12724116' },
      relationship: [
        {
          coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleCode', code: 'MTH' }],
          text: 'Mother',
        },
      ],
      name: [{ family: 'Brandt', given: ['Petra'] }],
      telecom: [{ system: 'phone', value: '(816) 555-0166', use: 'mobile' }],
    },
  ]
}

function daysAgo(today: Date, days: number): string {
  return new Date(today.getTime() - days * 86_400_000).toISOString()
}

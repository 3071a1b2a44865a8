import { checkIds } from '../../../src/core/doctor/line.ts'
import { groupOf, titleOf } from '../../../src/core/doctor/titles.ts'
import type { DoctorModel, DoctorRunModel, ShownLine } from '../../../src/pages/portal/doctor/model.ts'
import { doctorPage } from '../../../src/pages/portal/doctor.tsx'
import { sampleFrame } from './sample-frame.ts'

const site: DoctorModel['site'] = {
  siteId: 'lakeside0001',
  name: 'Lakeside main',
  fhirBaseUrl: 'https://ehr.lakeside.example/r4/7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41',
  url: '/portal/sites/lakeside0001',
  texts: true,
  emails: true,
}

/** Every line with this state, but for those that differ. */
function sampleRun(
  state: DoctorRunModel['state'],
  byDefault: ShownLine['state'],
  differs: Partial<Record<ShownLine['id'], Partial<ShownLine>>> = {},
): DoctorRunModel {
  const lines = checkIds.map(
    (id): ShownLine => ({
      id,
      group: groupOf(id),
      title: titleOf(id),
      state: byDefault,
      what: byDefault === 'waiting' ? '' : 'It was tried, and it works.',
      ...differs[id],
    }),
  )
  const counts = { waiting: 0, running: 0, pass: 0, warn: 0, fail: 0, skip: 0 }
  for (const line of lines) counts[line.state] += 1
  return { state, startedAt: '2031-03-01T09:12:00.000Z', by: 'Ana Synthetic', lines, counts, sign: state }
}

const unknown: Partial<ShownLine> = {
  state: 'fail',
  what: 'The EHR does not know these locations: 21304876 (Cardiology), 21304877 (Cardiology).',
  remedy: 'Compare the ids with the EHR team and mend the departments of this site.',
  code: 'ehr_location_unknown',
}
const withoutLink: Partial<ShownLine> = {
  state: 'warn',
  what: 'Graph does not give the link; patients join by the meeting’s own link and choose the browser there.',
  remedy: 'Nothing needs to be done.',
  code: 'virtual_url_refused',
}
const noPhone: Partial<ShownLine> = {
  state: 'skip',
  what: 'No phone number was given for a test text.',
  code: 'no_phone',
}

const frame = sampleFrame('sites')
const page = (run: DoctorRunModel | undefined, more: Partial<DoctorModel> = {}) =>
  doctorPage({ frame, site, run, ...more })

/** The connection doctor in its states. */
export const doctorSamples = [
  { name: 'portal-doctor-never', page: page(undefined) },
  {
    name: 'portal-doctor-refused',
    page: page(undefined, { phone: '12345', phoneError: 'This is not a phone number.' }),
  },
  {
    name: 'portal-doctor-running',
    page: page(
      sampleRun('running', 'waiting', {
        reachable: { state: 'pass', what: 'The FHIR server answered.' },
        fhir_version: { state: 'pass', what: 'FHIR 4.0.1.' },
        smart_configuration: { state: 'running', what: '' },
      }),
    ),
  },
  {
    name: 'portal-doctor-problems',
    page: page(
      sampleRun('problems', 'pass', { locations: unknown, virtual_url: withoutLink, test_text: noPhone }),
    ),
  },
  { name: 'portal-doctor-passed', page: page(sampleRun('passed', 'pass', { virtual_url: withoutLink })) },
  { name: 'portal-doctor-outdated', page: page(sampleRun('outdated', 'pass')) },
  { name: 'portal-doctor-lost', page: page(sampleRun('lost', 'waiting')) },
  {
    name: 'portal-doctor-read-only',
    page: page(sampleRun('passed', 'pass'), {
      frame: sampleFrame('sites', { may: { configure: false, reports: false } }),
    }),
  },
]

import { inputOf } from '../../../src/core/sites/settings/input.ts'
import { timeZoneGroups } from '../../../src/core/sites/time-zones.ts'
import { type PushModel, pushPage } from '../../../src/pages/portal/push.tsx'
import type { SiteModel } from '../../../src/pages/portal/site/model.ts'
import { sitePage } from '../../../src/pages/portal/site.tsx'
import { siteRemovePage } from '../../../src/pages/portal/site-remove.tsx'
import { MISSING_WORDS } from '../../../src/pages/portal/sites/missing-words.ts'
import { site } from '../sites/site.fixture.ts'
import { sampleFrame } from './sample-frame.ts'

const frame = sampleFrame('sites')
const url = 'https://fhir-ehr-code.cerner.com/r4/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca'
const input = {
  ...inputOf(site({ fhirBaseUrl: url, organizers: ['1'], patientPhone: '+1 312 555 0100' })),
  departments: [
    { id: 'cardiology', name: 'Cardiology', locations: '21250403, 21250404', on: true },
    { id: '', name: '', locations: '', on: true },
  ],
}
const model: SiteModel = {
  frame,
  siteId: 'lakeside0001',
  version: 'synthetic-version',
  name: 'Lakeside main',
  url,
  environment: 'production',
  inSetup: true,
  missing: [MISSING_WORDS.client_id, MISSING_WORDS.time_zone],
  input,
  errors: {},
  kept: { launch: true, system: false, portal: false },
  zones: timeZoneGroups(),
  organizers: [
    { id: '1', name: 'Virtual visits 1' },
    { id: '2', name: undefined },
  ],
  issuerProposal:
    'https://authorization.cerner.com/tenants/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca/oidc/idsps/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca/',
  jwksUrl: 'https://visits.lakeside.example/.well-known/jwks.json',
  canLookUp: false,
}
const push: PushModel = {
  frame,
  siteId: 'lakeside0001',
  name: 'Lakeside main',
  version: 'synthetic-version',
  fhirBaseUrl: url,
  url: 'https://visits.lakeside.example/sites/lakeside0001/appointments',
  registered: undefined,
  reads: true,
  input: { issuer: '', jwksUrl: '', keys: '' },
  errors: {},
}
const removal = {
  frame,
  siteId: 'lakeside0001',
  version: 'synthetic-version',
  name: 'Lakeside main',
  url,
  environment: 'production' as const,
  inSetup: false,
  visits: 12,
  meetings: 3,
  more: false,
  textsOn: true,
}

/** The settings of one site, and the question before it is removed. */
export const siteSamples = [
  { name: 'portal-site', page: sitePage(model) },
  {
    name: 'portal-site-refused',
    page: sitePage({
      ...model,
      inSetup: false,
      canLookUp: true,
      input: { ...input, clinicName: 'Lakeside', video: { kind: 'service_type', codes: 'TELE' } },
      errors: {
        patientPhone: 'This is not a phone number. Write it with area code, such as +1 816-555-0100.',
        'department.1.locations': 'Enter at least one FHIR Location id.',
        organizers: 'This site is in use: choose at least one account.',
        'portal.url': 'This is not an https address that a FHIR base URL could be.',
      },
      places: {
        text: 'Riverside',
        found: [{ id: '21304876', name: 'Riverside Clinic 1' }],
        names: { '21250403': 'Heart Center', '21250404': 'Heart Center North' },
        problem: undefined,
      },
    }),
  },
  {
    name: 'portal-site-read-only',
    page: sitePage({ ...model, frame: sampleFrame('sites', { may: { configure: false, reports: false } }) }),
  },
  { name: 'portal-push', page: pushPage(push) },
  {
    name: 'portal-push-registered',
    page: pushPage({
      ...push,
      registered: {
        issuer: 'engine.lakeside.example',
        jwksUrl: undefined,
        loads: undefined,
        keys: [{ kid: 'key-1', kind: 'ES384' }],
      },
    }),
  },
  {
    name: 'portal-push-refused',
    page: pushPage({
      ...push,
      input: { issuer: '', jwksUrl: 'http://engine.lakeside.example/jwks', keys: '' },
      errors: {
        issuer: 'Enter the name that the engine puts into its tokens as iss.',
        jwksUrl: 'This is not an https address.',
      },
    }),
  },
  { name: 'portal-site-remove', page: siteRemovePage(removal) },
  {
    name: 'portal-site-remove-quiet',
    page: siteRemovePage({ ...removal, visits: 0, meetings: 0, textsOn: false, environment: 'testing' }),
  },
]

import type { BaseForm, SiteRow } from '../../../src/pages/portal/sites/model.ts'
import { sitesPage } from '../../../src/pages/portal/sites.tsx'
import { sampleFrame } from './sample-frame.ts'

const rows: readonly SiteRow[] = [
  {
    siteId: 'lakeside0001',
    name: 'Lakeside main',
    url: 'https://fhir-ehr-code.cerner.com/r4/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca',
    environment: 'testing',
    inSetup: false,
    missing: 0,
  },
  {
    siteId: 'lakeside0002',
    name: 'Lakeside production',
    url: 'https://lamnahealthcare.org/fihr/auth/connect-ocurprd-oauth/api/FHDST',
    environment: 'production',
    inSetup: true,
    missing: 3,
  },
]

const form: BaseForm = {
  action: '/portal/sites',
  hidden: { draft: 'synthetic-draft0' },
  name: '',
  url: '',
  environment: 'testing',
}
const wrong: BaseForm = {
  ...form,
  url: 'https://ehr.example/dstu2/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca',
  name: 'Lakeside north',
  nameError: 'Use at most 100 characters.',
  check: {
    state: 'bad',
    passed: ['address', 'reachable'],
    problem: {
      what: 'This server speaks FHIR DSTU2 (1.0.2). The connector needs R4.',
      why: 'Appointments look different in other versions of FHIR.',
      next: 'Most EHRs offer R4 at an address of its own. Ask your EHR team for the R4 service root.',
    },
    likelyUrl: 'https://ehr.example/r4/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca',
    notes: [],
  },
}
const right: BaseForm = {
  ...form,
  action: '/portal/sites/lakeside0002/base',
  hidden: { siteId: 'lakeside0002', version: 'synthetic-version' },
  url: 'https://lamnahealthcare.org/fihr/auth/connect-ocurprd-oauth/api/FHDST',
  name: 'Lakeside production',
  environment: 'production',
  check: {
    state: 'good',
    passed: [
      'address',
      'reachable',
      'FHIR R4',
      'appointments',
      'SMART configuration and PKCE',
      'sign-in methods',
      'signing keys',
    ],
    notes: ['The server does not name launch-ehr. Ask your EHR team whether it can launch applications.'],
    software: 'Synthetic EHR 2018.11',
  },
}

const frame = sampleFrame('sites')

/** The step "Configuration information" in its states. */
export const sitesSamples = [
  { name: 'portal-sites-empty', page: sitesPage({ frame, rows: [] }) },
  { name: 'portal-sites', page: sitesPage({ frame, rows }) },
  {
    name: 'portal-sites-read-only',
    page: sitesPage({ frame: sampleFrame('sites', { may: { configure: false, reports: false } }), rows }),
  },
  { name: 'portal-sites-add', page: sitesPage({ frame, rows, open: { siteId: undefined, form } }) },
  { name: 'portal-sites-wrong', page: sitesPage({ frame, rows, open: { siteId: undefined, form: wrong } }) },
  {
    name: 'portal-sites-right',
    page: sitesPage({ frame, rows, open: { siteId: 'lakeside0002', form: right } }),
  },
]

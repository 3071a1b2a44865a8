import { cliniciansPage } from '../../../src/pages/portal/clinicians.tsx'
import { historyPage } from '../../../src/pages/portal/history.tsx'
import { messagesPage } from '../../../src/pages/portal/messages.tsx'
import { appointmentIdPage } from '../../../src/pages/portal/messages-appointment.tsx'
import type { ReviewSite } from '../../../src/pages/portal/review/site.tsx'
import { reviewPage } from '../../../src/pages/portal/review.tsx'
import { portalSignInPage } from '../../../src/pages/portal/sign-in.tsx'
import { writeBackWords } from '../../../src/pages/portal/write-back-words.ts'
import { sampleFrame } from './sample-frame.ts'

export { sampleFrame } from './sample-frame.ts'

import { siteSamples } from './sample-site.ts'
import { sitesSamples } from './sample-sites.ts'
import { textsSamples } from './sample-texts.ts'

const entries = [
  {
    id: '1',
    at: '2031-03-01T09:12:00.000Z',
    by: 'Ana Synthetic',
    what: 'site_saved',
    site: 'Lakeside main',
    changes: [
      { field: 'timeZone', from: 'America/Chicago', to: 'America/Denver' },
      { field: 'departments[cardiology].on', from: 'true', to: 'false' },
      { field: 'launch.auth.Secret', to: 'replaced' },
      { field: 'patientPhone', from: '+1 312-555-0100' },
    ],
  },
  {
    id: '2',
    at: '2031-02-27T15:40:00.000Z',
    by: undefined,
    what: 'site_added',
    site: undefined,
    changes: [],
  },
]

const organization = [
  { term: 'Prerequisites', value: 'All confirmed' },
  { term: 'Organizer accounts', value: '2' },
  { term: 'Visits a month', value: '3,200' },
  { term: 'Consents to text messages', value: 'Both given' },
]

const reviewed: ReviewSite = {
  siteId: 'lakeside0001',
  name: 'Lakeside main',
  version: 'synthetic',
  environment: 'testing',
  inSetup: true,
  fhirBaseUrl: 'https://ehr.lakeside.example/r4/7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41',
  facts: [
    { term: 'Time zone', value: 'America/Chicago' },
    { term: 'Phone for patients', value: '+1 312-555-0100' },
    { term: 'Text messages', value: 'On, from +1 833-555-0100' },
    { term: 'Connection doctor', value: 'Passed, 2031-03-01' },
  ],
  missing: [],
  needsOverride: false,
  records: [
    {
      kind: 'provider',
      title: 'Provider record',
      lines: [
        { label: 'Launch URL', value: 'https://visits.lakeside.example/launch/provider' },
        { label: 'Client id', value: 'comes back from the EHR team', missing: true },
        { label: 'Scopes', value: 'launch openid fhirUser user/Appointment.read user/Patient.read' },
      ],
    },
  ],
}

/** The pages of the portal in their states. */
export const portalSamples = [
  {
    name: 'portal-clinicians',
    page: cliniciansPage({
      frame: sampleFrame('clinicians'),
      words: '',
      total: 42,
      people: [
        {
          id: 'u:lakeside0001:synthetic',
          ehrUserId: 'asynthetic',
          site: 'Lakeside main',
          name: 'Ana Synthetic',
          confirmedAt: '2031-03-01T09:12:00.000Z',
        },
        {
          id: 'u:lakeside0001:other',
          ehrUserId: 'psynthetic',
          site: 'Lakeside main',
          name: undefined,
          confirmedAt: '2031-02-27T15:40:00.000Z',
        },
      ],
      moreUrl: '/portal/clinicians?from=30',
    }),
  },
  {
    name: 'portal-clinicians-none',
    page: cliniciansPage({ frame: sampleFrame('clinicians'), words: 'nobody', total: 0, people: [] }),
  },
  { name: 'portal-sign-in', page: portalSignInPage({ startUrl: '/portal/signin/start', signedOut: false }) },
  {
    name: 'portal-signed-out',
    page: portalSignInPage({ startUrl: '/portal/signin/start', signedOut: true }),
  },
  {
    name: 'portal-history',
    page: historyPage({
      frame: sampleFrame('history', { notice: { tone: 'success', title: 'Saved.' } }),
      entries,
      olderUrl: '/portal/history?before=2',
    }),
  },
  {
    name: 'portal-messages',
    page: messagesPage({
      frame: sampleFrame('messages'),
      sites: [
        { name: 'Lakeside family medicine', sweptAt: '2031-03-04T15:58:00.000Z', late: false },
        { name: 'Lakeside production', sweptAt: undefined, late: true },
      ],
      poison: [{ queue: 'reminders', messages: 2, notices: 61, oldest: '2031-03-04T15:20:00.000Z' }],
      open: [
        {
          site: 'Lakeside family medicine',
          start: '2031-03-04T17:00:00.000Z',
          about: 'Reminder',
          status: 'Not delivered: the number does not exist',
          tone: 'error',
          changedAt: '2031-03-04T15:30:00.000Z',
          visit: { siteId: 'lakeside0001', bay: '2031-03-04|family', visitKey: 'mYWJ-WdsE1Qz1KpV6FF9AQ' },
        },
        {
          site: 'Lakeside family medicine',
          start: '2031-03-05T09:00:00.000Z',
          about: 'Confirmation',
          status: 'Stuck: it is tried again by itself',
          tone: 'warning',
          changedAt: '2031-03-04T14:30:00.000Z',
          visit: { siteId: 'lakeside0001', bay: '2031-03-05|family', visitKey: 'mYWJ-WdsE1Qz1KpV6FF9AB' },
        },
      ],
      more: true,
      until: undefined,
      unwrittenMore: true,
      unwritten: [
        {
          site: 'Lakeside family medicine',
          start: '2031-03-04T17:00:00.000Z',
          at: '2031-03-04T15:30:00.000Z',
          ...writeBackWords('ehr_scope_missing'),
        },
      ],
    }),
  },
  {
    name: 'portal-messages-quiet',
    page: messagesPage({
      frame: sampleFrame('messages'),
      sites: [],
      poison: [],
      open: [],
      more: false,
      until: '2031-03-09',
      unwrittenMore: true,
      unwritten: [],
    }),
  },
  {
    name: 'portal-messages-appointment',
    page: appointmentIdPage({
      frame: sampleFrame('messages'),
      site: 'Lakeside family medicine',
      start: '2031-03-04T17:00:00.000Z',
      appointmentId: '4822366',
    }),
  },
  {
    name: 'portal-history-read-only',
    page: historyPage({
      frame: sampleFrame('history', { may: { configure: false, reports: false } }),
      entries: [],
      olderUrl: undefined,
    }),
  },
  {
    name: 'portal-review-empty',
    page: reviewPage({ frame: sampleFrame('review'), organization, sites: [] }),
  },
  {
    name: 'portal-review',
    page: reviewPage({
      frame: sampleFrame('review'),
      organization,
      sites: [
        reviewed,
        {
          ...reviewed,
          siteId: 'lakeside0002',
          name: 'Lakeside production',
          environment: 'production',
          needsOverride: true,
          refused: {
            overrideError: 'Tick the box and give a reason.',
            reason: 'The EHR has no test domain.',
            override: false,
          },
        },
        {
          ...reviewed,
          siteId: 'lakeside0003',
          name: 'Lakeside north',
          missing: [{ words: 'Choose at least one organizer account', href: '/portal/sites/lakeside0003' }],
        },
        { ...reviewed, siteId: 'lakeside0004', name: 'Lakeside south', inSetup: false },
      ],
    }),
  },
  ...sitesSamples,
  ...textsSamples,
  ...siteSamples,
]

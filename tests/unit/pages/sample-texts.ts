import { newNumberPage } from '../../../src/pages/portal/numbers/new.tsx'
import { type OrderModel, orderPage } from '../../../src/pages/portal/numbers/order.tsx'
import { type OtherModel, otherNumberPage } from '../../../src/pages/portal/numbers/other.tsx'
import { releasePage, senderPage } from '../../../src/pages/portal/numbers/sender.tsx'
import type { SenderFacts } from '../../../src/pages/portal/texts/sender-words.ts'
import type { Preview, SiteTextsModel } from '../../../src/pages/portal/texts/site-model.ts'
import { siteTextsPage } from '../../../src/pages/portal/texts/site-texts.tsx'
import { type SwitchOnModel, switchOnPage } from '../../../src/pages/portal/texts/switch-on.tsx'
import { withdrawPage } from '../../../src/pages/portal/texts/withdraw.tsx'
import { type TextsModel, textsPage } from '../../../src/pages/portal/texts.tsx'
import { sampleFrame } from './sample-frame.ts'

const frame = sampleFrame('texts')
const reader = sampleFrame('texts', { may: { configure: false, reports: false } })

const number: SenderFacts = {
  id: '18335550142',
  shown: '+1 833-555-0142',
  kind: 'tollFree',
  country: 'United States',
  verification: 'submitted',
  verificationDay: '2031-03-01',
  blocked: true,
  releasing: false,
  perMinute: 200,
  sites: ['Lakeside main'],
}
const fresh: SenderFacts = {
  ...number,
  id: '18335550143',
  shown: '+1 833-555-0143',
  verification: 'not_submitted',
  verificationDay: undefined,
  blocked: false,
  sites: [],
}
const name: SenderFacts = {
  ...fresh,
  id: 'LAKESIDE',
  shown: 'LAKESIDE',
  kind: 'alphanumeric',
  country: 'Ireland',
  verification: 'not_needed',
  perMinute: 600,
}
const at = '2031-03-01T09:12:00.000Z'
const consent = { at, by: 'Ana Synthetic', wording: 1, current: true }

const texts: TextsModel = {
  frame,
  consents: { version: 'v1', given: { sending: consent, recipients: { ...consent, by: undefined } } },
  senders: {
    senders: [number, fresh, name],
    order: { open: true, words: 'Looking for a number.' },
    consented: true,
  },
  sites: [
    {
      siteId: 'lakeside0001',
      name: 'Lakeside main',
      fhirBaseUrl: 'https://fhir-ehr-code.example/r4/ec2458f2-1e24-41c8-b71b-0e701af7583d',
      environment: 'production',
      on: true,
      sender: '+1 833-555-0142',
      problem: 'The number is not verified yet: carriers block its texts.',
    },
    {
      siteId: 'lakeside0002',
      name: 'Lakeside test',
      fhirBaseUrl: 'https://fhir-ehr-code.example/r4/test',
      environment: 'testing',
      on: false,
      sender: undefined,
      problem: undefined,
    },
  ],
}

const order: OrderModel = {
  frame,
  state: 'purchasing',
  orderId: 'b7c1f2d4e5a60718',
  failure: undefined,
  failedIn: undefined,
  retryAt: undefined,
  number: '+1 833-555-1001',
  senderId: '18335551001',
  shownPrice: '$2.00',
  foundPrice: '$2.00',
  elapsedSeconds: 135,
  askedAt: at,
  resource: 'lakeside.unitedstates.communication.azure.com',
}

const other: OtherModel = {
  frame,
  countries: [
    { code: 'US', name: 'United States' },
    { code: 'GB', name: 'United Kingdom' },
  ],
  country: { code: 'GB', name: 'United Kingdom', tollFree: false, shortCode: true, name11: 'registered' },
  numbers: [{ number: '+18335550144', shown: '+1 833-555-0144', what: 'Toll-free, two-way texts' }],
  failure: undefined,
  typed: {
    name: 'L!',
    error: 'Use 3 to 11 letters, digits and spaces, at least one letter.',
    short: '',
    shortError: undefined,
  },
}

const KINDS = ['booked', 'moved', 'cancelled', 'not_video', 'reminder'] as const
const LINK = 'https://visits.lakeside.example/v/xxxxxxxxxxxxxxxxxxxxxx'
const previews: Preview[] = KINDS.map((kind) => ({
  kind,
  label: kind === 'not_video' ? 'No longer by video' : kind,
  lead: 'Video visit booked: {when}. Join here:',
  usual: 'Video visit booked: {when}. Join here:',
  text: `Video visit booked: Wed, Nov 23, 10:30 AM CST. Join here: ${LINK} Reply STOP to opt out.`,
  units: kind === 'moved' ? 171 : 136,
  segments: kind === 'moved' ? 2 : 1,
  price: '$0.01',
  replaced: kind === 'moved' ? ['–', '“'] : [],
  error: undefined,
}))
const site: SiteTextsModel = {
  frame,
  siteId: 'lakeside0001',
  name: 'Lakeside main',
  version: 'v1',
  on: false,
  senders: [{ value: '+18335550142', label: '+1 833-555-0142' }],
  countries: [
    { code: 'US', name: 'United States' },
    { code: 'CA', name: 'Canada' },
    { code: 'PR', name: 'Puerto Rico' },
  ],
  draft: {
    sender: '+18335550142',
    countries: ['US'],
    confirm: { booked: true, moved: true, cancelled: true, not_video: false },
    reminders: [
      { amount: '1', unit: 'days' },
      { amount: '60', unit: 'minutes' },
      { amount: '', unit: 'hours' },
    ],
    quietFrom: '21:00',
    quietTo: '08:00',
    languages: ['en', 'es'],
    defaultLanguage: 'en',
    nameClinic: false,
    clinicName: '',
    segmentPrice: '',
    minorsTo: 'guardian',
    minorsAge: '18',
  },
  errors: {},
  previews: { en: previews, es: previews, fr: previews },
  timeZone: 'America/Chicago',
  missing: [{ words: 'Give both consents', href: '/portal/texts#consents' }],
  warnings: ['+1 833-555-0142 is not verified yet: carriers block its texts.'],
  unsaved: false,
}

const switchOn: SwitchOnModel = {
  frame,
  siteId: 'lakeside0001',
  name: 'Lakeside main',
  version: 'v1',
  counted: { visits: 1234, cancelled: 87 },
  unread: undefined,
  typedVisits: '',
  estimate: { texts: 3615, segments: 1, cost: '$38.15', segmentPrice: '$0.01', number: '$2.00 a month' },
  atOnce: { due: 12, more: false },
  withinADay: 41,
  warnings: [],
}

/** Numbers and texts, in their states. */
export const textsSamples = [
  { name: 'portal-texts', page: textsPage(texts) },
  {
    name: 'portal-texts-empty',
    page: textsPage({
      ...texts,
      consents: { version: 'none', given: {}, missing: ['recipients'], ticked: ['sending'] },
      senders: { senders: [], order: undefined, consented: false },
      sites: [],
    }),
  },
  { name: 'portal-texts-read-only', page: textsPage({ ...texts, frame: reader }) },
  { name: 'portal-texts-withdraw', page: withdrawPage({ frame, version: 'v1', texting: ['Lakeside main'] }) },
  {
    name: 'portal-number-new',
    page: newNumberPage({ frame, price: { amount: 2, currency: 'USD', shown: '$2.00' }, failure: undefined }),
  },
  {
    name: 'portal-number-unpriced',
    page: newNumberPage({ frame, price: undefined, failure: 'numbers_unavailable' }),
  },
  { name: 'portal-order-busy', page: orderPage(order) },
  { name: 'portal-order-price', page: orderPage({ ...order, state: 'price_changed', foundPrice: '$3.50' }) },
  { name: 'portal-order-done', page: orderPage({ ...order, state: 'done' }) },
  { name: 'portal-order-cancelled', page: orderPage({ ...order, state: 'cancelled' }) },
  {
    name: 'portal-order-failed',
    page: orderPage({
      ...order,
      state: 'failed',
      failure: 'numbers_search_quota',
      failedIn: 'searching',
      retryAt: '2031-03-08T09:12:00.000Z',
    }),
  },
  {
    name: 'portal-order-taken',
    page: orderPage({ ...order, state: 'failed', failure: 'numbers_taken', failedIn: 'bought' }),
  },
  { name: 'portal-number-other', page: otherNumberPage(other) },
  {
    name: 'portal-number-other-us',
    page: otherNumberPage({
      ...other,
      country: { code: 'US', name: 'United States', tollFree: true, shortCode: true, name11: undefined },
      numbers: [],
      failure: 'numbers_unavailable',
    }),
  },
  {
    name: 'portal-sender',
    page: senderPage({
      frame,
      version: 'v1',
      sender: number,
      typed: { perMinute: 'x', perMinuteError: 'Enter a whole number from 1 to 100,000.' },
    }),
  },
  { name: 'portal-release', page: releasePage({ frame, version: 'v1', sender: fresh }) },
  { name: 'portal-release-linked', page: releasePage({ frame, version: 'v1', sender: number }) },
  { name: 'portal-site-texts', page: siteTextsPage(site) },
  {
    name: 'portal-site-texts-wrong',
    page: siteTextsPage({
      ...site,
      errors: {
        sender: 'sender_not_yours',
        country: 'countries_unreached',
        reminder_0: 'lead_time',
        quiet_from: 'clock',
        default_language: 'languages_default',
        clinic_name: 'clinic_name_missing',
        segment_price: 'price',
        lead_en_booked: 'wording_when',
      },
    }),
  },
  { name: 'portal-site-texts-on', page: siteTextsPage({ ...site, on: true, missing: [], warnings: [] }) },
  { name: 'portal-switch-on', page: switchOnPage(switchOn) },
  {
    name: 'portal-switch-on-unread',
    page: switchOnPage({
      ...switchOn,
      counted: undefined,
      unread: 'ehr_unavailable',
      estimate: undefined,
      withinADay: undefined,
      atOnce: { due: 0, more: false },
    }),
  },
]

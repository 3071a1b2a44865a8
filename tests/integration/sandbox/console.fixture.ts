import { defaultSettings } from '../../../sandbox/acs/faults.ts'
import type { Parts } from '../../../sandbox/console/view.ts'
import type { BoardRow, EhrClient, LedgerEntry, SmsRecord } from '../../../sandbox/contracts.ts'
import { teamsShell } from '../../../sandbox/powershell/shell.ts'

/** Synthetic people. Time, patient, birth date, language, phone, practitioner, location, video, status. */
const day: [string, string, string, string, string | undefined, number, number, boolean, string][] = [
  ['13:20', 'Fournier, Camille', '1958-07-19', 'fr', '(206) 555-0107', 0, 0, false, 'fulfilled'],
  ['13:40', 'Whitfield-Abernathy, Theodora', '1990-11-02', 'en', '206.555.0108', 0, 0, true, 'fulfilled'],
  ['14:00', 'Nguyen, Minh Anh', '1984-03-30', 'vi', '+1 206 555 0109', 1, 1, true, 'noshow'],
  ['14:20', 'Reyes, Lucía', '1971-05-23', 'es', '206-555-0103', 0, 0, true, 'cancelled'],
  ['14:40', 'Oduya, Samuel', '1949-12-08', 'en', '(206) 555-0104', 0, 0, false, 'checked-in'],
  ['15:00', 'Alvarado, Ana <b>', '1961-02-14', 'es', '(206) 555-0101', 0, 0, true, 'arrived'],
  ['15:20', 'Brandt, Oskar', '2009-08-01', 'en', '12065550102', 0, 1, true, 'booked'],
  ['15:30', 'Haddad, Noor', '1979-10-11', 'ar', undefined, 1, 1, true, 'booked'],
  ['15:40', 'Kowalczyk, Piotr', '1966-01-27', 'en', '(206) 555-0105', 0, 0, false, 'booked'],
  ['16:00', 'Okafor, Chidinma', '1995-06-16', 'en', '(206) 555-0106', 0, 0, true, 'booked'],
  ['16:20', 'Lindqvist, Maja', '1988-04-05', 'en', '(206) 555-0110', 0, 1, true, 'proposed'],
]
const practitioners = [
  { id: 'pr-1', name: 'Marsh, Eleanor MD', username: 'emarsh' },
  { id: 'pr-2', name: 'Bhatt, Rohan DO', username: 'rbhatt' },
]
const locations = [
  { id: 'loc-1', name: 'Cedar Valley Family Medicine' },
  { id: 'loc-2', name: 'Lakeside Cardiology' },
]

export type FakeParts = Parts & {
  readonly calls: string[]
  text(to: string, message: string, state?: SmsRecord['deliveryStatus'], at?: string): void
}

/** In-memory parts with the contract's types: a clinic day at 15:07 UTC, everything it was asked in `calls`. */
export function fakeParts(): FakeParts {
  let offsetMs = 0
  const calls: string[] = []
  const texts: SmsRecord[] = []
  const replies: { messageId: string; from: string; to: string; message: string; at: string }[] = []
  const now = () => new Date(Date.parse('2026-03-02T15:07:00.000Z') + offsetMs)
  const ledger = (...entries: LedgerEntry[]) => ({ ledger: entries, close: async () => {} })
  const registered: EhrClient[] = [
    {
      clientId: 'clinicians',
      kind: 'public',
      redirectUris: [],
      scope: 'launch user/Appointment.read',
      grants: ['authorization_code'],
      launchUrl: 'http://localhost:7071/launch/provider',
    },
  ]
  const unused = (): never => {
    throw new Error('The console does not use this.')
  }
  const rows = day.map(
    ([time, patientName, birthDate, language, phone, by, where, video, status], index) => ({
      appointmentId: `apt-${index + 1}`,
      start: `2026-03-02T${time}:00.000Z`,
      minutes: 20,
      status,
      video,
      patientId: `pt-${index + 1}`,
      patientName,
      birthDate,
      language,
      phone,
      practitionerId: practitioners[by]?.id ?? '',
      practitionerName: practitioners[by]?.name ?? '',
      locationName: locations[where]?.name ?? '',
    }),
  ) satisfies BoardRow[]
  const acs: Parts['acs'] = {
    ...ledger({ at: '2026-03-02T15:06:58Z', method: 'POST', path: '/sms', status: 202 }),
    endpoint: '',
    faults: defaultSettings(),
    texts: () => texts,
    replies: () => replies,
    emails: () => [
      {
        id: 'mail-1',
        to: 'camille.fournier@example.com',
        subject: 'Your video visit today at 3:20 PM',
        plainText: 'Join from here: https://visit.example/v/abcdefghijklmnopqrstuv',
        html: '<p>Join <a href="https://visit.example/v/x">here</a></p>',
        at: '2026-03-02T15:01:00Z',
        attachments: [
          {
            name: 'visit.ics',
            contentType: 'text/calendar; charset=utf-8; method=REQUEST',
            contentInBase64: Buffer.from(
              'METHOD:REQUEST\r\nSEQUENCE:2\r\nDTSTART;TZID=America/Chicago:20260302T152000\r\n',
            ).toString('base64'),
          },
        ],
        status: 'Delivered',
      },
    ],
    numbers: () => [{ phoneNumber: '+18335550100', kind: 'tollFree', verified: false }],
    setVerified: (phoneNumber, verified) => void calls.push(`verify ${phoneNumber} ${verified}`),
    purchases: () => [],
    reply: async (from, to, message) => {
      calls.push(`reply ${from} ${to} ${message}`)
      replies.push({ messageId: `in-${replies.length}`, from, to, message, at: now().toISOString() })
    },
    flushReports: async () => void calls.push('flushReports'),
    subscribe: unused,
  }
  const parts: Parts = {
    appUrl: 'http://localhost:7071',
    ehr: {
      ...ledger(
        {
          at: '2026-03-02T15:06:50Z',
          method: 'GET',
          path: '/r4/0b8a0111/Appointment?patient=secret',
          status: 200,
        },
        { at: '2026-03-02T15:06:51Z', method: 'GET', path: '/r4/0b8a0111/Patient/pt-6', status: 429 },
      ),
      fhirBaseUrl: '',
      ehrTenant: '0b8a0111',
      faults: {
        fhirUnavailable: false,
        fhirThrottled: false,
        fhirTokenRefused: false,
        fhirForbidden: false,
        slowMs: 0,
        dropScopes: [],
        authorizeError: undefined,
        withoutContext: false,
        flaws: new Set(),
      },
      board: () => rows,
      book: ({ start, ...input }) => {
        calls.push(`book ${Object.values(input).join(' ')} ${start.toISOString()}`)
        return { appointmentId: 'apt-new' }
      },
      move: (id, start) => void calls.push(`move ${id} ${start.toISOString()}`),
      cancel: (id) => void calls.push(`cancel ${id}`),
      setVideo: (id, video) => void calls.push(`video ${id} ${video}`),
      appointment: unused,
      patients: () =>
        rows.map(({ patientId, patientName, phone, language }) => ({
          id: patientId,
          name: patientName,
          phone,
          language,
        })),
      practitioners: () => practitioners,
      locations: () => locations,
      launchUrl: (app, { practitionerId, appointmentId }, context) =>
        `${app}?iss=http%3A%2F%2Flocalhost&launch=${practitionerId}.${appointmentId}.${context}`,
      register: (client) => void registered.push(client),
      clients: () => registered,
    },
    entra: {
      ...ledger({ at: '2026-03-02T15:06:40Z', method: 'POST', path: '/t/oauth2/v2.0/token', status: 200 }),
      authority: '',
      signInUrl: '',
      tenants: [],
      verify: unused,
      register: unused,
      accountOf: () => undefined,
    },
    graph: {
      ...ledger(
        {
          at: '2026-03-02T15:06:41Z',
          method: 'POST',
          path: '/v1.0/users/5b1f6f0e-7a36-4a0f-9f64-3c9a1d0c2b11/onlineMeetings/createOrGet',
          status: 201,
        },
        {
          at: '2026-03-02T15:06:55Z',
          method: 'PATCH',
          path: '/v1.0/users/5b1f/onlineMeetings/M1',
          status: 503,
        },
      ),
      baseUrl: '',
      faults: {
        slowMs: 0,
        throttled: false,
        unavailable: false,
        virtualAppointmentUrl: false,
        flaws: new Set(),
      },
      meetings: () => [],
      accessPolicy: new Set(),
      roster: unused,
      findByJoinUrl: () => undefined,
    },
    teams: { ...ledger(), url: '', participants: () => [] },
    acs,
    shell: teamsShell({ tenants: [], appId: '', now }),
    clock: {
      now,
      get offsetMs() {
        return offsetMs
      },
      advance: async (ms) => {
        offsetMs += ms
      },
    },
  }
  return {
    ...parts,
    acs,
    calls,
    text: (to, message, state = 'Delivered', at = now().toISOString()) =>
      void texts.push({
        messageId: `out-${texts.length}`,
        from: '+18335550100',
        to,
        message,
        tag: undefined,
        repeatabilityRequestId: undefined,
        at,
        deliveryStatus: state,
      }),
  }
}

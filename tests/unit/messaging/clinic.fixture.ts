import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Patient } from '../../../src/core/ehr/patient.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'

export const HOUR = 3_600_000
export const VISIT_KEY = 'AAAAAAAAAAAAAAAAAAAAAA'

type Texts = Site['texts']

/** A synthetic site that texts at any hour; `texts` are changed one by one. */
export function siteWith(texts: Partial<Texts> = {}, more: Partial<Site> = {}): Site {
  return {
    tenantId: '11111111-1111-4111-8111-111111111111',
    siteId: 'clinic000001',
    name: 'Synthetic clinic',
    environment: 'testing',
    fhirBaseUrl: 'https://ehr.example.org/r4/synthetic',
    timeZone: 'America/Chicago',
    launch: { clientId: 'app', auth: { method: 'none' }, scopes: 'launch' },
    system: { clientId: 'system', auth: { method: 'private_key_jwt' }, scopes: 'system/Appointment.read' },
    allowedIssuers: [],
    allowCapabilityFallback: false,
    departments: [{ id: 'family', name: 'Family medicine', locationIds: ['L1'], on: true }],
    videoRule: { kind: 'virtual_meeting_room' },
    organizers: ['organizer-1'],
    openTeamsAtOnce: false,
    ...more,
    texts: {
      on: true,
      epoch: 1,
      sender: '+18005550100',
      confirm: { booked: true, moved: true, cancelled: true, not_video: true },
      reminderMinutes: [1440, 60],
      defaultLanguage: 'en',
      countries: ['US', 'CA'],
      quietHours: { from: '00:00', to: '00:00' },
      ...texts,
    },
  }
}

/** A synthetic video appointment of half an hour. */
export function appointmentWith(more: Partial<Appointment> = {}): Appointment {
  return {
    id: 'A1',
    ehrVersion: '1',
    status: 'booked',
    start: new Date('2026-11-24T16:30:00.000Z'),
    minutes: 30,
    cancelled: false,
    over: false,
    video: true,
    patientId: 'P1',
    practitionerIds: ['D1'],
    locationIds: ['L1'],
    serviceType: undefined,
    participants: [],
    ...more,
  }
}

/** A synthetic patient with an American mobile number. */
export function patientWith(more: Partial<Patient> = {}): Patient {
  return {
    id: 'P1',
    initials: 'S. P.',
    active: true,
    deceased: false,
    birthDate: '1980-01-01',
    language: 'en',
    phones: ['816-555-0101'],
    wantsReminders: true,
    ...more,
  } as Patient
}

/** The row of the appointment above, told at its first booking two days before. */
export function visitWith(more: Partial<VisitRow> = {}): VisitRow {
  return {
    schema: 1,
    type: 'visit',
    departmentId: 'family',
    start: '2026-11-24T16:30:00.000Z',
    minutes: 30,
    version: 1,
    cause: 'booked',
    since: '2026-11-22T10:00:00.000Z',
    cancelled: false,
    video: true,
    ehrVersion: '1',
    linkKeyId: 'key00001',
    linkSerial: 1,
    linkBucket: 3,
    ...more,
  }
}

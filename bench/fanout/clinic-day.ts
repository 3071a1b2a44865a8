import { randomUUID } from 'node:crypto'
import type { Appointment } from '../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../src/core/ehr/ehr.ts'
import type { Patient } from '../../src/core/ehr/patient.ts'
import { identityKeys } from '../../src/core/keys/identity.ts'
import { keyRing } from '../../src/core/keys/key-ring.ts'
import type { SendText, Text } from '../../src/core/messaging/sms.ts'
import { ok } from '../../src/core/result.ts'
import type { Site } from '../../src/core/sites/site.ts'
import type { StorageClients, Store } from '../../src/core/store/store.ts'
import type { Bay } from '../../src/core/visits/bay.ts'
import { visitPartition } from '../../src/core/visits/bay.ts'
import { newVisitRow } from '../../src/core/visits/new-visit.ts'
import { visitRef, visitRowKey, visitSeals } from '../../src/core/visits/visit.ts'

const key = (byte: number) => new Uint8Array(32).fill(byte)
export const fieldKeys = keyRing(key(4))
export const linkKeys = keyRing(key(5))
export const identity = identityKeys(key(6))
export const seals = visitSeals(fieldKeys)
export const NOW = new Date('2031-03-04T12:00:00.000Z')
export const BAY: Bay = '2031-03-04|family'
const START = '2031-03-04T13:00:00.000Z'

/** A day of one clinic whose visits are all to be reminded now; the EHR and the vendor take no time. */
export type ClinicDay = {
  readonly site: Site
  readonly store: Store
  readonly clients: StorageClients
  readonly ehr: Ehr
  readonly visitKeys: readonly string[]
  readonly sendText: SendText
  /** Who was texted what, in the order of the numbers; links differ by site and are left out. */
  ledger(): string[]
}

export async function clinicDay(store: Store, clients: StorageClients, count: number): Promise<ClinicDay> {
  const site = siteOf(randomUUID().replaceAll('-', '').slice(0, 12))
  const appointments = new Map<string, Appointment>()
  const patients = new Map<string, Patient>()
  const rows = Array.from({ length: count }, (_, n) => {
    const id = `A${n}`
    appointments.set(id, appointment(id, `P${n}`))
    patients.set(`P${n}`, patient(`P${n}`, `+1816${String(5_000_000 + n)}`))
    const ref = visitRef(identity, site, id)
    const facts = {
      start: START,
      minutes: 30,
      version: 1,
      cause: 'booked' as const,
      since: '2031-03-01T12:00:00.000Z',
      cancelled: false,
      video: true,
      ehrVersion: '1',
      departmentId: 'family',
    }
    const keys = {
      partitionKey: visitPartition(site.tenantId, site.siteId, BAY),
      rowKey: visitRowKey(ref.visitKey),
    }
    return { ...newVisitRow(seals, linkKeys, ref, id, facts), ...keys }
  })
  for (let at = 0; at < rows.length; at += 100)
    await store.tables.visits.transact(rows.slice(at, at + 100).map((row) => ({ kind: 'insert', row })))
  const sent: Text[] = []
  const chosen = <T>(all: ReadonlyMap<string, T>, ids: readonly string[]) =>
    ok(new Map([...all].filter(([id]) => ids.includes(id))))
  const ehr = {
    appointments: async (ids: readonly string[]) => chosen(appointments, ids),
    patients: async (ids: readonly string[]) => chosen(patients, ids),
  } as unknown as Ehr
  return {
    site,
    store,
    clients,
    ehr,
    visitKeys: rows.map(({ rowKey }) => rowKey.slice(2)).sort(),
    async sendText(text) {
      sent.push(text)
      return ok(undefined)
    },
    ledger: () => sent.map(({ to, body }) => `${to} ${body.replace(/\/v\/\S+/, '/v/')}`).sort(),
  }
}

function siteOf(siteId: string): Site {
  return {
    tenantId: siteId,
    siteId,
    name: 'Bench',
    environment: 'testing',
    fhirBaseUrl: 'https://ehr.example.org/r4/bench',
    timeZone: 'America/Chicago',
    launch: { clientId: 'app', auth: { method: 'none' }, scopes: 'launch' },
    allowedIssuers: [],
    allowCapabilityFallback: false,
    departments: [{ id: 'family', name: 'Family', locationIds: ['L1'], on: true }],
    videoRule: { kind: 'virtual_meeting_room' },
    organizers: [],
    openTeamsAtOnce: false,
    texts: {
      on: true,
      epoch: 1,
      sender: `+1833${String(Number.parseInt(siteId.slice(0, 8), 16) % 10_000_000).padStart(7, '0')}`,
      confirm: { booked: true, moved: true, cancelled: true, not_video: true },
      reminderMinutes: [60],
      defaultLanguage: 'en',
      countries: ['US'],
      quietHours: { from: '00:00', to: '00:00' },
    },
  }
}

function appointment(id: string, patientId: string): Appointment {
  return {
    id,
    ehrVersion: '1',
    status: 'booked',
    start: new Date(START),
    minutes: 30,
    cancelled: false,
    over: false,
    video: true,
    patientId,
    practitionerIds: [],
    locationIds: ['L1'],
    serviceType: undefined,
    participants: [],
  }
}

function patient(id: string, phone: string): Patient {
  return {
    id,
    initials: 'S. P.',
    active: true,
    deceased: false,
    birthDate: '1980-01-01',
    language: 'en',
    phones: [phone],
    wantsReminders: true,
  }
}

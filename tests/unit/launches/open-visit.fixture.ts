import { randomBytes } from 'node:crypto'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { sealChoice } from '../../../src/core/launches/choice.ts'
import { type OpenPorts, openVisit } from '../../../src/core/launches/open-visit.ts'
import type { LaunchSession } from '../../../src/core/launches/session.ts'
import { fail, ok } from '../../../src/core/result.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { visitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { NORTHWIND, site } from '../sites/site.fixture.ts'
import { appointment, START, visitRow } from '../visits/visit.fixture.ts'

const ring = keyRing(randomBytes(32))
const identity = identityKeys(randomBytes(32))
const seals = visitSeals(ring)
export const meeting = { organizerId: 'o', meetingId: 'm', joinWebUrl: 'https://teams.microsoft.com/l/x' }

export type World = {
  appointments?: Appointment[]
  mapped?: string
  user?: object | 'gone' | 'down' | 'silent' | { readonly status: number; readonly message?: string }
  /** What every read of the EHR comes to; undefined where it answers. */
  ehrFails?: string | undefined
  /** The patient's own resource alone cannot be read. */
  patientFails?: string
  /** Whether the visit's meeting is there already; else Graph would have to make it. */
  meetingIsThere?: boolean
  /** What our own row says of the appointment. */
  row?: Partial<VisitRow>
  /** Whose visit our own row says it is; null where it does not say. */
  patientOfRow?: string | null
}
export function portsOf({
  appointments = [appointment()],
  mapped = 'entra-1',
  user = {},
  ehrFails,
  patientFails,
  meetingIsThere = true,
  row = {},
  patientOfRow = '12724101',
}: World = {}) {
  const forgotten: unknown[] = []
  const map = new Map(appointments.map((one) => [one.id, one]))
  const read = async <T>(value: T) => {
    if (ehrFails === 'silent') return new Promise<never>(() => {})
    return ehrFails === undefined ? ok(value) : fail(ehrFails)
  }
  const ehr = {
    appointment: async (id: string) => (map.has(id) ? read(map.get(id)) : fail('ehr_not_found')),
    appointments: () => read(map),
    appointmentsOfPatient: () => read(map),
    appointmentsOfEncounter: () => read(map),
    appointmentsOfPractitioner: () => read(map),
    patient: async () => (patientFails === undefined ? ok({ initials: 'QS' }) : fail(patientFails)),
  } as unknown as Ehr
  const get = async () => {
    if (user === 'gone')
      throw Object.assign(new Error('x'), { statusCode: 404, code: 'Request_ResourceNotFound' })
    if (user === 'down') throw Object.assign(new Error('x'), { statusCode: 503 })
    if (user === 'silent') return new Promise(() => {})
    if (typeof user === 'object' && 'status' in user)
      throw Object.assign(new Error(user.message ?? 'x'), { statusCode: user.status })
    return { id: mapped, userPrincipalName: 'maya@example.org', ...user }
  }
  const find = async (ref: { visitKey: string; tenantId: string; siteId: string }) => ({
    ...ref,
    day: '2031-03-04',
    row: {
      ...visitRow(),
      ...(patientOfRow === null
        ? {}
        : { patientKey: identity.patientKey(ref.tenantId, ref.siteId, ref.visitKey, patientOfRow) }),
      ...row,
      ...(meetingIsThere ? { sealedMeeting: seals.sealMeeting(ref, meeting) } : {}),
      partitionKey: 'p',
      rowKey: 'r',
      etag: 'e',
    },
  })
  const ports = {
    visits: { find, update: find },
    seals,
    identity,
    linkKeys: ring,
    sessionKeys: ring,
    mappings: {
      find: async () => (mapped === '' ? undefined : mapped),
      forget: async (...args: unknown[]) => void forgotten.push(args),
      ofPractitioners: async () => [],
    },
    graph: async () => ({ api: () => ({ select: () => ({ get }) }) }),
    teamsOrigins: ['https://teams.microsoft.com'],
    site: async () => site(),
    ehr: async () => ok(ehr),
    now: () => START,
  } as unknown as OpenPorts
  return { ports, forgotten }
}
export const session = (context: LaunchSession['context']): LaunchSession => ({
  launchId: 'launch',
  tenantId: NORTHWIND,
  siteId: 'northwind001',
  ehrUser: { issuer: 'i', subject: 's' },
  context,
  accessToken: 't',
  accessTokenUntil: START.toISOString(),
})
export const open = async (context: LaunchSession['context'], world: World = {}, chosen?: string) =>
  openVisit(portsOf(world).ports, session(context), chosen)

/** How a page of that launch names an appointment. */
export function choiceOf(launch: LaunchSession, { id }: Appointment): string {
  return sealChoice(ring, launch, visitRef(identity, site(), id).visitKey)
}

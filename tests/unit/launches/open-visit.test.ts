import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { choiceOf } from '../../../src/core/launches/find-appointments.ts'
import { type OpenPorts, openVisit } from '../../../src/core/launches/open-visit.ts'
import type { LaunchSession } from '../../../src/core/launches/session.ts'
import { fail, ok } from '../../../src/core/result.ts'
import { visitSeals } from '../../../src/core/visits/visit.ts'
import { NORTHWIND, site } from '../sites/site.fixture.ts'
import { appointment, START, visitRow } from '../visits/visit.fixture.ts'

const ring = keyRing(randomBytes(32))
const identity = identityKeys(randomBytes(32))
const seals = visitSeals(ring)
const meeting = { organizerId: 'o', meetingId: 'm', joinWebUrl: 'https://teams.microsoft.com/l/x' }

type World = {
  appointments?: Appointment[]
  mapped?: string
  user?: object | 'gone' | 'down'
}
function portsOf({ appointments = [appointment()], mapped = 'entra-1', user = {} }: World = {}) {
  const forgotten: unknown[] = []
  const map = new Map(appointments.map((one) => [one.id, one]))
  const ehr = {
    appointment: async (id: string) => (map.has(id) ? ok(map.get(id)) : fail('ehr_not_found')),
    appointments: async () => ok(map),
    appointmentsOfPatient: async () => ok(map),
    appointmentsOfEncounter: async () => ok(map),
    patient: async () => fail('ehr_unavailable'),
  } as unknown as Ehr
  const get = async () => {
    if (user === 'gone')
      throw Object.assign(new Error('x'), { statusCode: 404, code: 'Request_ResourceNotFound' })
    if (user === 'down') throw Object.assign(new Error('x'), { statusCode: 503 })
    return { id: mapped, userPrincipalName: 'maya@example.org', ...user }
  }
  const find = async (ref: { visitKey: string; tenantId: string; siteId: string }) => ({
    ...ref,
    day: '2031-03-04',
    row: {
      ...visitRow(),
      sealedMeeting: seals.sealMeeting(ref, meeting),
      partitionKey: 'p',
      rowKey: 'r',
      etag: 'e',
    },
  })
  const ports = {
    visits: { find },
    seals,
    identity,
    linkKeys: ring,
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
const session = (context: LaunchSession['context']): LaunchSession => ({
  launchId: 'launch',
  tenantId: NORTHWIND,
  siteId: 'northwind001',
  ehrUser: { issuer: 'i', subject: 's' },
  context,
  accessToken: 't',
  accessTokenUntil: START.toISOString(),
})
const open = async (context: LaunchSession['context'], world: World = {}, chosen?: string) =>
  openVisit(portsOf(world).ports, session(context), chosen)
const other = appointment({ id: '4817599', patientId: '12724199' })
const ofBoth = [
  appointment(),
  appointment({ id: '4817502', start: new Date(START.getTime() + 3_600_000) }),
  other,
]

describe('never the wrong patient', () => {
  test('an appointment of somebody else than the open chart’s patient is not shown', async () => {
    const context = { kind: 'appointment', appointmentId: other.id, patientId: '12724101' } as const
    expect(await open(context, { appointments: [other] })).toMatchObject({
      failure: { code: 'launch_no_appointment' },
    })
  })

  test('among several, only those of the open chart are offered', async () => {
    const context = { kind: 'encounter', encounterId: 'e', patientId: '12724101' } as const
    const opened = await open(context, { appointments: ofBoth })
    const offered =
      opened.ok && opened.value.kind === 'choice'
        ? opened.value.candidates.map((one) => one.appointment.id)
        : []
    expect(offered).toEqual(['4817501', '4817502'])
    const third = await open(context, { appointments: ofBoth }, choiceOf(session(context), other))
    expect(third).toMatchObject({ ok: true, value: { kind: 'choice' } })
  })

  test('without a patient in the launch the appointment itself decides', async () => {
    const opened = await open({ kind: 'appointment', appointmentId: other.id }, { appointments: [other] })
    expect(opened).toMatchObject({
      ok: true,
      value: { kind: 'visit', appointment: { patientId: '12724199' } },
    })
  })
})

describe('a launch', () => {
  const context = { kind: 'patient', patientId: '12724101' } as const

  test('of a patient opens the visit by video that is near, and only that', async () => {
    const appointments = [
      appointment(),
      appointment({ id: '1', video: false }),
      appointment({ id: '2', cancelled: true }),
      appointment({ id: '3', over: true }),
    ]
    expect(await open(context, { appointments })).toMatchObject({
      value: { kind: 'visit', appointment: { id: '4817501' } },
    })
  })

  test.each([
    [{ kind: 'none' }, {}, 'launch_no_context'],
    [context, { appointments: [] }, 'launch_no_appointment'],
    [{ kind: 'appointment', appointmentId: 'gone' }, {}, 'launch_no_appointment'],
    [
      { kind: 'appointment', appointmentId: '4817501' },
      { appointments: [appointment({ cancelled: true })] },
      'appointment_cancelled',
    ],
    [
      { kind: 'appointment', appointmentId: '4817501' },
      { appointments: [appointment({ video: false })] },
      'appointment_not_video',
    ],
    [
      { kind: 'appointment', appointmentId: '4817501' },
      { appointments: [appointment({ over: true })] },
      'appointment_over',
    ],
  ] as const)('%o with %o says %s', async (given, world, code) => {
    expect(await open(given, world as World)).toMatchObject({ failure: { code } })
  })

  test('shows the visit though the patient cannot be read', async () => {
    expect(await open(context)).toMatchObject({
      ok: true,
      value: { patient: undefined, meeting: { ok: true } },
    })
  })
})

describe('who joins', () => {
  const context = { kind: 'patient', patientId: '12724101' } as const

  test('is asked to sign in where nobody was confirmed', async () => {
    expect(await open(context, { mapped: '' })).toMatchObject({ failure: { code: 'account_unconfirmed' } })
  })

  test.each([
    ['disabled', { accountEnabled: false }],
    ['gone', 'gone'],
  ] as const)('is forgotten and asked again when the Microsoft user is %s', async (_how, user) => {
    const { ports, forgotten } = portsOf({ user })
    expect(await openVisit(ports, session(context))).toMatchObject({
      failure: { code: 'account_unconfirmed' },
    })
    expect(forgotten).toEqual([[NORTHWIND, 'northwind001', { issuer: 'i', subject: 's' }]])
  })

  test('is not forgotten because Graph is down', async () => {
    const { ports, forgotten } = portsOf({ user: 'down' })
    expect(await openVisit(ports, session(context))).toMatchObject({ failure: { code: 'graph_unavailable' } })
    expect(forgotten).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { openVisit } from '../../../src/core/launches/open-visit.ts'
import { NORTHWIND } from '../sites/site.fixture.ts'
import { appointment, START } from '../visits/visit.fixture.ts'
import { choiceOf, open, portsOf, session, type World } from './open-visit.fixture.ts'

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

  test('several that the launch names are offered, and the answer opens one of them and no other', async () => {
    const [first, second] = ofBoth
    const context = {
      kind: 'appointments',
      appointmentIds: ['4817501', '4817502'],
      patientId: '12724101',
    } as const
    const appointments = ofBoth.slice(0, 2)
    const opened = await open(context, { appointments })
    expect(opened.ok && opened.value.kind === 'choice' && opened.value.candidates).toHaveLength(2)
    for (const one of [first, second])
      expect(await open(context, { appointments }, one && choiceOf(session(context), one))).toMatchObject({
        value: { kind: 'visit', appointment: { id: one?.id } },
      })
    const foreign = await open(context, { appointments }, choiceOf(session(context), other))
    expect(foreign).toMatchObject({ value: { kind: 'choice' } })
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
    const named = await open(context, { appointments })
    const choice = choiceOf(session(context), appointment())
    expect(named).toEqual({ ok: true, value: { kind: 'named', choice } })
    expect(await open(context, { appointments }, choice)).toMatchObject({
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
    const chart = { kind: 'appointment', appointmentId: '4817501' } as const
    expect(await open(chart, { patientFails: 'ehr_scope_missing' })).toMatchObject({
      ok: true,
      value: { patient: undefined, unread: { code: 'ehr_scope_missing' }, meeting: { ok: true } },
    })
  })
})

describe('who joins', () => {
  const context = { kind: 'appointment', appointmentId: '4817501' } as const

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
    const { ports, forgotten } = portsOf({ user: 'down', meetingIsThere: false })
    expect(await openVisit(ports, session(context))).toMatchObject({ failure: { code: 'graph_unavailable' } })
    expect(forgotten).toEqual([])
  })
})

import { afterEach, describe, expect, test, vi } from 'vitest'
import { openVisit } from '../../../src/core/launches/open-visit.ts'
import { fail } from '../../../src/core/result.ts'
import { appointment } from '../visits/visit.fixture.ts'
import { choiceOf, meeting, open, portsOf, session, type World } from './open-visit.fixture.ts'

const CHART = { kind: 'appointment', appointmentId: '4817501', patientId: '12724101' } as const
const PATIENT = { kind: 'patient', patientId: '12724101' } as const

afterEach(() => void vi.useRealTimers())

const SILENT = [
  'ehr_token_expired',
  'ehr_scope_missing',
  'ehr_throttled',
  'ehr_unavailable',
  'ehr_unreachable',
  'ehr_refused',
  'ehr_answer_invalid',
  'ehr_foreign_link',
]

describe('an EHR that cannot be asked', () => {
  test.each(SILENT)('(%s) keeps nobody out of a meeting that is there', async (code) => {
    const opened = await open(CHART, { ehrFails: code })
    expect(opened).toMatchObject({
      ok: true,
      value: { kind: 'visit', appointment: undefined, patient: undefined, unread: { code } },
    })
    expect(opened).toMatchObject({ value: { meeting: { ok: true, value: meeting } } })
  })

  test.each(SILENT)('(%s) is what the page says where there is no meeting yet', async (code) => {
    expect(await open(CHART, { ehrFails: code, meetingIsThere: false })).toMatchObject({ failure: { code } })
  })

  test('gives no token either: the same', async () => {
    const { ports } = portsOf()
    const refusing = { ...ports, ehr: async () => fail('smart_token_unreachable') }
    expect(await openVisit(refusing, session(CHART))).toMatchObject({
      value: { kind: 'visit', unread: { code: 'smart_token_unreachable' } },
    })
  })

  test.each([
    [{ cancelled: true }, 'appointment_cancelled'],
    [{ video: false }, 'appointment_not_video'],
    [{ start: '2031-03-02T15:00:00.000Z' }, 'appointment_over'],
  ])('opens nothing that our own row knows to be off: %o', async (row, code) => {
    expect(await open(CHART, { ehrFails: 'ehr_unavailable', row })).toMatchObject({ failure: { code } })
  })

  test.each([
    ['a chart', PATIENT],
    ['an encounter', { kind: 'encounter', encounterId: 'e', patientId: '12724101' }],
  ] as const)('opens the visit that a page of %s was held to, and none before', async (_name, context) => {
    const world: World = { ehrFails: 'ehr_unavailable' }
    expect(await open(context, world)).toMatchObject({ failure: { code: 'ehr_unavailable' } })
    const choice = choiceOf(session(context), appointment())
    expect(await open(context, world, choice)).toMatchObject({ value: { kind: 'visit' } })
    const foreign = choiceOf({ ...session(context), launchId: 'another' }, appointment())
    expect(await open(context, world, foreign)).toMatchObject({ failure: { code: 'ehr_unavailable' } })
  })

  test('and one that knows of no such appointment are two things', async () => {
    expect(await open(CHART, { appointments: [] })).toMatchObject({
      failure: { code: 'launch_no_appointment' },
    })
  })

  test('and is slow is not waited for long where the meeting is there', async () => {
    vi.useFakeTimers()
    const opened = open(CHART, { ehrFails: 'silent' })
    await vi.advanceTimersByTimeAsync(4_000)
    expect(await opened).toMatchObject({
      value: { kind: 'visit', appointment: undefined, unread: { code: 'ehr_unreachable' } },
    })
  })

  test('and is slow is waited for where there is no meeting', async () => {
    vi.useFakeTimers()
    const { ports } = portsOf({ meetingIsThere: false })
    let answer: () => void = () => {}
    const asked = new Promise<void>((resolve) => {
      answer = resolve
    })
    const late = portsOf({ ehrFails: 'ehr_unavailable' }).ports
    const ehr: typeof ports.ehr = async (site) => {
      await asked
      return late.ehr(site)
    }
    let ended = false
    const opened = openVisit({ ...ports, ehr }, session(CHART)).finally(() => {
      ended = true
    })
    await vi.advanceTimersByTimeAsync(8_000)
    expect(ended).toBe(false)
    answer()
    expect(await opened).toMatchObject({ failure: { code: 'ehr_unavailable' } })
  })
})

describe('another patient’s chart and a silent EHR opens nothing', () => {
  const OTHER = '12742400'
  const chartOf = { ...PATIENT, patientId: OTHER }
  const names = { ...CHART, patientId: OTHER }

  test.each(SILENT)('(%s) though the token names the appointment', async (code) => {
    expect(await open(names, { ehrFails: code })).toMatchObject({ failure: { code } })
    expect(await open(CHART, { ehrFails: code, patientOfRow: OTHER })).toMatchObject({ failure: { code } })
  })

  test('nor a slow one', async () => {
    vi.useFakeTimers()
    const opening = openVisit(portsOf({ ehrFails: 'silent' }).ports, session(names))
    let ended = false
    void opening.finally(() => {
      ended = true
    })
    await vi.advanceTimersByTimeAsync(9_000)
    expect(ended).toBe(false)
  })

  test('though a page of the launch was held to the visit', async () => {
    const choice = choiceOf(session(chartOf), appointment())
    expect(await open(chartOf, { ehrFails: 'ehr_unavailable' }, choice)).toMatchObject({
      failure: { code: 'ehr_unavailable' },
    })
  })

  test('where our row does not say whose visit it is, unless a page of the launch had read it', async () => {
    const world: World = { ehrFails: 'ehr_unavailable', patientOfRow: null }
    expect(await open(CHART, world)).toMatchObject({ failure: { code: 'ehr_unavailable' } })
    const choice = choiceOf(session(PATIENT), appointment())
    expect(await open(PATIENT, world, choice)).toMatchObject({ value: { kind: 'visit' } })
  })

  test('and without a chart the EHR’s word is enough, but not where it refuses to show the appointment', async () => {
    const context = { kind: 'appointment', appointmentId: '4817501' } as const
    for (const patientOfRow of ['12724101', null])
      expect(await open(context, { ehrFails: 'ehr_unavailable', patientOfRow })).toMatchObject({
        value: { kind: 'visit' },
      })
    for (const code of ['ehr_scope_missing', 'launch_taken_back'] as const) {
      expect(await open(context, { ehrFails: code })).toMatchObject({ failure: { code } })
      // What a page of the launch read before stays open.
      const choice = choiceOf(session(context), appointment())
      expect(await open(context, { ehrFails: code }, choice)).toMatchObject({ value: { kind: 'visit' } })
    }
  })
})

describe('Graph that cannot be asked', () => {
  const GRAPH: readonly [string, World['user'], string][] = [
    ['down', 'down', 'graph_unavailable'],
    ['throttled', { status: 429 }, 'graph_throttled'],
    ['without permission', { status: 403 }, 'graph_permission_missing'],
    [
      'without access policy',
      { status: 403, message: 'No application access policy found' },
      'graph_access_policy_missing',
    ],
  ]

  test.each(GRAPH)('(%s) keeps nobody out of a meeting that is there', async (_how, user, code) => {
    expect(await open(CHART, { user: user ?? {} })).toMatchObject({
      ok: true,
      value: {
        appointment: { id: '4817501' },
        account: { userId: 'entra-1', upn: undefined, unread: { code } },
        meeting: { ok: true },
      },
    })
  })

  test.each(GRAPH)('(%s) is what the page says where there is no meeting yet', async (_how, user, code) => {
    expect(await open(CHART, { user: user ?? {}, meetingIsThere: false })).toMatchObject({
      failure: { code },
    })
  })

  test('and does not answer is not waited for long where the meeting is there', async () => {
    vi.useFakeTimers()
    const opened = open(CHART, { user: 'silent' })
    await vi.advanceTimersByTimeAsync(4_000)
    expect(await opened).toMatchObject({
      value: { account: { upn: undefined, unread: { code: 'graph_unavailable' } } },
    })
  })

  test('together with the EHR: the meeting is joined all the same', async () => {
    expect(await open(CHART, { user: 'down', ehrFails: 'ehr_unreachable' })).toMatchObject({
      value: { unread: { code: 'ehr_unreachable' }, account: { unread: { code: 'graph_unavailable' } } },
    })
  })
})

import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { fail, ok, type Result } from '../../../src/core/result.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { joinAsPatient, type PatientPorts, tapLink } from '../../../src/core/visits/patient-visit.ts'
import { type Visit, type VisitMeeting, visitSeals } from '../../../src/core/visits/visit.ts'
import { NORTHWIND, site, WOODGROVE } from '../sites/site.fixture.ts'
import { appointment, START, visitRow } from './visit.fixture.ts'

const seals = visitSeals(keyRing(randomBytes(32)))
const ref = { tenantId: NORTHWIND, siteId: 'northwind001', visitKey: 'mYWJ-WdsE1Qz1KpV6FF9AQ' }
const meeting: VisitMeeting = {
  organizerId: 'organizer',
  meetingId: 'meeting',
  joinWebUrl: 'https://teams.microsoft.com/l/meetup-join/x?context=y',
}
const sealed = {
  sealedAppointment: seals.sealAppointment(ref, '4817501'),
  sealedMeeting: seals.sealMeeting(ref, meeting),
}

type World = {
  row?: Partial<VisitRow> & { sealedAppointment?: string | undefined }
  read?: () => Promise<Result<ReturnType<typeof appointment>, string>>
  ehr?: Result<Ehr, string>
  audience?: 'patient' | 'guest'
  allowed?: string[]
  site?: boolean
  found?: boolean
}
function portsOf(world: World = {}) {
  const columns = { ...visitRow(), ...sealed, ...world.row, partitionKey: 'p', rowKey: 'r', etag: 'e' }
  const visit = { ...ref, bay: '2031-03-04|family', row: columns } as Visit
  const written: VisitRow[] = []
  let asked = 0
  const client = {
    appointment: () => {
      asked++
      return world.read?.() ?? Promise.resolve(ok(appointment()))
    },
  } as unknown as Ehr
  const ports = {
    visits: {
      byToken: async () =>
        world.found === false ? undefined : { visit, audience: world.audience ?? 'patient' },
      update: async (_ref: unknown, change: (row: VisitRow) => VisitRow) => {
        written.push(change(visit.row))
        return visit
      },
    },
    seals,
    site: async () => (world.site === false ? undefined : site()),
    ehr: async () => world.ehr ?? ok(client),
    allowedTenants: world.allowed ?? [NORTHWIND],
    opensMinutes: 30,
    now: () => START,
  } as unknown as PatientPorts
  return { ports, written, asked: () => asked }
}
const tapped = async (world: World = {}) => {
  const result = await tapLink(portsOf(world).ports, 'token')
  return result.ok ? result.value : undefined
}

describe('a tapped link', () => {
  test('shows what the EHR says now, and changes nothing', async () => {
    const { ports, written } = portsOf()
    expect(await tapLink(ports, 'token')).toMatchObject({
      ok: true,
      value: { state: { kind: 'ready' }, meeting },
    })
    expect(written).toEqual([])
  })

  test('of no visit, of no site, or of a tenant that is no longer served leads nowhere', async () => {
    for (const world of [{ found: false }, { site: false }, { allowed: [WOODGROVE] }])
      expect(await tapped(world)).toBeUndefined()
  })

  test('of an appointment that the EHR no longer has is cancelled', async () => {
    expect((await tapped({ read: async () => fail('ehr_not_found') }))?.state.kind).toBe('cancelled')
  })

  test('says that the EHR cannot be asked, whatever stands between', async () => {
    for (const code of ['ehr_unavailable', 'ehr_throttled', 'ehr_answer_invalid', 'ehr_scope_missing'])
      expect((await tapped({ read: async () => fail(code) }))?.state.kind).toBe('unavailable')
    expect((await tapped({ ehr: fail('smart_token_unreachable') }))?.state.kind).toBe('unavailable')
  })

  test('of a visit whose sealed parts were erased is over, not cancelled, and asks nobody', async () => {
    const { ports, asked } = portsOf({ row: { sealedAppointment: undefined } })
    expect(await tapLink(ports, 'token')).toMatchObject({ value: { state: { kind: 'over', start: START } } })
    expect(asked()).toBe(0)
  })

  test('sealed with a key that is gone is not called cancelled', async () => {
    const lost = visitSeals(keyRing(randomBytes(32))).sealAppointment(ref, '4817501')
    expect((await tapped({ row: { sealedAppointment: lost } }))?.state.kind).toBe('unavailable')
  })
})

describe('joining', () => {
  const join = async (world: World = {}) => {
    const { ports, written } = portsOf(world)
    return { outcome: await joinAsPatient(ports, 'token'), written }
  }

  test('leads to the lobby as a guest, and marks the patient as waiting', async () => {
    const { outcome, written } = await join()
    const url = new URL(outcome.ok ? outcome.value : 'about:blank')
    expect(url.origin).toBe('https://teams.microsoft.com')
    expect(url.searchParams.get('anon')).toBe('true')
    expect(url.searchParams.get('context')).toBe('y')
    expect(written).toMatchObject([{ patientWaitingSince: START.toISOString() }])
  })

  test('uses the address of the virtual appointment where there is one', async () => {
    const virtualAppointmentUrl = 'https://visit.teams.microsoft.com/x'
    const sealedMeeting = seals.sealMeeting(ref, { ...meeting, virtualAppointmentUrl })
    expect((await join({ row: { sealedMeeting } })).outcome).toEqual({
      ok: true,
      value: virtualAppointmentUrl,
    })
  })

  test('by a guest’s link tells that somebody waits, and does not mark the patient', async () => {
    const { outcome, written } = await join({ audience: 'guest' })
    expect(outcome.ok).toBe(true)
    expect(written).toMatchObject([{ waitedFrom: START.toISOString() }])
    for (const column of ['patientSeenAt', 'patientWaitingSince'])
      expect(written[0]).not.toHaveProperty(column)
  })

  test.each([
    ['cancelled', { read: async () => ok(appointment({ cancelled: true })) }],
    ['not by video', { read: async () => ok(appointment({ video: false })) }],
    ['too early', { read: async () => ok(appointment({ start: new Date(START.getTime() + 3_600_000) })) }],
    ['over', { read: async () => ok(appointment({ over: true })) }],
    ['erased', { row: { sealedAppointment: undefined } }],
  ])('what is %s is not possible, and nothing is written', async (_what, world: World) => {
    const { outcome, written } = await join(world)
    expect(outcome).toMatchObject({ failure: { code: 'visit_not_open' } })
    expect(written).toEqual([])
  })

  test('goes on while the EHR is down, when it is time', async () => {
    expect((await join({ read: async () => fail('ehr_unavailable') })).outcome.ok).toBe(true)
  })
})

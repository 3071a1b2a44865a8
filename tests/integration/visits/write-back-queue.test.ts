import { InvocationContext } from '@azure/functions'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { type Ehr, ehr as ehrOf } from '../../../src/core/ehr/ehr.ts'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import { workList } from '../../../src/core/messaging/work-list.ts'
import { fail, ok, type Result } from '../../../src/core/result.ts'
import type { Message } from '../../../src/core/store/messages.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { ensureVisit } from '../../../src/core/visits/ensure-visit.ts'
import type { VisitRef } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { developmentFetch, SYSTEM_SCOPES, startClinic } from '../ehr/ehr.fixture.ts'
import { identity, LINK_URL, linkKeys, noticeKeys, seals } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

type Handler = (message: unknown, context: InvocationContext) => Promise<void>
type Writeback = Message<'writeback'>

const queues = vi.hoisted(() => new Map<string, Handler>())
const running = vi.hoisted(() => ({ app: undefined as unknown }))
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: {
    http: () => {},
    storageQueue: (name: string, { handler }: { handler: Handler }) => queues.set(name, handler),
  },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: false }))

const scopes = `${SYSTEM_SCOPES} system/Appointment.write`
const site = siteWith({}, { writeBack: { links: true, arrived: true } })
let storage: Storage
let clinic: Awaited<ReturnType<typeof startClinic>>
let ehr: Ehr
const now = () => new Date()
const visits = () => visitStore(storage.store, linkKeys, 7)

beforeAll(async () => {
  storage = await startStorage()
  useFetch(developmentFetch())
  clinic = await startClinic(now)
  for (const client of clinic.ehr.clients()) clinic.ehr.register({ ...client, scope: scopes })
  const accessToken = await clinic.token(scopes)
  ehr = ehrOf(
    { fhirBaseUrl: clinic.ehr.fhirBaseUrl, accessToken, videoRule: { kind: 'virtual_meeting_room' } },
    now,
  )
  await import('../../../src/functions/write-back.ts')
})
afterAll(async () => {
  useFetch(undefined)
  await clinic?.ehr.close()
  await storage?.close()
})

/** What went back on the queue, and in how many seconds it is seen again. */
const put: { message: Writeback; wait: number | undefined }[] = []
let connect: () => Result<Ehr, string>
beforeEach(() => {
  put.length = 0
  connect = () => ok(ehr)
  Object.assign(clinic.ehr.faults, { fhirThrottled: false })
  const { writeback } = storage.store.queues
  running.app = {
    settings: { ALLOWED_TENANTS: [site.tenantId], PUBLIC_URL: LINK_URL },
    store: {
      ...storage.store,
      queues: {
        ...storage.store.queues,
        writeback: {
          ...writeback,
          send: async (message: Writeback, wait?: number) => void put.push({ message, wait }),
        },
      },
    },
    site: async () => site,
    visits: visits(),
    seals,
    keys: { field: noticeKeys },
    systemEhr: async () => connect(),
    linkUrl: LINK_URL,
    now,
  }
})

/** A visit of a booked appointment that has its meeting. */
async function met(): Promise<{ ref: VisitRef; id: string; row(): Promise<VisitRow> }> {
  const { ehr: stand } = clinic
  const start = new Date(Math.ceil(now().getTime() / 60_000) * 60_000 + 3_600_000)
  const { appointmentId: id } = stand.book({
    patientId: stand.patients()[0]?.id ?? '',
    practitionerId: stand.practitioners()[0]?.id ?? '',
    locationId: stand.locations()[0]?.id ?? '',
    start,
    minutes: 30,
    video: true,
  })
  const read = await ehr.appointment(id)
  if (!read.ok) throw new Error(read.failure.code)
  const ref = await ensureVisit({ visits: visits(), seals, identity, linkKeys, now }, site, read.value)
  const meeting = {
    organizerId: 'o',
    meetingId: 'm',
    joinWebUrl: 'https://teams.example.org/l/meetup-join/1',
  }
  await visits().update(ref, (row) => ({ ...row, sealedMeeting: seals.sealMeeting(ref, meeting) }))
  const row = async () => {
    const visit = await visits().find(ref)
    if (!visit) throw new Error('the visit has no row')
    return visit.row
  }
  return { ref, id, row }
}

/** The queue shows a message; whatever was put back is left for the test to show. */
async function show(ref: VisitRef, tries = 0, what: Writeback['what'] = 'links'): Promise<string[]> {
  const { tenantId, siteId, visitKey } = ref
  const lines: string[] = []
  const logHandler = (_level: string, ...parts: unknown[]) => void lines.push(parts.join(' '))
  const context = new InvocationContext({ functionName: 'writeback', logHandler })
  await queues.get('writeback')?.({ schema: 1, tenantId, siteId, visitKey, what, tries }, context)
  return lines
}
const listed = async () =>
  (await workList({ store: storage.store, now }, [site])).unwritten.map(({ code }) => code)

describe('the queue of writes into the EHR', () => {
  test('a write that may pass goes back with one try more, ever later, and the visit goes on', async () => {
    const visit = await met()
    clinic.ehr.setLocked(visit.id, true)
    const { version } = await visit.row()
    for (let tries = 0; tries < 5; tries++) {
      await show(visit.ref, tries)
      expect(put.pop()).toMatchObject({ message: { tries: tries + 1, what: 'links' }, wait: 30 * 2 ** tries })
    }
    const row = await visit.row()
    expect([row.version, row.writeBackFailure, row.linksWrittenAt]).toEqual([version, undefined, undefined])
    expect(await listed()).not.toContain('ehr_unavailable')
  })

  test('after the last try it is in the list of staff, and written when it is asked for again', async () => {
    const visit = await met()
    clinic.ehr.setLocked(visit.id, true)
    const lines = await show(visit.ref, 5)
    expect(put).toEqual([])
    expect(lines.join()).toContain('"again":false')
    expect(await listed()).toContain('ehr_unavailable')
    expect((await visit.row()).version).toBe(1)
    clinic.ehr.setLocked(visit.id, false)
    await show(visit.ref)
    expect((await visit.row()).writeBackFailure).toBeUndefined()
    expect((await visit.row()).linksWrittenAt).toBeDefined()
    expect(await listed()).not.toContain('ehr_unavailable')
  })

  test('waits as long as the EHR asks', async () => {
    const visit = await met()
    connect = () => fail('ehr_throttled', { retryAfterSeconds: 900 })
    await show(visit.ref)
    expect(put).toMatchObject([{ message: { tries: 1 }, wait: 900 }])
  })

  test('what the EHR refused for good is not tried again', async () => {
    const visit = await met()
    connect = () => fail('ehr_scope_missing')
    await show(visit.ref)
    expect(put).toEqual([])
    expect((await visit.row()).writeBackFailure).toBe('ehr_scope_missing')
  })

  test('links of a visit that moved to another day are replaced, with the new times', async () => {
    const visit = await met()
    await show(visit.ref)
    const start = Date.parse(clinic.ehr.appointment(visit.id)?.start ?? '')
    const next = new Date(start + 24 * 3_600_000)
    clinic.ehr.move(visit.id, next)
    const before = await visits().find(visit.ref)
    const moved =
      before &&
      (await visits().save(visit.ref, before, {
        ...before.row,
        start: next.toISOString(),
        version: before.row.version + 1,
        since: now().toISOString(),
      }))
    expect(moved?.bay).not.toBe(before?.bay)
    await show(visit.ref)
    expect(put).toEqual([])
    const rooms = (clinic.ehr.appointment(visit.id)?.contained ?? []) as fhir4.HealthcareService[]
    expect(rooms.map(({ telecom }) => telecom?.[0]?.period)).toEqual([
      { start: next.toISOString(), end: new Date(next.getTime() + 1_800_000).toISOString() },
      { start: next.toISOString(), end: new Date(next.getTime() + 1_800_000).toISOString() },
    ])
    expect((await visit.row()).version).toBe(moved?.row.version)
    // Twice is once.
    const versionId = clinic.ehr.appointment(visit.id)?.meta?.versionId
    await show(visit.ref)
    expect(clinic.ehr.appointment(visit.id)?.meta?.versionId).toBe(versionId)
  })

  test('"arrived" is tried by the same rules, and never raises the version', async () => {
    const visit = await met()
    clinic.ehr.setLocked(visit.id, true)
    await show(visit.ref, 2, 'arrived')
    expect(put).toMatchObject([{ message: { what: 'arrived', tries: 3 }, wait: 120 }])
    clinic.ehr.setLocked(visit.id, false)
    await show(visit.ref, 3, 'arrived')
    expect(clinic.ehr.appointment(visit.id)?.status).toBe('arrived')
    expect((await visit.row()).version).toBe(1)
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Ehr, ehr as ehrOf } from '../../../src/core/ehr/ehr.ts'
import { linkOperations } from '../../../src/core/ehr/video-links.ts'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import { ok } from '../../../src/core/result.ts'
import { ensureVisit } from '../../../src/core/visits/ensure-visit.ts'
import type { VisitRef } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { tryAgainIn, type WriteBack, writeBack } from '../../../src/core/visits/write-back.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { developmentFetch, SYSTEM_SCOPES, startClinic, startOddServer } from '../ehr/ehr.fixture.ts'
import { identity, LINK_URL, linkKeys, noticeKeys, seals } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

const now = () => new Date()
const scopes = `${SYSTEM_SCOPES} system/Appointment.write`
const site = siteWith({}, { writeBack: { links: true, arrived: true } })
let storage: Storage
let clinic: Awaited<ReturnType<typeof startClinic>>
let ehr: Ehr
let oddServer: Awaited<ReturnType<typeof startOddServer>>
/** A FHIR server to which every version is an older one. */
let odd: Ehr

beforeAll(async () => {
  oddServer = await startOddServer((_request, response) => response.writeHead(412).end())
  storage = await startStorage()
  useFetch(developmentFetch())
  clinic = await startClinic(now)
  for (const client of clinic.ehr.clients()) clinic.ehr.register({ ...client, scope: scopes })
  const accessToken = await clinic.token(scopes)
  const videoRule = { kind: 'virtual_meeting_room' } as const
  ehr = ehrOf({ fhirBaseUrl: clinic.ehr.fhirBaseUrl, accessToken, videoRule }, now)
  odd = ehrOf({ fhirBaseUrl: oddServer.base, accessToken, videoRule }, now)
})
afterAll(async () => {
  useFetch(undefined)
  await oddServer?.close()
  await clinic?.ehr.close()
  await storage?.close()
})
beforeEach(() => Object.assign(clinic.ehr.faults, { fhirThrottled: false }))

type Met = { readonly ref: VisitRef; readonly id: string; write(what?: WriteBack, by?: Ehr): Promise<string> }

/** A visit of a booked appointment that has its meeting; `write` says what came of a go. */
async function met(): Promise<Met> {
  const who = {
    patientId: clinic.ehr.patients()[0]?.id ?? '',
    practitionerId: clinic.ehr.practitioners()[0]?.id ?? '',
    locationId: clinic.ehr.locations()[0]?.id ?? '',
  }
  const start = new Date(Math.ceil(now().getTime() / 60_000) * 60_000 + 3_600_000)
  const { appointmentId: id } = clinic.ehr.book({ ...who, start, minutes: 30, video: true })
  const read = await ehr.appointment(id)
  if (!read.ok) throw new Error(read.failure.code)
  const visits = visitStore(storage.store, linkKeys, 7)
  const ref = await ensureVisit({ visits, seals, identity, linkKeys, now }, site, read.value)
  const meeting = {
    organizerId: 'o',
    meetingId: 'm',
    joinWebUrl: 'https://teams.example.org/l/meetup-join/1',
  }
  await visits.update(ref, (row) => ({ ...row, sealedMeeting: seals.sealMeeting(ref, meeting) }))
  return {
    ref,
    id,
    async write(what = 'links', by = ehr) {
      const ports = { visits, seals, fieldKeys: noticeKeys, linkUrl: LINK_URL, publicUrl: LINK_URL, now }
      const done = await writeBack({ ...ports, ehr: async () => ok(by) }, site, ref, what)
      if (done.ok) return done.value
      return tryAgainIn(done.failure, 0) === undefined ? done.failure.code : `${done.failure.code}, again`
    },
  }
}

/** Somebody else writes the appointment after each of the first reads, before ours. */
function racedBy(write: () => void, times: number): { port: Ehr; reads(): number } {
  let reads = 0
  const port: Ehr = {
    ...ehr,
    async writable(id) {
      const read = await ehr.writable(id)
      if (reads++ < times) write()
      return read
    },
  }
  return { port, reads: () => reads }
}
const later = (id: string) => () => {
  const start = Date.parse(clinic.ehr.appointment(id)?.start ?? '')
  clinic.ehr.move(id, new Date(start + 60_000))
}

/** Somebody else's links, by the vendor's own four operations. */
async function writeByHand(id: string): Promise<void> {
  const read = await ehr.writable(id)
  if (!read.ok) throw new Error(read.failure.code)
  const links = {
    provider: 'https://elsewhere.example.org/provider',
    patient: 'https://elsewhere.example.org/patient',
    start: now(),
    end: new Date(now().getTime() + 60_000),
  }
  const patched = await ehr.patchAppointment(id, read.value.versionId, linkOperations('add', links))
  if (!patched.ok) throw new Error(patched.failure.code)
}
const urlsOf = (id: string) =>
  ((clinic.ehr.appointment(id)?.contained ?? []) as fhir4.HealthcareService[]).flatMap(
    ({ telecom }) => telecom?.map(({ value }) => value) ?? [],
  )

describe('writing into the EHR, over real requests', () => {
  test('loses a race, reads again and writes over the newer version', async () => {
    const visit = await met()
    const raced = racedBy(later(visit.id), 1)
    expect(await visit.write('links', raced.port)).toBe('written')
    expect(raced.reads()).toBe(2)
  })

  test('gives way to whoever keeps writing, and is tried again later', async () => {
    const visit = await met()
    expect(await visit.write('links', racedBy(later(visit.id), 9).port)).toBe('ehr_conflict, again')
  })

  test('an EHR that answers 412 to an older version is read again too', async () => {
    const visit = await met()
    let answers = 0
    const stale: Ehr = {
      ...ehr,
      async patchAppointment(id, versionId, operations) {
        // RFC 9110, section 13.1.1: a server of ours answers the first go, the EHR the others.
        if (answers++ === 0) return odd.patchAppointment(id, versionId, operations)
        return ehr.patchAppointment(id, versionId, operations)
      },
    }
    expect(await visit.write('links', stale)).toBe('written')
    expect(urlsOf(visit.id)).toContain('https://teams.example.org/l/meetup-join/1')
  })

  test('links that are there already are replaced, whoever wrote them', async () => {
    const visit = await met()
    await writeByHand(visit.id)
    expect(await visit.write()).toBe('written')
    expect(urlsOf(visit.id)).toContain('https://teams.example.org/l/meetup-join/1')
  })

  test('links that a read does not show are replaced all the same: the EHR refuses to add them twice', async () => {
    const visit = await met()
    await writeByHand(visit.id)
    const veiled: Ehr = {
      ...ehr,
      async writable(id) {
        const read = await ehr.writable(id)
        return read.ok ? ok({ ...read.value, linked: false }) : read
      },
    }
    expect(await visit.write('links', veiled)).toBe('written')
    expect(urlsOf(visit.id)).toContain('https://teams.example.org/l/meetup-join/1')
  })

  test('writes its links once, and the visit’s version stays', async () => {
    const visit = await met()
    expect([await visit.write(), await visit.write()]).toEqual(['written', 'not_wanted'])
    const row = (await visitStore(storage.store, linkKeys, 7).find(visit.ref))?.row
    expect([row?.version, row?.linksWrittenAt === undefined]).toEqual([1, false])
  })

  test('of a visit that moved meanwhile counts for nothing: the new time is written next', async () => {
    const visit = await met()
    const visits = visitStore(storage.store, linkKeys, 7)
    const moving: Ehr = {
      ...ehr,
      async patchAppointment(...given) {
        const patched = await ehr.patchAppointment(...given)
        await visits.update(visit.ref, (row) => ({
          ...row,
          version: row.version + 1,
          since: now().toISOString(),
        }))
        return patched
      },
    }
    expect(await visit.write('links', moving)).toBe('written')
    expect((await visits.find(visit.ref))?.row.linksWrittenAt).toBeUndefined()
    expect([await visit.write(), await visit.write()]).toEqual(['written', 'not_wanted'])
  })

  test.each([
    ['somebody has the appointment open (423)', (id: string, on: boolean) => clinic.ehr.setLocked(id, on)],
    ['what it depends on fails (424)', (id: string, on: boolean) => clinic.ehr.setDependencyFailure(id, on)],
  ])('while %s waits, and is written when that is over', async (_why, set) => {
    const visit = await met()
    set(visit.id, true)
    expect(await visit.write()).toBe('ehr_unavailable, again')
    set(visit.id, false)
    expect(await visit.write()).toBe('written')
  })

  test('while the EHR asks to slow down (429) waits', async () => {
    const visit = await met()
    clinic.ehr.faults.fhirThrottled = true
    expect(await visit.write()).toBe('ehr_throttled, again')
  })

  test('says "arrived" of a booked appointment, and once', async () => {
    const visit = await met()
    expect([await visit.write('arrived'), await visit.write('arrived')]).toEqual(['written', 'not_wanted'])
    expect(clinic.ehr.appointment(visit.id)?.status).toBe('arrived')
  })
})

import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { ehr as ehrOf } from '../../../src/core/ehr/ehr.ts'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import { developmentFetch, readsOf, startClinic } from '../ehr/ehr.fixture.ts'
import { type Clinic, clinic, shown } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

const realNow = () => new Date()
/** Far enough ahead that nothing of the seeded day is in it. */
const DAY = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
const NEXT = new Date(Date.now() + 6 * 86_400_000).toISOString().slice(0, 10)
const at = (time: string, day = DAY) => new Date(`${day}T${time}:00.000Z`)
/** A synthetic patient with an American mobile number. */
const PATIENT = '12724110'

let storage: Storage
let wire: Awaited<ReturnType<typeof startClinic>>
beforeAll(async () => {
  useFetch(developmentFetch())
  ;[storage, wire] = await Promise.all([startStorage(), startClinic(realNow)])
})
afterEach(() => Object.assign(wire.ehr.faults, { fhirUnavailable: false, fhirThrottled: false }))
afterAll(async () => {
  useFetch(undefined)
  await Promise.all([storage?.close(), wire?.ehr.close()])
})

/** A site on real tables whose EHR is the stand-in, spoken to over HTTP with a token of its system account. */
async function wiredClinic(): Promise<Clinic> {
  const [location] = wire.ehr.locations()
  const department = { id: 'family', name: 'Family medicine', locationIds: [location?.id ?? ''], on: true }
  const made = clinic(storage.store, { start: realNow().toISOString(), more: { departments: [department] } })
  const { videoRule } = made.site
  const accessToken = await wire.token()
  Object.assign(made.ehr, {
    port: ehrOf({ fhirBaseUrl: wire.ehr.fhirBaseUrl, accessToken, videoRule }, realNow),
  })
  return made
}
function book(start: Date, minutes = 30, video = true): string {
  const practitionerId = wire.ehr.practitioners()[0]?.id ?? ''
  const locationId = wire.ehr.locations()[0]?.id ?? ''
  return wire.ehr.book({ patientId: PATIENT, practitionerId, locationId, start, minutes, video })
    .appointmentId
}
async function look(made: Clinic, ...days: string[]): Promise<void> {
  for (const day of days) {
    made.advance(60)
    const swept = await made.sweep(day)
    if (!swept.ok) throw new Error(`${swept.failure.code} ${swept.failure.detail}`)
  }
  await made.workAll()
}

test('what happens to an appointment in the EHR is told over the wire, each thing once', async () => {
  const made = await wiredClinic()
  book(at('10:00'))
  await look(made, DAY, NEXT)
  expect(made.vendor.requests).toEqual([])

  const id = book(at('16:00'))
  book(at('17:00'), 30, false)
  await look(made, DAY, DAY)
  expect(shown(made)).toEqual(['Video visit booked'])

  wire.ehr.move(id, at('15:00', NEXT))
  await look(made, NEXT, DAY)
  expect(shown(made).slice(1)).toEqual(['Your video visit is'])
  expect((await made.visit(id))?.bay).toMatch(NEXT)

  wire.ehr.setVideo(id, false)
  await look(made, DAY, NEXT)
  expect(shown(made).slice(2)).toEqual(['No longer by video'])

  wire.ehr.setVideo(id, true)
  await look(made, DAY, NEXT)
  wire.ehr.cancel(id)
  await look(made, DAY, NEXT, DAY, NEXT)
  expect(shown(made).slice(3)).toEqual(['Video visit booked', 'Video visit'])
  expect((await made.visit(id))?.row).toMatchObject({ version: 5, cause: 'cancelled' })
})

test('appointments that run past midnight in UTC are found by the day when they start, and by no other', async () => {
  const made = await wiredClinic()
  await look(made, DAY, NEXT)
  const [late, long, first] = [book(at('23:45'), 60), book(at('23:59'), 360), book(at('00:00', NEXT))]
  await look(made, DAY, NEXT, DAY)
  const days = await Promise.all(
    [late, long, first].map(async (id) => (await made.visit(id))?.bay.slice(0, 10)),
  )
  expect(days).toEqual([DAY, DAY, NEXT])
  expect(made.vendor.accepted).toHaveLength(3)
})

test('a window of several pages is read whole, by as many requests as it has pages', async () => {
  const made = await wiredClinic()
  const far = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10)
  for (let n = 0; n < 230; n++) book(new Date(at('12:00', far).getTime() + n * 60_000), 15)
  const from = wire.ehr.ledger.length
  expect(await made.sweep(far)).toMatchObject({
    ok: true,
    value: { appointments: 230, changed: 230, owed: 0 },
  })
  expect(readsOf(wire.ehr, from).length).toBeLessThanOrEqual(4)
})

test('an EHR that is down or asks for patience changes nothing, and says how long', async () => {
  const made = await wiredClinic()
  await look(made, DAY)
  const id = book(at('18:00'))
  wire.ehr.faults.fhirUnavailable = true
  expect(await made.sweep(DAY)).toMatchObject({ ok: false, failure: { code: 'ehr_unavailable' } })
  Object.assign(wire.ehr.faults, { fhirUnavailable: false, fhirThrottled: true })
  expect(await made.sweep(DAY)).toMatchObject({ ok: false, failure: { code: 'ehr_throttled' } })
  wire.ehr.faults.fhirThrottled = false
  expect(await made.visit(id)).toBeUndefined()
  await look(made, DAY)
  expect(shown(made)).toEqual(['Video visit booked'])
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { at, type Clinic, clinic, DAY, shown } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

/** A clinic whose texts have been on for a while, with nothing booked. */
async function openClinic(options: Parameters<typeof clinic>[1] = {}): Promise<Clinic> {
  const made = clinic(storage.store, options)
  await made.sweep(DAY)
  made.advance(60)
  return made
}
/** A minute later the timer runs, and what it queued is worked on. */
async function look(made: Clinic, day = DAY): Promise<void> {
  made.advance(60)
  const swept = await made.sweep(day)
  if (!swept.ok) throw new Error(swept.failure.code)
  await made.workAll()
}
const rowOf = async (made: Clinic, id = 'A0') => (await made.visit(id))?.row

describe('a visit that is told of', () => {
  async function known(): Promise<Clinic> {
    const made = await openClinic()
    made.ehr.book('A0', at('16:00'))
    await look(made)
    return made
  }

  test('and cancelled: told once, by the time that the patient knows', async () => {
    const made = await known()
    made.ehr.change('A0', { cancelled: true, start: at('20:00', '2026-11-27') })
    for (let n = 0; n < 3; n++) await look(made)
    await look(made, '2026-11-27')
    expect(shown(made)).toEqual(['Video visit booked', 'Video visit'])
    expect(made.vendor.accepted[1]?.body).toMatch(/^Video visit on Tue, Nov 24, 10:00 AM CST is cancelled/)
  })

  test('and cancelled and then moved about: not told again', async () => {
    const made = await known()
    made.ehr.change('A0', { cancelled: true })
    await look(made)
    made.ehr.change('A0', { start: at('20:00', '2026-11-27') })
    for (const day of ['2026-11-27', DAY, '2026-11-27']) await look(made, day)
    expect(made.vendor.accepted).toHaveLength(2)
  })

  test('and cancelled and on again: booked again', async () => {
    const made = await known()
    made.ehr.change('A0', { cancelled: true })
    await look(made)
    made.ehr.change('A0', { cancelled: false })
    await look(made)
    expect(shown(made)).toEqual(['Video visit booked', 'Video visit', 'Video visit booked'])
    expect(await rowOf(made)).toMatchObject({ version: 3 })
  })

  test('and no longer by video, and then by video again: told both', async () => {
    const made = await known()
    made.ehr.change('A0', { video: false })
    await look(made)
    made.ehr.change('A0', { video: true })
    await look(made)
    expect(shown(made)).toEqual(['Video visit booked', 'No longer by video', 'Video visit booked'])
  })

  test('and deleted in the EHR: nobody can be texted, and staff are told why', async () => {
    const made = await known()
    made.ehr.appointments.delete('A0')
    for (let n = 0; n < 3; n++) await look(made)
    expect(made.vendor.accepted).toHaveLength(1)
    expect((await made.notices('A0', DAY)).get('2:cancelled')).toMatchObject({
      state: 'undelivered',
      reason: 'appointment_gone',
    })
  })

  test('and written back to by ourselves, or checked in, or lengthened: nothing is told', async () => {
    const made = await known()
    made.ehr.change('A0', {})
    await look(made)
    made.ehr.change('A0', { status: 'arrived' })
    await look(made)
    made.ehr.change('A0', { minutes: 45 })
    await look(made)
    expect(made.vendor.accepted).toHaveLength(1)
    expect(await rowOf(made)).toMatchObject({ version: 1, minutes: 45, ehrVersion: '4' })
  })

  test('and taken to another location of the same day: the other department has it, and nothing is told', async () => {
    const made = await known()
    const [family] = made.site.departments
    if (!family) throw new Error('no department')
    const heart = { ...family, id: 'heart', locationIds: ['L2'] }
    made.site = { ...made.site, departments: [family, heart] }
    await made.sweep(DAY, undefined, 'heart')
    made.ehr.change('A0', { locationIds: ['L2'] })
    for (const id of ['family', 'heart', 'family', 'heart']) {
      made.advance(60)
      await made.sweep(DAY, undefined, id)
    }
    await made.workAll()
    expect(await rowOf(made)).toMatchObject({ departmentId: 'heart', version: 1 })
    expect(made.vendor.accepted).toHaveLength(1)
  })

  test('and with locations of two departments does not go back and forth between them', async () => {
    const made = await known()
    const [family] = made.site.departments
    if (!family) throw new Error('no department')
    made.site = { ...made.site, departments: [family, { ...family, id: 'heart', locationIds: ['L2'] }] }
    made.ehr.change('A0', { locationIds: ['L1', 'L2'] })
    const etags = new Set<string | undefined>()
    for (const id of ['family', 'heart', 'family', 'heart']) {
      made.advance(60)
      await made.sweep(DAY, undefined, id)
      etags.add((await rowOf(made))?.etag)
    }
    expect(etags.size).toBe(1)
    expect(await rowOf(made)).toMatchObject({ departmentId: 'family', cause: 'booked' })
  })

  test('before it is told and cancelled: silence', async () => {
    const made = await openClinic()
    made.ehr.book('A0', at('16:00'))
    await made.sweep(DAY)
    made.ehr.change('A0', { cancelled: true })
    await look(made)
    expect(made.vendor.requests).toEqual([])
    expect(await rowOf(made)).toMatchObject({ version: 2, cause: 'untold' })
  })

  test('and that is not by video and then cancelled before the first was told: the cancellation is told', async () => {
    const made = await known()
    made.ehr.change('A0', { video: false })
    made.advance(60)
    await made.sweep(DAY)
    made.ehr.change('A0', { cancelled: true })
    await look(made)
    expect(shown(made)).toEqual(['Video visit booked', 'Video visit'])
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Patient } from '../../../src/core/ehr/patient.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { at, type Clinic, clinic, DAY, shown } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

type Options = Parameters<typeof clinic>[1]
const NIGHT = { quietHours: { from: '21:00', to: '08:00' } }
const stateOf = async (made: Clinic, notice = '1:booked', day = DAY) =>
  (await made.notices('A0', day)).get(notice)

/** Somebody is booked at a clinic whose texts have been on; the next sweep sees it. */
async function booked(
  patient: Partial<Patient>,
  options: Options = {},
  start = at('20:00'),
): Promise<Clinic> {
  const made = clinic(storage.store, options)
  await made.sweep(DAY)
  made.ehr.book('A0', start, {}, patient)
  made.advance(120)
  await made.sweep(DAY)
  return made
}

describe('quiet hours where the patient lives', () => {
  // The clinic is in Chicago, where it is half past eight in the evening.
  const evening = { start: '2026-11-23T02:30:00.000Z', texts: NIGHT }

  test('count beside those of the clinic: it is night in New York already', async () => {
    const made = await booked({ zones: ['America/New_York'] }, evening)
    await made.work()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'claimed' })
    await made.workAll()
    expect(made.now().getTime()).toBeGreaterThanOrEqual(at('14:00', '2026-11-23').getTime())
    expect(shown(made)).toEqual(['Video visit booked'])
  })

  test('are those of the clinic alone where nothing is known, or the address is there', async () => {
    for (const zones of [undefined, [], ['America/Chicago']] as const) {
      const made = await booked(zones === undefined ? {} : { zones }, evening)
      await made.work()
      expect(made.vendor.accepted).toHaveLength(1)
    }
  })

  test('are the strictest of a state with several: morning in Texas is that of El Paso', async () => {
    const morning = { start: '2026-11-23T14:10:00.000Z', texts: NIGHT }
    const made = await booked({ zones: ['America/Chicago', 'America/Denver'] }, morning)
    await made.work()
    expect(made.vendor.requests).toEqual([])
    await made.workAll()
    expect(made.now().getTime()).toBeGreaterThanOrEqual(at('15:00', '2026-11-23').getTime())
    expect(made.vendor.accepted).toHaveLength(1)
  })

  test('end a notice visibly that would come too late in the morning', async () => {
    const morning = { start: '2026-11-24T14:10:00.000Z', texts: NIGHT }
    const made = await booked({ zones: ['Pacific/Honolulu'] }, morning, at('17:30'))
    await made.workAll()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'expired', reason: 'quiet_hours' })
  })
})

describe('a reminder that would fall into the night', () => {
  const texts = { ...NIGHT, reminderMinutes: [120] }
  const follow = async (made: Clinic, until: Date) => {
    while (made.now() < until) {
      made.advance(900)
      await made.remind()
      await made.work()
    }
    await made.workAll()
  }

  test('comes the evening before', async () => {
    // Half past eight in the morning at the clinic; two hours before it is half past six.
    const made = clinic(storage.store, { start: '2026-11-22T15:00:00.000Z', texts })
    made.ehr.book('A0', at('14:30'))
    await made.sweep(DAY)
    await follow(made, at('02:15'))
    expect(made.vendor.requests).toEqual([])
    await follow(made, at('02:50'))
    expect(shown(made)).toEqual(['Reminder'])
    await follow(made, at('14:20'))
    expect(made.vendor.accepted).toHaveLength(1)
  })

  test('comes in the morning where it was booked later than that evening', async () => {
    const made = clinic(storage.store, { start: '2026-11-24T02:40:00.000Z', texts })
    made.ehr.book('A0', at('14:30'))
    await made.sweep(DAY)
    await follow(made, at('14:20'))
    expect(shown(made)).toEqual(['Reminder'])
    expect(made.vendor.accepted).toHaveLength(1)
  })
})

describe('a patient under age', () => {
  const child = { birthDate: '2017-05', phones: ['816-444-9001'] }
  const parent = { phones: ['816-444-9002'], emails: [] }
  const reads = {
    system: {
      ...siteWith().system,
      scopes: 'system/Appointment.read system/RelatedPerson.read',
    } as Site['system'],
  }
  const to = ({ vendor }: Clinic) => vendor.accepted.map((text) => text.to)

  test('is told by the guardian in the chart', async () => {
    const made = await booked({ ...child, guardian: parent })
    await made.workAll()
    expect(to(made)).toEqual(['+18164449002'])
  })

  test('is told by a guardian whom the EHR has as a resource of its own, asked only then', async () => {
    const made = await booked(child, { more: reads as Partial<Site> })
    made.ehr.related?.set('patient of A0', parent)
    await made.workAll()
    expect(to(made)).toEqual(['+18164449002'])

    const adult = await booked({}, { more: reads as Partial<Site> })
    adult.ehr.calls = 0
    await adult.workAll()
    expect(adult.ehr.calls).toBe(2)
  })

  test.each<[string, Options, boolean]>([
    ['the EHR has none', { more: reads as Partial<Site> }, true],
    ['the EHR does not let us ask', { more: reads as Partial<Site> }, false],
    ['the system account has no scope for it', {}, true],
  ])('is work for staff where %s', async (_name, options, granted) => {
    const made = await booked(child, options)
    if (!granted) made.ehr.related = undefined
    await made.workAll()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'undelivered', reason: 'guardian_missing' })
  })

  test('is asked about again while the EHR is down', async () => {
    const made = await booked(child, { more: reads as Partial<Site> })
    made.ehr.related?.set('patient of A0', parent)
    let asked = 0
    made.ehr.onCall = async () => {
      made.ehr.failing = ++asked === 3 ? { code: 'ehr_throttled', retryAfterSeconds: 5 } : undefined
    }
    await made.workAll()
    expect([asked > 3, to(made)]).toEqual([true, ['+18164449002']])
  })

  test('is told nothing, or by the record, where the site says so', async () => {
    const nobody = await booked(
      { ...child, guardian: parent },
      { texts: { minors: { age: 18, to: 'nobody' } } },
    )
    await nobody.workAll()
    expect(await stateOf(nobody)).toMatchObject({ state: 'skipped', reason: 'minor_nobody' })
    const record = await booked(
      { ...child, guardian: parent },
      { texts: { minors: { age: 18, to: 'record' } } },
    )
    await record.workAll()
    expect([to(nobody), to(record)]).toEqual([[], ['+18164449001']])
  })

  test('is so by the age of the site; without a birth date nobody is', async () => {
    const teen = { birthDate: '2010-01-01', phones: ['816-444-9001'], guardian: parent }
    const young = await booked(teen)
    const grown = await booked(teen, { texts: { minors: { age: 16, to: 'guardian' } } })
    const unknown = await booked({ ...teen, birthDate: undefined })
    for (const made of [young, grown, unknown]) await made.workAll()
    expect([young, grown, unknown].map(to)).toEqual([['+18164449002'], ['+18164449001'], ['+18164449001']])
  })

  test('leaves nothing of it in what is stored', async () => {
    const made = await booked({ ...child, guardian: parent, zones: ['America/New_York'] })
    await made.workAll()
    const visit = await made.visit('A0')
    const kept = JSON.stringify([visit?.row, await stateOf(made)])
    expect(kept).not.toMatch(/2017-05|444900|New_York|guardian/)
  })
})

describe('who is not to be told', () => {
  test.each<[string, Partial<Patient>, string]>([
    ['has died', { deceased: true }, 'patient_deceased'],
    ['was merged into another record', { active: false }, 'patient_gone'],
  ])('a patient who %s', async (_name, patient, reason) => {
    const made = await booked(patient)
    await made.workAll()
    expect([made.vendor.requests, (await stateOf(made))?.reason]).toEqual([[], reason])
  })

  test('a patient who wants no reminders gets the confirmation, and no reminder', async () => {
    const made = await booked({ wantsReminders: false }, { texts: { reminderMinutes: [60] } })
    await made.workAll()
    made.advance((at('19:01').getTime() - made.now().getTime()) / 1000)
    await made.remind()
    await made.workAll()
    expect(shown(made)).toEqual(['Video visit booked'])
    expect(await stateOf(made, '1:reminder.0')).toMatchObject({
      state: 'skipped',
      reason: 'reminders_unwanted',
    })
  })
})

describe('what was too late to tell', () => {
  test('a reminder of a visit that was booked later than it leaves its reason, once', async () => {
    const made = await booked({}, { start: '2026-11-24T15:00:00.000Z' })
    for (let n = 0; n < 5; n++) {
      await made.remind()
      await made.workAll()
      made.advance(60)
    }
    expect(await stateOf(made, '1:reminder.0')).toMatchObject({ state: 'skipped', reason: 'too_near' })
    expect(await stateOf(made, '1:reminder.1')).toBeUndefined()
    expect(shown(made)).toEqual(['Video visit booked'])
  })

  test('a visit that is booked after it began', async () => {
    const made = await booked({}, { start: '2026-11-24T20:05:00.000Z' })
    await made.workAll()
    expect(made.vendor.requests).toEqual([])
    expect(await stateOf(made)).toMatchObject({ state: 'skipped', reason: 'in_past' })
  })
})

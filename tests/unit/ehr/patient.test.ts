import { describe, expect, test } from 'vitest'
import { patients } from '../../../sandbox/ehr/seed/patients.ts'
import { parsePatient } from '../../../src/core/ehr/patient.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const seed = new Map(patients(NOW).map((resource) => [resource.id, resource]))
const parsed = (serial: number) => parsePatient(seed.get(String(12_724_100 + serial)), NOW)

test('every patient of the clinic is read', () => {
  expect(seed.size).toBeGreaterThanOrEqual(24)
  for (const [id, resource] of seed) expect(parsePatient(resource, NOW), id).toMatchObject({ id })
})

test('numbers come as the EHR has them, whatever their shape', () => {
  const phones = new Map(
    [...seed.keys()].map((id) => [Number(id) - 12_724_100, parsed(Number(id) - 12_724_100)?.phones]),
  )
  expect(Object.fromEntries(phones)).toEqual({
    1: ['8165550101'],
    2: ['+1 (816) 555-0102'],
    3: ['(816) 555-0103'],
    4: ['816-555-0104'],
    // The number of before ran out two years ago.
    5: ['816-555-0155'],
    6: ['8165550156', '8165550106', '8165550186'],
    7: ['816-555-0107'],
    8: ['5550108'],
    9: [],
    10: ['8168888886'],
    11: ['1-816-555-0111'],
    12: ['816.555.0112'],
    13: ['+18165550113'],
    14: ['8165550114'],
    15: ['8165550115'],
    16: ['8165550116'],
    17: ['8165550117'],
    18: ['+1 816 555 0118'],
    19: ['(816)5550119'],
    20: ['8165550120'],
    21: ['8165550121'],
    22: ['8165550122', '8165550192'],
    23: ['+44 7700 900123'],
    24: ['(415) 555-0124'],
  })
})

test('a merged record and a deceased patient are told apart from all others', () => {
  const all = [...seed.keys()].map((id) => Number(id) - 12_724_100)
  expect(all.filter((serial) => !parsed(serial)?.active)).toEqual([17])
  expect(all.filter((serial) => parsed(serial)?.deceased)).toEqual([15])
})

test('who asked for no reminders is known; who asked for texts gets them', () => {
  const all = [...seed.keys()].map((id) => Number(id) - 12_724_100)
  expect(all.filter((serial) => !parsed(serial)?.wantsReminders)).toEqual([14])
  expect(parsed(12)?.wantsReminders).toBe(true)
})

test('the language is the EHR’s, and none where it has none', () => {
  const languages = [1, 2, 3, 4, 19, 21, 24].map((serial) => parsed(serial)?.language)
  expect(languages).toEqual(['es', 'en', 'fr', 'vi', undefined, 'cs', 'ar'])
})

test('the birth date is there, so that a minor can be told', () => {
  expect(parsed(16)?.birthDate).toBe('2022-02-11')
})

describe('a record', () => {
  const minimal = { resourceType: 'Patient', id: '1' }

  test('with nothing in it is a patient without a number who may be texted', () => {
    expect(parsePatient(minimal, NOW)).toMatchObject({
      id: '1',
      initials: '',
      active: true,
      deceased: false,
      birthDate: undefined,
      language: undefined,
      phones: [],
      wantsReminders: true,
    })
  })

  test('is merged by its status or by its link, and deceased by either way of saying so', () => {
    expect(parsePatient({ ...minimal, active: false }, NOW)?.active).toBe(false)
    expect(parsePatient({ ...minimal, link: [{ type: 'replaced-by' }] }, NOW)?.active).toBe(false)
    expect(parsePatient({ ...minimal, link: [{ type: 'seealso' }] }, NOW)?.active).toBe(true)
    expect(parsePatient({ ...minimal, deceasedBoolean: true }, NOW)?.deceased).toBe(true)
    expect(parsePatient({ ...minimal, deceasedDateTime: '2030' }, NOW)?.deceased).toBe(true)
    expect(parsePatient({ ...minimal, deceasedBoolean: false }, NOW)?.deceased).toBe(false)
  })

  test('with several languages has the preferred one', () => {
    const language = (code: string) => ({ language: { coding: [{ code }] } })
    const communication = [language('en'), { ...language('es'), preferred: true }]
    expect(parsePatient({ ...minimal, communication }, NOW)?.language).toBe('es')
  })

  test('of another kind is no patient', () => {
    for (const other of [
      undefined,
      null,
      'Patient',
      { resourceType: 'Practitioner', id: '1' },
      { resourceType: 'Patient' },
    ])
      expect(parsePatient(other, NOW)).toBeUndefined()
  })
})

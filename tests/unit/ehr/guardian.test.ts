import { describe, expect, test } from 'vitest'
import { patients, relatedPersons } from '../../../sandbox/ehr/seed/patients.ts'
import { parseGuardian } from '../../../src/core/ehr/guardian.ts'
import { parsePatient } from '../../../src/core/ehr/patient.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const phone = (value: string) => [{ system: 'phone', value }]
const contact = (code: string, more: object = {}) => ({
  relationship: [{ coding: [{ code }] }],
  telecom: phone(`816-555-01${code.length}`),
  ...more,
})
const guardianOf = (...contacts: object[]) =>
  parsePatient({ resourceType: 'Patient', id: '1', contact: contacts }, NOW)?.guardian

describe('who answers for a patient, by the chart', () => {
  test('is the guardian of the clinic’s minor, as the EHR has it', () => {
    const minor = patients(NOW).find(({ contact: has }) => has)
    expect(parsePatient(minor, NOW)?.guardian).toEqual({ phones: ['(816) 555-0166'], emails: [] })
  })

  test('a guardian comes before a parent', () => {
    expect(guardianOf(contact('MTH'), contact('GUARD'))?.phones).toEqual(['816-555-015', '816-555-013'])
  })

  test.each(['MTH', 'FTH', 'PRN', 'NPRN', 'STPMTH', 'guard', 'HPOWATT'])('%s counts', (code) => {
    expect(guardianOf(contact(code))?.phones).toHaveLength(1)
  })

  test.each<[string, object]>([
    ['an emergency contact', contact('C')],
    ['a sibling', contact('SIB')],
    ['a contact without a relationship', { telecom: phone('816-555-0100') }],
    ['one that is over', contact('MTH', { period: { end: '2030-01-01' } })],
    ['one that has not begun', contact('MTH', { period: { start: '2032-01-01' } })],
    ['a number of before', contact('MTH', { telecom: [{ system: 'phone', value: '1', use: 'old' }] })],
  ])('%s does not', (_name, each) => expect(guardianOf(each)).toEqual({ phones: [], emails: [] }))

  test('an e-mail address counts too, and a chart that is in disorder is read all the same', () => {
    const email = [{ system: 'email', value: 'parent@home.example' }]
    expect(guardianOf(contact('MTH', { telecom: email }))?.emails).toEqual(['parent@home.example'])
    expect(
      parsePatient({ resourceType: 'Patient', id: '1', contact: 'none', address: {} }, NOW),
    ).toBeDefined()
  })
})

describe('who answers for a patient, as a resource of its own', () => {
  test('is a mother', () => {
    expect(parseGuardian(relatedPersons()[0], NOW)).toEqual({
      id: '13100016',
      phones: ['(816) 555-0166'],
      emails: [],
    })
  })

  test('is nobody who is not active, or neither guardian nor parent', () => {
    const [mother] = relatedPersons()
    expect(parseGuardian({ ...mother, active: false }, NOW)).toBeUndefined()
    expect(parseGuardian({ ...mother, relationship: [{ coding: [{ code: 'ROOM' }] }] }, NOW)).toBeUndefined()
    expect(parseGuardian({ resourceType: 'OperationOutcome' }, NOW)).toBeUndefined()
  })
})

import { expect, test } from 'vitest'
import { optedOut, prefersTexts } from '../../../sandbox/ehr/seed/preferences.ts'
import { PREFERENCE, wantsReminders } from '../../../src/core/ehr/preference.ts'

const CONTACT_POINTS = 'http://hl7.org/fhir/contact-point-system'
const concept = (code: string, system?: string) => ({ coding: [{ code, ...(system ? { system } : {}) }] })
const preference = (method: object, topic = 'appointment-reminder') => ({
  url: PREFERENCE,
  extension: [
    { url: 'communication-type', valueCodeableConcept: concept(topic) },
    { url: 'contact-method', valueCodeableConcept: method },
  ],
})
const by = (code: string) => preference(concept(code, CONTACT_POINTS))

test('without a preference reminders are wanted; with another extension too', () => {
  expect(wantsReminders([])).toBe(true)
  expect(wantsReminders([{ url: 'http://hl7.org/fhir/StructureDefinition/patient-nationality' }])).toBe(true)
})

test('who declined gets none, whatever else stands beside it', () => {
  expect(wantsReminders([optedOut()])).toBe(false)
  expect(wantsReminders([prefersTexts(), optedOut()])).toBe(false)
})

test('a text or a telephone is as good as asked for; another way alone is not', () => {
  expect(wantsReminders([prefersTexts()])).toBe(true)
  expect(wantsReminders([by('phone')])).toBe(true)
  expect(wantsReminders([by('email')])).toBe(false)
  expect(wantsReminders([by('email'), by('sms')])).toBe(true)
})

test('a preference about something else is none about reminders', () => {
  expect(wantsReminders([preference(concept('declined'), 'billing')])).toBe(true)
})

test('a preference without a method, or with words that only look like one, is a refusal', () => {
  expect(wantsReminders([preference({})])).toBe(false)
  expect(
    wantsReminders([preference({ coding: [{ code: 'x' }], text: '"code":"sms" contact-point-system' })]),
  ).toBe(false)
})

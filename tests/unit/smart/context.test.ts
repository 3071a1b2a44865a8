import { expect, test } from 'vitest'
import { launchContext } from '../../../src/core/smart/context.ts'
import type { TokenResponse } from '../../../src/core/smart/types.ts'
import { BASE, NOW } from './wire.ts'

const token: TokenResponse = {
  accessToken: 'a',
  expiresAt: NOW,
  scope: '',
  missingScopes: [],
  needPatientBanner: true,
  fhirContext: [],
}
const context = (more: Partial<TokenResponse>) => launchContext({ ...token, ...more }, BASE)
const refs = (...references: string[]) => references.map((reference) => ({ reference }))

test('Epic says the appointment outright', () => {
  expect(context({ appointment: 'a1', encounter: 'e1', patient: 'p1' })).toEqual({
    kind: 'appointment',
    appointmentId: 'a1',
    patientId: 'p1',
  })
})

test.each([
  ['relative', 'Appointment/123'],
  ['absolute', `${BASE}/Appointment/123`],
  ['with a version', 'Appointment/123/_history/2'],
])('fhirContext names the appointment: %s', (_name, reference) => {
  expect(context({ fhirContext: refs(reference) })).toEqual({ kind: 'appointment', appointmentId: '123' })
})

test('a role that is left out and the role launch say the same', () => {
  const fhirContext = [{ reference: 'Appointment/123', role: 'launch' }]
  expect(context({ fhirContext })).toEqual(context({ fhirContext: refs('Appointment/123') }))
  expect(context({ fhirContext })).toEqual({ kind: 'appointment', appointmentId: '123' })
})

test.each([
  ['of another server', refs('https://other.example/r4/Appointment/123')],
  ['of a server whose name begins alike', refs(`${BASE}.evil.example/Appointment/123`)],
  ['in another role', [{ reference: 'Appointment/123', role: 'https://example.org/role' }]],
  ['of another kind', refs('AppointmentResponse/123')],
  ['with a strange id', refs('Appointment/../Patient')],
])('a reference %s is left out', (_name, fhirContext) => {
  expect(context({ fhirContext })).toEqual({ kind: 'none' })
})

test('several appointments are offered, none is picked', () => {
  expect(
    context({ appointment: 'a1', fhirContext: refs('Appointment/a2', 'Appointment/a1'), patient: 'p' }),
  ).toEqual({
    kind: 'appointments',
    appointmentIds: ['a1', 'a2'],
    patientId: 'p',
  })
})

test('the appointment in both places is one appointment', () => {
  expect(context({ appointment: 'a1', fhirContext: refs('Appointment/a1') })).toMatchObject({
    kind: 'appointment',
  })
})

test('then the encounter, then the patient, then nothing', () => {
  expect(context({ encounter: 'e1', patient: 'p1' })).toEqual({
    kind: 'encounter',
    encounterId: 'e1',
    patientId: 'p1',
  })
  expect(context({ fhirContext: refs('Encounter/e2') })).toEqual({ kind: 'encounter', encounterId: 'e2' })
  expect(context({ patient: 'p1' })).toEqual({ kind: 'patient', patientId: 'p1' })
  expect(context({ fhirContext: refs('Patient/p1', 'Patient/p2') })).toEqual({ kind: 'none' })
  expect(context({})).toEqual({ kind: 'none' })
})

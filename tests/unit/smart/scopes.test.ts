import { describe, expect, test } from 'vitest'
import { missingScopes, requireScopes } from '../../../src/core/smart/scopes.ts'

describe('missing scopes', () => {
  test.each([
    ['user/Appointment.read', 'user/Appointment.read', []],
    ['user/Appointment.read', 'user/Appointment.rs', []],
    ['user/Appointment.rs', 'user/Appointment.read', []],
    ['user/Appointment.r', 'user/Appointment.read', []],
    ['user/Appointment.read', 'user/Appointment.r', ['user/Appointment.read']],
    ['user/Appointment.read', 'user/Appointment.r user/Appointment.s', []],
    ['user/Appointment.write', 'user/Appointment.cud', []],
    ['user/Appointment.write', 'user/Appointment.u', ['user/Appointment.write']],
    ['user/Appointment.u', 'user/Appointment.write', []],
    ['user/Appointment.*', 'user/Appointment.cruds', []],
    ['user/Appointment.*', 'user/Appointment.read user/Appointment.write', []],
    ['user/Appointment.read', 'user/*.read', []],
    ['user/*.read', 'user/Appointment.read', ['user/*.read']],
    ['user/Appointment.read', 'patient/Appointment.read', ['user/Appointment.read']],
    ['system/Patient.rs', 'user/Patient.rs', ['system/Patient.rs']],
    ['user/Observation.rs', 'user/Observation.rs?category=vital', ['user/Observation.rs']],
    ['user/Observation.rs?category=vital', 'user/Observation.rs', []],
    [
      'user/Observation.rs?category=vital',
      'user/Observation.rs?category=lab',
      ['user/Observation.rs?category=vital'],
    ],
    ['launch openid fhirUser profile launch/patient', '', []],
    ['offline_access user/Patient.read', 'user/Patient.read', ['offline_access']],
    ['a-scope-of-its-own', 'a-scope-of-its-own', []],
    ['a-scope-of-its-own', 'openid', ['a-scope-of-its-own']],
  ])('asked %s, granted %s: missing %j', (asked, granted, missing) => {
    expect(missingScopes(asked, granted)).toEqual(missing)
  })

  test('a step that needs more than was granted is refused, and the missing scopes are named', () => {
    const token = { scope: 'user/Patient.read' }
    expect(requireScopes(token, 'user/Patient.r')).toEqual({ ok: true, value: undefined })
    expect(requireScopes(token, 'user/Appointment.read user/Encounter.read user/Patient.read')).toMatchObject(
      {
        failure: {
          code: 'smart_scope_missing',
          shown: { missing: 'user/Appointment.read user/Encounter.read' },
        },
      },
    )
  })
})

import { describe, expect, test } from 'vitest'
import { fhirServer } from '../../../../src/core/sites/validation/fhir-server.ts'
import { URL_CHECKS } from '../../../../src/core/sites/validation/finding.ts'
import { problemWords } from '../../../../src/core/sites/validation/problem-words.ts'
import { signInServer } from '../../../../src/core/sites/validation/sign-in-server.ts'
import { oracleIssuer, vendorOf } from '../../../../src/core/sites/validation/vendor.ts'
import { config } from '../../smart/wire.ts'

const GUID = '0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca'
const statement = (fhirVersion: string, appointment: object = {}) => ({
  resourceType: 'CapabilityStatement',
  fhirVersion,
  software: { name: 'Millennium', version: '2018.11' },
  rest: [
    {
      mode: 'server',
      resource: [
        { type: 'Appointment', searchParam: [{ name: 'location' }, { name: 'date' }], ...appointment },
        { type: 'Location', searchParam: [{ name: 'name' }] },
      ],
    },
  ],
})
const problemOf = (body: unknown) => {
  const server = fhirServer(body)
  return 'problem' in server ? server.problem : server.appointments
}

describe('what a server says of itself', () => {
  test('names the release of every published version', () => {
    const names = ['0.0.82', '1.0.2', '1.6.0', '3.0.2', '3.3.0', '4.0.1', '4.3.0', '5.0.0', 'x'].map(
      (version) => {
        const problem = problemOf(statement(version))
        return problem === undefined ? 'taken' : problem.shown
      },
    )
    expect(names).toEqual([
      'DSTU1 (0.0.82)',
      'DSTU2 (1.0.2)',
      'STU3 (1.6.0)',
      'STU3 (3.0.2)',
      'R4 (ballot) (3.3.0)',
      'taken',
      'taken',
      'R5 (5.0.0)',
      'an unknown version (x)',
    ])
  })

  test('is software, version and whether places can be found by name', () => {
    expect(fhirServer(statement('4.0.1'))).toMatchObject({
      software: { name: 'Millennium', version: '2018.11' },
      locationsByName: true,
      notes: [],
    })
  })

  test('has to hold appointments that can be searched by place or clinician, and day', () => {
    const searches = (...names: string[]) => ({ searchParam: names.map((name) => ({ name })) })
    expect(problemOf(statement('4.0.1', searches('location', 'date')))).toBeUndefined()
    expect(problemOf(statement('4.0.1', searches('practitioner', 'date')))).toBeUndefined()
    expect(fhirServer(statement('4.0.1', searches('practitioner', 'date')))).toMatchObject({
      notes: [{ code: 'no_search_by_location' }],
    })
    for (const names of [['location'], ['date'], ['patient', 'date'], []])
      expect(problemOf(statement('4.0.1', searches(...names)))?.code).toBe('appointment_search')
    expect(problemOf(statement('4.0.1', { interaction: [{ code: 'read' }] }))?.code).toBe(
      'appointment_search',
    )
  })

  test('is none where it is something else', () => {
    for (const body of [null, [], 'x', {}, { resourceType: 'Patient' }, { error: 'no' }])
      expect(problemOf(body)).toEqual({ code: 'url_not_fhir' })
  })
})

describe('a sign-in server', () => {
  test('that says nothing of its methods is taken as it is', () => {
    const silent = { ...config, capabilities: [], grantTypes: [], tokenEndpointAuthMethods: [] }
    expect(signInServer(silent)).toEqual({ notes: [] })
  })

  test('that takes none of our proofs, or no launch, is refused with what it takes', () => {
    expect(signInServer({ ...config, tokenEndpointAuthMethods: ['client_secret_post'] }).problem).toEqual({
      code: 'smart_no_auth_method',
      shown: 'client_secret_post',
    })
    expect(signInServer({ ...config, grantTypes: ['client_credentials'] }).problem?.code).toBe(
      'smart_no_code_grant',
    )
  })

  test('that lacks what only some need is told', () => {
    const poor = {
      ...config,
      tokenEndpointAuthMethods: ['client_secret_basic'],
      capabilities: ['client-public'],
      jwksUri: undefined,
    }
    expect(signInServer(poor).notes.map(({ code }) => code)).toEqual([
      'no_key_auth',
      'no_system_account',
      'no_launch_capability',
      'no_keys_named',
    ])
  })
})

describe('the vendor', () => {
  test('is told by host, software or paths', () => {
    const at = 'https://ehr.example/r4'
    expect(vendorOf('https://fhir-ehr.cerner.com/r4/x', undefined, undefined)).toBe('oracle_health')
    expect(vendorOf('https://notcerner.com/r4', undefined, undefined)).toBe('other')
    expect(vendorOf(at, 'Cerner Millennium', undefined)).toBe('oracle_health')
    expect(vendorOf(at, 'Epic', config)).toBe('epic')
    expect(vendorOf(at, 'HAPI FHIR', config)).toBe('other')
  })

  test('Oracle Health’s issuer follows from the EHR tenant in the address', () => {
    expect(oracleIssuer(`https://fhir-ehr.cerner.com/r4/${GUID}`)).toBe(
      `https://authorization.cerner.com/tenants/${GUID}/oidc/idsps/${GUID}/`,
    )
    expect(oracleIssuer(`https://x.example/r4/${GUID}`, 'https://auth.example/t')).toBe(
      `https://auth.example/tenants/${GUID}/oidc/idsps/${GUID}/`,
    )
    expect(oracleIssuer('https://x.example/r4')).toBeUndefined()
  })
})

test('every message says what, why and what to do, and quotes the server as text', () => {
  expect(URL_CHECKS.length).toBe(7)
  const { what, why, next } = problemWords({ code: 'url_other_version', shown: '$& DSTU2' })
  expect(what).toBe('This server speaks FHIR $& DSTU2. The connector needs R4.')
  expect(why.length * next.length).toBeGreaterThan(0)
})

import { describe, expect, test } from 'vitest'
import { ehrTenantOf, isBaseUrl, normalizedBase } from '../../../src/core/sites/base-url.ts'

const PLAIN = 'https://ehr.example.org/r4/Clinic'

test.each([
  ['a trailing slash', 'https://ehr.example.org/r4/Clinic/'],
  ['the case of the host', 'https://EHR.Example.ORG/r4/Clinic'],
  ['the case of the scheme', 'HTTPS://ehr.example.org/r4/Clinic'],
  ['the default port', 'https://ehr.example.org:443/r4/Clinic'],
  ['a trailing dot of the host', 'https://ehr.example.org./r4/Clinic'],
  ['a dot segment', 'https://ehr.example.org/r4/./Clinic'],
  ['a double-dot segment', 'https://ehr.example.org/other/../r4/Clinic'],
  ['an encoded dot segment', 'https://ehr.example.org/other/%2E%2e/r4/Clinic'],
  ['doubled slashes', 'https://ehr.example.org//r4///Clinic//'],
  ['an encoded letter', 'https://ehr.example.org/r%34/%43linic'],
  ['backslashes', 'https:\\\\ehr.example.org\\r4\\Clinic'],
  ['a password', 'https://user:secret@ehr.example.org/r4/Clinic'],
  ['a query', 'https://ehr.example.org/r4/Clinic?a=1'],
  ['a fragment', 'https://ehr.example.org/r4/Clinic#a'],
  ['surrounding spaces', '  https://ehr.example.org/r4/Clinic '],
])('%s makes no other base', (_name, url) => {
  expect(normalizedBase(url)).toBe(PLAIN)
})

test.each([
  ['the case of the path', 'https://ehr.example.org/r4/clinic'],
  ['another port', 'https://ehr.example.org:8443/r4/Clinic'],
  ['another scheme', 'http://ehr.example.org/r4/Clinic'],
  ['another host', 'https://ehr.example.com/r4/Clinic'],
  ['a longer path', 'https://ehr.example.org/r4/Clinic/x'],
  ['an encoded slash', 'https://ehr.example.org/r4%2FClinic'],
])('%s makes another base', (_name, url) => {
  expect(normalizedBase(url)).not.toBe(PLAIN)
})

test('hex digits of what stays encoded are one spelling, and normalizing twice changes nothing', () => {
  const base = normalizedBase('https://ehr.example.org/r4/a%2fb%e9')
  expect(base).toBe('https://ehr.example.org/r4/a%2Fb%E9')
  expect(normalizedBase(base)).toBe(base)
})

describe('what an EHR may name itself', () => {
  test('a base by https or http', () => {
    for (const url of [PLAIN, 'http://localhost:7073/r4/x']) expect(isBaseUrl(url)).toBe(true)
  })

  test('nothing with more to it, and nothing else', () => {
    for (const tail of ['?', '?x=1', '#', '#x']) expect(isBaseUrl(`${PLAIN}${tail}`)).toBe(false)
    const others = [
      '',
      'clinic',
      '/r4',
      'ftp://ehr.example.org',
      'javascript:alert(1)',
      'https://a:b@ehr.example.org',
    ]
    for (const url of [...others, `${PLAIN}/${'x'.repeat(2_000)}`]) expect(isBaseUrl(url)).toBe(false)
  })
})

test('the EHR’s own tenant is told by a GUID at the end, never by a word that many bases end with', () => {
  const guid = '7d1c5a52-3f0e-4c9a-9a56-0f6f5d2c8e41'
  expect(ehrTenantOf(`https://fhir-ehr.cerner.com/r4/${guid.toUpperCase()}/`)).toBe(guid)
  for (const url of ['https://ehr.example.org/fhir', 'https://ehr.example.org/r4', 'https://ehr.example.org'])
    expect(ehrTenantOf(url)).toBeUndefined()
})

import { expect, test } from 'vitest'
import { likelyUrls } from '../../../../src/core/sites/validation/likely-urls.ts'
import { urlShape } from '../../../../src/core/sites/validation/url-shape.ts'

const GUID = '0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca'

test('any path is a shape: the version is asked of the server, not read off its address', () => {
  for (const url of [
    'https://lamnahealthcare.org/fihr/auth/connect-ocurprd-oauth/api/FHDST',
    `https://fhir-ehr-code.cerner.com/r4/${GUID}`,
    'https://fhir.example.org/interconnect/api/FHIR/R4',
    'https://ehr.example.org:8443',
  ])
    expect(urlShape(url, false)).toEqual({ url })
})

test('what is no address is told apart by why', () => {
  const problem = (typed: string, http = false) => {
    const shape = urlShape(typed, http)
    return 'problem' in shape ? shape.problem.code : shape.url
  }
  expect(problem('  ')).toBe('url_missing')
  expect(problem('our cerner server')).toBe('url_malformed')
  expect(problem('fhir-ehr.cerner.com/r4')).toBe('url_malformed')
  expect(problem('javascript:alert(1)')).toBe('url_malformed')
  expect(problem('ftp://ehr.example/r4')).toBe('url_malformed')
  expect(problem(`https://ehr.example/${'x'.repeat(2_000)}`)).toBe('url_malformed')
  expect(problem('https://user:secret@ehr.example/r4')).toBe('url_credentials')
  expect(problem('http://ehr.example/r4', true)).toBe('url_not_https')
  expect(problem('http://localhost:7073/r4')).toBe('url_not_https')
  expect(problem('http://localhost:7073/r4', true)).toBe('http://localhost:7073/r4')
})

test('a likely address differs in the version’s part of the path alone, and never in its host', () => {
  expect(likelyUrls(`https://fhir-ehr.cerner.com/dstu2/${GUID}`)).toEqual([
    `https://fhir-ehr.cerner.com/r4/${GUID}`,
  ])
  expect(likelyUrls(`https://fhir-ehr.cerner.com/${GUID}`)[0]).toBe(`https://fhir-ehr.cerner.com/r4/${GUID}`)
  expect(likelyUrls('https://ehr.example/api/FHIR/DSTU2')).toEqual(['https://ehr.example/api/FHIR/R4'])
  expect(likelyUrls('https://ehr.example/api/FHIR')).toContain('https://ehr.example/api/FHIR/R4')
  expect(likelyUrls('https://hapi.example/baseDstu3')).toEqual(['https://hapi.example/baseR4'])
  expect(likelyUrls('https://ehr.example/api/FHIR/R4/Patient')).toEqual(['https://ehr.example/api/FHIR/R4'])
  expect(likelyUrls('https://ehr.example/api/FHIR/R4')).not.toContain('https://ehr.example/api/FHIR/R4')
  for (const base of ['https://ehr.example', 'https://ehr.example/a/b', `https://ehr.example/x/${GUID}`]) {
    expect(likelyUrls(base).length).toBeLessThanOrEqual(4)
    for (const url of likelyUrls(base)) expect(new URL(url).host).toBe('ehr.example')
  }
})

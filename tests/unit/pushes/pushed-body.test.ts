import { describe, expect, test } from 'vitest'
import { checkMediaType } from '../../../src/core/pushes/media-type.ts'
import { pushedAppointments } from '../../../src/core/pushes/pushed-body.ts'

const BASE = 'https://fhir-ehr.cerner.com/r4/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca'
const appointment = (id: unknown, more: object = {}) => ({ resourceType: 'Appointment', id, ...more })
const bundle = (...entry: unknown[]) => ({ resourceType: 'Bundle', type: 'collection', entry })
const read = (body: unknown) => {
  const found = pushedAppointments(typeof body === 'string' ? body : JSON.stringify(body), BASE)
  if (found.ok) return found.value
  return [found.failure.code, ...(found.failure.detail ? [found.failure.detail] : [])].join(' ')
}
const ids = (...all: string[]) => ({ ids: all, ignored: 0 })

describe('what is pushed', () => {
  test.each<[string, unknown, ...string[]]>([
    ['an Appointment', appointment('123', { status: 'booked', patientName: 'never read' }), '123'],
    ['a bare reference', { reference: 'Appointment/123' }, '123'],
    ['a reference with a display', { reference: 'Appointment/123', display: 'x' }, '123'],
    ['a reference to a version', { reference: 'Appointment/123/_history/2-1' }, '123'],
    ['an absolute reference to the site’s own server', { reference: `${BASE}/Appointment/123` }, '123'],
    ['the same in another spelling', { reference: `${BASE.replace('fhir-', 'FHIR-')}//Appointment/1` }, '1'],
    [
      'a Bundle, each appointment once',
      bundle({ resource: appointment('1') }, { resource: appointment('1') }),
      '1',
    ],
    [
      'an entry under the site’s own server',
      bundle({ fullUrl: `${BASE}/Appointment/1`, resource: appointment('1') }),
      '1',
    ],
    ['an entry under a urn', bundle({ fullUrl: 'urn:uuid:0', resource: appointment('1') }), '1'],
    ['one that was deleted', bundle({ request: { method: 'DELETE', url: 'Appointment/9' } }), '9'],
  ])('%s', (_name, body, ...expected) => expect(read(body)).toEqual(ids(...expected)))

  test('entries of other things are counted and left alone', () => {
    const message = bundle(
      { resource: { resourceType: 'MessageHeader' } },
      { resource: appointment('1') },
      { resource: { resourceType: 'Patient', id: 'p', name: [{ family: 'Synthetic' }] } },
    )
    expect(read(message)).toEqual({ ids: ['1'], ignored: 2 })
  })

  test.each<[string, unknown, string]>([
    ['a page', '<!doctype html><p>Bad gateway</p>', 'push_not_json'],
    ['nothing', '', 'push_not_json'],
    ['half of it', '{"resourceType":"Appointment","id":"1"', 'push_not_json'],
    ['a list', [appointment('1')], 'push_not_fhir'],
    ['a word', '"Appointment/1"', 'push_not_fhir'],
    ['null', 'null', 'push_not_fhir'],
    ['another resource', { resourceType: 'Encounter', id: '1' }, 'push_not_fhir'],
    ['an object of no kind', { id: '1' }, 'push_not_fhir'],
    ['an Appointment without id', appointment(undefined), 'push_no_id'],
    ['an id that is a path', appointment('../Patient/1'), 'push_no_id'],
    ['an id that is a list for a search', appointment('1,2'), 'push_no_id'],
    ['an id of more than 64 characters', appointment('1'.repeat(65)), 'push_no_id'],
    ['an id that is a number', appointment(1), 'push_no_id'],
    ['DSTU2, by its type', appointment('1', { type: { text: 'Consult' } }), 'push_old_fhir'],
    ['DSTU2, by its reason', appointment('1', { reason: { text: 'Cough' } }), 'push_old_fhir'],
    ['a reference to a patient', { reference: 'Patient/1' }, 'push_bad_reference'],
    ['a reference by query', { reference: 'Appointment?_id=1' }, 'push_bad_reference'],
    ['a urn', { reference: 'urn:uuid:1' }, 'push_bad_reference'],
    ['another server', { reference: 'https://ehr.other.example/r4/Appointment/1' }, 'push_foreign_server'],
    [
      'another tenant of the same server',
      { reference: 'https://fhir-ehr.cerner.com/r4/other/Appointment/1' },
      'push_foreign_server',
    ],
    ['an empty Bundle', bundle(), 'push_empty'],
    ['a Bundle without entries', { resourceType: 'Bundle' }, 'push_empty'],
    ['a Bundle of other things', bundle({ resource: { resourceType: 'Patient', id: '1' } }), 'push_empty'],
    [
      'a Bundle with a bad entry, which is named',
      bundle({ resource: appointment('1') }, { resource: appointment('/') }),
      'push_no_id Bundle.entry[1]',
    ],
    [
      'a Bundle with an entry of another server',
      bundle({ fullUrl: 'https://x.example/Appointment/1', resource: appointment('1') }),
      'push_foreign_server Bundle.entry[0]',
    ],
    [
      'a hundred and one entries',
      bundle(...Array.from({ length: 101 }, (_, n) => ({ resource: appointment(`${n}`) }))),
      'push_too_many',
    ],
  ])('%s is refused', (_name, body, code) => expect(read(body)).toBe(code))
})

describe('the media type', () => {
  test.each([
    ['application/fhir+json', 'taken'],
    ['application/json; charset=utf-8', 'taken'],
    ['Application/FHIR+JSON; fhirVersion=4.0', 'taken'],
    ['application/fhir+json; fhirVersion="4.3"', 'taken'],
    ['application/fhir+json; fhirVersion=1.0', 'push_old_media_type'],
    ['application/json+fhir', 'push_old_media_type'],
    ['application/fhir+xml', 'push_media_type'],
    ['text/html', 'push_media_type'],
    [null, 'push_media_type'],
  ])('%s: %s', (type, expected) => {
    const checked = checkMediaType(type)
    expect(checked.ok ? 'taken' : checked.failure.code).toBe(expected)
  })
})

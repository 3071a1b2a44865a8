import { describe, expect, test } from 'vitest'
import { parseAppointment } from '../../../src/core/ehr/appointment.ts'

const rule = { kind: 'virtual_meeting_room' } as const
const room = (text: string) => ({ resourceType: 'HealthcareService', id: '28', type: [{ text }] })
const resource = {
  resourceType: 'Appointment',
  id: '4817501',
  meta: { versionId: '2-1' },
  status: 'booked',
  start: '2031-03-04T10:00:00-06:00',
  end: '2031-03-04T10:40:00-06:00',
  serviceType: [{ text: 'Video visit', coding: [{ code: 'VV' }] }],
  participant: [
    { actor: { reference: 'Patient/12724101', display: 'García Núñez, Alba' } },
    { actor: { reference: 'https://ehr.example.org/r4/x/Practitioner/593923' } },
    { actor: { reference: 'Location/21250403' } },
    { actor: { reference: '#28' } },
    { actor: { display: 'somebody' } },
    {},
  ],
  contained: [room('Patient Virtual Meeting Room')],
}
const parse = (more = {}) => parseAppointment({ ...resource, ...more }, rule)

test('an appointment is read with its people and places', () => {
  expect(parse()).toMatchObject({
    id: '4817501',
    ehrVersion: '2-1',
    start: new Date('2031-03-04T16:00:00Z'),
    minutes: 40,
    video: true,
    cancelled: false,
    over: false,
    patientId: '12724101',
    practitionerIds: ['593923'],
    locationIds: ['21250403'],
    serviceType: 'Video visit',
  })
  expect(parse()?.participants.map(({ kind, display }) => display ?? kind)).toEqual([
    'García Núñez, Alba',
    'Practitioner',
    'Location',
    'Other',
    'somebody',
    'Other',
  ])
})

test('a patient who is only named is not named on the page: what the EHR says they are is', () => {
  const participant = [{ type: [{ text: 'Patient' }], actor: { display: 'García Núñez, Alba' } }]
  expect(parse({ participant })?.participants).toEqual([{ kind: 'Patient', display: 'García Núñez, Alba' }])
})

test('what it lasts is said by the EHR, else by its end, else half an hour', () => {
  expect(parse({ minutesDuration: 20 })?.minutes).toBe(20)
  expect(parse({ minutesDuration: 0 })?.minutes).toBe(40)
  expect(parse({ end: undefined })?.minutes).toBe(30)
})

test.each([
  ['cancelled', true, false],
  ['entered-in-error', true, false],
  ['proposed', true, false],
  ['waitlist', true, false],
  ['fulfilled', false, true],
  ['noshow', false, true],
  ['booked', false, false],
  ['arrived', false, false],
  ['checked-in', false, false],
])('the status %s is understood', (status, cancelled, over) => {
  expect(parse({ status })).toMatchObject({ cancelled, over })
})

test('without a time there is nothing to join', () => {
  expect(parse({ start: undefined })).toBeUndefined()
  expect(parse({ id: undefined })).toBeUndefined()
  expect(parse({ resourceType: 'Slot' })).toBeUndefined()
})

test('a part that is damaged, or that we do not know, does not make the appointment vanish', () => {
  const odd = {
    meta: 'x',
    minutesDuration: 'long',
    end: 'never',
    serviceType: { text: 'one' },
    participant: 'nobody',
    extension: [{ valueString: 'without url' }],
    contained: [{ resourceType: 'Coverage', type: { text: 'an object here' } }, 7, null],
  }
  expect(parse(odd)).toMatchObject({ id: '4817501', video: false })
  const mixed = [
    { resourceType: 'Coverage', type: { text: 'an object here' } },
    room('Provider Virtual Meeting Room'),
  ]
  expect(parse({ contained: mixed })?.video).toBe(true)
})

describe('a visit by video is known', () => {
  test('by Oracle Health’s meeting room, of the patient or of the provider', () => {
    for (const text of ['Patient Virtual Meeting Room', 'provider virtual meeting room'])
      expect(parse({ contained: [room(text)] })?.video).toBe(true)
    for (const text of ['Virtual', 'Waiting room', 'Not a Patient Virtual Meeting Room'])
      expect(parse({ contained: [room(text)] })?.video).toBe(false)
  })

  test('by the element of R5', () => {
    const url = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.virtualService'
    const by = (extension: object[]) =>
      parseAppointment({ ...resource, extension }, { kind: 'virtual_service' })?.video
    expect(by([{ url }])).toBe(true)
    expect(by([{ url: `${url}-other` }])).toBe(false)
  })

  test('by the service types that the site names, in text or code, to the letter', () => {
    const by = (...codes: string[]) => parseAppointment(resource, { kind: 'service_type', codes })?.video
    expect(by('VV')).toBe(true)
    expect(by('other', 'Video visit')).toBe(true)
    expect(by('video visit')).toBe(false)
  })
})

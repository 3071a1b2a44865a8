import { expect, test } from 'vitest'
import { linkOperations, parseWritable } from '../../../src/core/ehr/video-links.ts'
import { nextFacts } from '../../../src/core/visits/changes.ts'
import { isWanted, refusedSince, tryAgainIn } from '../../../src/core/visits/write-back.ts'
import { appointment, START, visitRow } from './visit.fixture.ts'

const both = { writeBack: { links: true, arrived: true } }
const met = visitRow({ sealedAppointment: 'a', sealedMeeting: 'm' })

test('links are written as four operations of one kind, the provider’s room first', () => {
  const links = { provider: 'https://t/p', patient: 'https://v/1', start: START, end: new Date(0) }
  for (const op of ['add', 'replace'] as const) {
    const operations = linkOperations(op, links)
    expect(operations.map((one) => one.op)).toEqual([op, op, op, op])
    expect(operations.map(({ path, value }) => [path, value])).toEqual([
      ['/contained/0/telecom/0/value', 'https://t/p'],
      ['/contained/1/telecom/0/value', 'https://v/1'],
      ['/contained/0/telecom/0/period/start', START.toISOString()],
      ['/contained/0/telecom/0/period/end', '1970-01-01T00:00:00.000Z'],
    ])
  }
})

test('an appointment that has links already is told from one that has none', () => {
  const read = (telecom: object[], text = 'Provider Virtual Meeting Room') =>
    parseWritable({
      resourceType: 'Appointment',
      meta: { versionId: '2-1' },
      status: 'booked',
      contained: [{ resourceType: 'HealthcareService', type: [{ text }], telecom }],
    })
  const url = { system: 'url', value: 'https://t' }
  expect(read([url])).toEqual({ versionId: '2-1', status: 'booked', linked: true })
  expect(read([])?.linked).toBe(false)
  // The address of another service in the appointment is no video link.
  expect(read([url], 'Nutrition counselling')?.linked).toBe(false)
  expect(parseWritable({ resourceType: 'Patient' })).toBeUndefined()
})

test('what the EHR refused before a visit moved is none of the new time', () => {
  const refused = { ...met, since: '2031-03-01T10:00:00.000Z', writeBackFailedAt: '2031-03-01T11:00:00.000Z' }
  expect(refusedSince(refused)).toEqual(new Date('2031-03-01T11:00:00.000Z'))
  expect(refusedSince({ ...refused, since: '2031-03-02T10:00:00.000Z' })).toBeUndefined()
  expect(refusedSince(met)).toBeUndefined()
})

test('nothing is written unless the site wants it and there is something to write', () => {
  expect(isWanted(both, met, 'links')).toBe(true)
  expect(isWanted({}, met, 'links')).toBe(false)
  expect(isWanted({ writeBack: { links: false, arrived: true } }, met, 'links')).toBe(false)
  expect(isWanted(both, visitRow({ sealedAppointment: 'a' }), 'links')).toBe(false)
  expect(isWanted(both, { ...met, cancelled: true }, 'links')).toBe(false)
  expect(isWanted(both, { ...met, consult: true }, 'arrived')).toBe(false)
  expect(isWanted(both, { ...met, arrivedWrittenAt: START.toISOString() }, 'arrived')).toBe(false)
  const moved = { ...met, arrivedWrittenAt: met.since, since: START.toISOString() }
  expect(isWanted(both, moved, 'arrived')).toBe(true)
})

test('a visit that moved after its links were written has them written anew', () => {
  const written = { ...met, linksWrittenAt: '2031-03-01T11:00:00.000Z', since: '2031-03-01T10:00:00.000Z' }
  expect(isWanted(both, written, 'links')).toBe(false)
  expect(isWanted(both, { ...written, since: '2031-03-02T10:00:00.000Z' }, 'links')).toBe(true)
})

test('what our own writes change in the EHR never raises the visit’s version', () => {
  const before = visitRow()
  for (const own of [appointment({ ehrVersion: '9' }), appointment({ ehrVersion: '9', status: 'arrived' })]) {
    const next = nextFacts({
      before,
      appointment: own,
      departmentId: before.departmentId,
      baseline: false,
      told: true,
      now: new Date(START.getTime() - 3_600_000),
    })
    expect([next?.version, next?.cause]).toEqual([before.version, before.cause])
  }
})

test('what may pass is tried again, ever later, and ends with people; what was refused ends at once', () => {
  const waits = [0, 1, 2, 3, 4, 5].map((tries) => tryAgainIn({ code: 'ehr_unavailable' }, tries))
  expect(waits).toEqual([30, 60, 120, 240, 480, undefined])
  expect(tryAgainIn({ code: 'ehr_throttled', retryAfterSeconds: 900 }, 0)).toBe(900)
  expect(tryAgainIn({ code: 'ehr_scope_missing' }, 0)).toBeUndefined()
})

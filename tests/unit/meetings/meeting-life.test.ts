import { expect, test } from 'vitest'
import { meetingTask } from '../../../src/core/meetings/meeting-life.ts'
import { minutesFromStart, visitRow } from '../visits/visit.fixture.ts'

const met = visitRow({ sealedMeeting: 'm' })
const watched = { ...met, subscriptionId: 's', subscriptionUntil: minutesFromStart(60).toISOString() }
const task = (row: typeof met, minutes: number, verify = false) =>
  meetingTask(row, 30, verify, minutesFromStart(minutes))

test('a meeting is watched from when the patient may join until it is over', () => {
  expect(task(met, -31)).toBeUndefined()
  expect(task(met, -30)).toBe('watch')
  expect(task(watched, 0)).toBeUndefined()
  expect(task(watched, 50)).toBe('watch')
  expect(task({ ...met, cancelled: true }, 0)).toBeUndefined()
  expect(task(visitRow(), 0)).toBeUndefined()
})

test('a subscription is asked about now and then: a lost one says nothing', () => {
  expect(task(watched, 0, true)).toBe('verify')
  expect(task(met, 0, true)).toBe('watch')
})

test('a meeting is deleted when the window is over and the reports have what they need, after a day in any case', () => {
  const reported = { ...met, reportAt: minutesFromStart(60).toISOString() }
  expect(task(reported, 269)).not.toBe('close')
  expect(task(reported, 270)).toBe('close')
  expect(task(met, 270)).not.toBe('close')
  expect(task({ ...reported, qualityNext: minutesFromStart(300).toISOString() }, 270)).not.toBe('close')
  expect(task(met, 30 + 24 * 60)).toBe('close')
})

import { expect, test } from 'vitest'
import { parseSchedule } from '../../../sandbox/host/ncrontab.ts'
import {
  afterRun,
  firstStatus,
  onStart,
  parseStatus,
  statusJson,
} from '../../../sandbox/host/timer-status.ts'

const hourly = parseSchedule('0 0 * * * *')
const at = (time: string) => new Date(`2026-01-01T${time}Z`)

test('a timer without a record starts with the next occurrence and catches nothing up', () => {
  expect(onStart(undefined, hourly, at('10:30:00'))).toEqual({
    status: { last: undefined, next: at('11:00:00'), lastUpdated: at('10:30:00') },
    isPastDue: false,
    changed: true,
  })
})

test('a recorded occurrence that lies ahead is kept', () => {
  const recorded = afterRun(hourly, at('10:00:00'))
  expect(onStart(recorded, hourly, at('10:30:00'))).toEqual({
    status: recorded,
    isPastDue: false,
    changed: false,
  })
})

test('a recorded occurrence that has passed is past due, also before the first run', () => {
  expect(onStart(afterRun(hourly, at('10:00:00')), hourly, at('15:30:00')).isPastDue).toBe(true)
  expect(onStart(firstStatus(hourly, at('10:30:00')), hourly, at('11:00:01')).isPastDue).toBe(true)
})

test('a changed schedule is taken over without a catch-up', () => {
  const recorded = afterRun(hourly, at('10:00:00'))
  const changed = onStart(recorded, parseSchedule('0 */10 * * * *'), at('15:35:00'))
  expect(changed).toMatchObject({ status: { next: at('15:40:00') }, isPastDue: false, changed: true })
})

test('the record survives being written and read', () => {
  const recorded = afterRun(hourly, at('10:00:00'))
  expect(parseStatus(JSON.stringify(statusJson(recorded)))).toEqual(recorded)
  const first = { last: undefined, next: at('11:00:00'), lastUpdated: undefined }
  expect(parseStatus(JSON.stringify(statusJson(first)))).toEqual(first)
})

test.each(['', '{}', '{"Next":"soon"}', 'null'])('an unreadable record "%s" counts as none', (text) => {
  expect(parseStatus(text)).toBeUndefined()
})

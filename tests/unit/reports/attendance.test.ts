import { describe, expect, test } from 'vitest'
import { attendanceOfReports } from '../../../src/core/reports/attendance.ts'
import { milliseconds, sameMeeting } from '../../../src/core/reports/call-records.ts'
import { afterFailedLook, afterLook, attendanceLook, lookAfterEnd } from '../../../src/core/reports/looks.ts'
import { qualityOfStreams } from '../../../src/core/reports/quality.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { minutesFromStart, visitRow } from '../visits/visit.fixture.ts'
import { at, endedAt, moved, rosterColumn, stay } from './report.fixture.ts'

const TENANT = '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'
const person = (id: string, tenantId: string | null, from: number, to: number) => ({
  id,
  identity: { id, tenantId },
  attendanceIntervals: [{ joinDateTime: at(from), leaveDateTime: at(to) }],
})

describe('attendance reports', () => {
  const first = {
    id: '1',
    meetingEndDateTime: at(10),
    attendanceRecords: [person('c', TENANT, 0, 10), person('guest', null, 2, 9)],
  }
  const second = {
    id: '2',
    meetingEndDateTime: at(30),
    attendanceRecords: [person('d', TENANT, 12, 30), person('interpreter', 'another tenant', 12, 30)],
  }

  test('of several calls are one visit, in whatever order they are listed', () => {
    const attendance = attendanceOfReports([first, second], TENANT)
    expect(attendance).toEqual(attendanceOfReports([second, first], TENANT))
    expect(attendance).toMatchObject({ endedAt: at(30), clinicianId: 'd' })
    expect(attendance?.stays).toHaveLength(4)
  })

  test('name the staff who was in longest, of this tenant only, and nobody else', () => {
    expect(JSON.stringify(attendanceOfReports([first, second], TENANT))).not.toMatch(
      /guest|interpreter|another/,
    )
  })

  test('none is not an empty one', () => expect(attendanceOfReports([], TENANT)).toBeUndefined())
})

describe('when Graph is asked', () => {
  const row = (more: Partial<VisitRow> = {}) => visitRow({ sealedMeeting: 'sealed', ...more })
  const found = { stays: [stay(true, 0, 20)], endedAt: at(20) }

  test('not without a meeting, and not again once it is known', () => {
    expect(attendanceLook(visitRow())).toBeUndefined()
    expect(attendanceLook(row({ reportAt: at(90) }))).toBeUndefined()
  })

  test('where the webhook was lost, ten minutes after the planned end', () => {
    expect(attendanceLook(row())).toEqual(minutesFromStart(40))
  })

  test('a minute after the call ended, whatever was planned before', () => {
    const waiting = row({ attendanceNext: at(500), attendanceLooks: 4 })
    expect(attendanceLook(lookAfterEnd(waiting, at(20)))).toEqual(minutesFromStart(21))
  })

  test('once more when nobody can come any more, and then never', () => {
    const once = afterLook(row(), found, minutesFromStart(41))
    expect(once.reportAt).toBeUndefined()
    expect(attendanceLook(once)).toEqual(minutesFromStart(105))
    const twice = afterLook(once, found, minutesFromStart(105))
    expect(twice.reportAt).toBe(at(105))
    expect(attendanceLook(twice)).toBeUndefined()
  })

  test('again and again, ever less often, while live events tell of more than the report', () => {
    const roster = rosterColumn([moved({ who: 'p', place: 'meeting', minute: 50 }), endedAt(60)])
    let known = row({ roster })
    const waits: number[] = []
    let now = minutesFromStart(61)
    while (known.reportAt === undefined && waits.length < 20) {
      known = afterLook(known, found, now)
      const next = attendanceLook(known)
      if (!next) break
      waits.push((next.getTime() - now.getTime()) / 60_000)
      now = next
    }
    expect(waits).toEqual([2, 5, 15, 60, 180, 720, 1440])
    expect(known.reportAt).toBeDefined()
    expect(known.attendance).toContain(at(20))
  })

  test('of a cancelled visit that nobody touched once is enough', () => {
    let known = row({ cancelled: true, since: at(-600) })
    expect(attendanceLook(known)).toEqual(minutesFromStart(-599))
    for (let look = 0; look < 3; look++)
      known = afterLook(known, undefined, minutesFromStart(-500 + look * 100))
    expect(known.reportAt).toBeDefined()
  })

  test('a meeting that is gone tells nothing more; a refusal is tried for three days', () => {
    expect(afterFailedLook(row(), 'graph_not_found', undefined, minutesFromStart(41)).reportAt).toBeDefined()
    const throttled = afterFailedLook(row(), 'graph_throttled', 600, minutesFromStart(41))
    expect(attendanceLook(throttled)).toEqual(minutesFromStart(51))
    const late = afterFailedLook(row(), 'graph_permission_missing', undefined, minutesFromStart(5_000))
    expect(late.reportAt).toBeDefined()
  })
})

describe('call quality', () => {
  test('durations of Graph are milliseconds', () => {
    expect(milliseconds('PT0.033S')).toBe(33)
    expect(milliseconds('PT1M2.5S')).toBe(62_500)
    for (const nothing of [null, undefined, '', 'PT', 'soon']) expect(milliseconds(nothing)).toBeUndefined()
  })

  test('the worst stream decides', () => {
    const good = { jitterMs: 5, loss: 0.001, roundTripMs: 40 }
    expect(qualityOfStreams([good, { ...good, jitterMs: 12 }])?.rating).toBe('good')
    expect(qualityOfStreams([good, { ...good, loss: 0.05 }])).toMatchObject({ rating: 'fair', loss: 0.05 })
    expect(qualityOfStreams([good, { ...good, roundTripMs: 900 }])?.rating).toBe('poor')
    const unmeasured = { jitterMs: undefined, loss: undefined, roundTripMs: undefined }
    expect(qualityOfStreams([unmeasured])).toBeUndefined()
  })

  test('a meeting is the same however its address is encoded', () => {
    const url = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_A%40thread.v2/0?context=%7b%7d'
    expect(sameMeeting(url, url.replaceAll('%3a', ':').replace('?context=%7b%7d', ''))).toBe(true)
    expect(sameMeeting(url, url.replace('meeting_A', 'meeting_B'))).toBe(false)
    expect(sameMeeting('nothing', url)).toBe(false)
  })
})

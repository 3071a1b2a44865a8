import { describe, expect, test } from 'vitest'
import { confirmationDue, reminderDue, remindersOwed } from '../../../src/core/messaging/due.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { siteWith, VISIT_KEY, visitWith } from './clinic.fixture.ts'

const START = '2026-11-24T16:30:00.000Z'
const none = { has: () => false }

describe('the confirmation that is due', () => {
  const due = (
    visit: Partial<VisitRow>,
    texts: Partial<Site['texts']> = {},
    now = '2026-11-22T10:01:00Z',
    taken = none,
  ) => confirmationDue(VISIT_KEY, visitWith(visit), siteWith(texts).texts, taken, new Date(now))

  test.each(['booked', 'moved'] as const)('of a %s visit may come until it starts', (cause) => {
    expect(due({ cause, version: 3 })).toEqual({
      notice: { visitKey: VISIT_KEY, version: 3, kind: cause, deadline: START },
      since: new Date('2026-11-22T10:00:00Z'),
    })
    expect(due({ cause }, {}, '2026-11-24T16:29:59Z')).toBeDefined()
  })

  test('that nobody took up in time is still owed, so that it expires where staff see it, for six hours', () => {
    expect(due({}, {}, START)?.notice.deadline).toBe(START)
    expect(due({}, {}, '2026-11-24T22:29:59Z')?.notice.deadline).toBe(START)
    expect(due({}, {}, '2026-11-24T22:30:00Z')).toBeUndefined()
  })

  test('of what came to be after it could be told is not sent, and leaves a row that says why', () => {
    expect(due({ since: START }, {}, START)?.notice.skip).toBe('in_past')
    expect(due({}, {}, START)?.notice.skip).toBeUndefined()
  })

  test.each(['cancelled', 'not_video'] as const)('of a %s visit is worth twelve hours at least', (cause) => {
    const late = { cause, since: '2026-11-24T16:00:00.000Z' }
    expect(due(late, {}, '2026-11-24T16:01:00Z')?.notice.deadline).toBe('2026-11-25T04:00:00.000Z')
    expect(due(late, {}, '2026-11-25T10:00:00Z')).toBeUndefined()
    expect(due({ cause })?.notice.deadline).toBe(START)
  })

  test.each(['baseline', 'untold'] as const)('is none for a version that is %s', (cause) =>
    expect(due({ cause })).toBeUndefined(),
  )

  test('is none where the site tells no such thing, texts are off, or it was taken up', () => {
    const confirm = { booked: false, moved: true, cancelled: true, not_video: true }
    expect(due({}, { confirm })).toBeUndefined()
    expect(due({ cause: 'moved' }, { confirm })).toBeDefined()
    expect(due({}, { on: false })).toBeUndefined()
    expect(due({}, {}, undefined, { has: () => true })).toBeUndefined()
  })
})

describe('the reminder that is due', () => {
  type Taken = Parameters<typeof reminderDue>[3]
  const due = (now: string, visit: Partial<VisitRow> = {}, minutes = [1440, 60], taken: Taken = none) =>
    reminderDue(
      VISIT_KEY,
      visitWith(visit),
      siteWith({ reminderMinutes: minutes }).texts,
      taken,
      new Date(now),
    )
  const kind = (...given: Parameters<typeof due>) => due(...given)?.notice.kind

  test.each([
    ['a day and a second before', '2026-11-23T16:29:59Z', undefined],
    ['a day before', '2026-11-23T16:30:00Z', 'reminder.0'],
    ['an hour and a second before', '2026-11-24T15:29:59Z', 'reminder.0'],
    ['an hour before', '2026-11-24T15:30:00Z', 'reminder.1'],
    ['in the last second', '2026-11-24T16:29:59Z', 'reminder.1'],
    ['at the start, so that it expires', START, 'reminder.1'],
    ['hours after it', '2026-11-24T22:30:00Z', undefined],
  ])('%s', (_name, now, expected) => expect(kind(now)).toBe(expected))

  test('of several that are overdue after an outage only the latest is owed', () => {
    expect(kind('2026-11-24T16:00:00Z', {}, [2880, 1440, 60])).toBe('reminder.2')
  })

  test('the latest is the one with the shortest lead time, in whatever order they are listed', () => {
    expect(kind('2026-11-24T16:00:00Z', {}, [60, 1440])).toBe('reminder.0')
  })

  test('one that was taken up brings back none that came before it', () => {
    const taken: Taken = { has: (name) => name === 'reminder.1' }
    expect(due('2026-11-24T16:00:00Z', {}, [1440, 60], taken)).toBeUndefined()
  })

  test('a changed lead time sends no second reminder of the same place in the list', () => {
    const taken: Taken = { has: (name) => name === 'reminder.1' }
    expect(due('2026-11-24T16:05:00Z', {}, [1440, 30], taken)).toBeUndefined()
  })

  test('a visit booked or moved after the time of a reminder is too near for it', () => {
    const near = { since: '2026-11-24T15:45:00.000Z' }
    expect(due('2026-11-24T15:46:00Z', near)).toBeUndefined()
    expect(due('2026-11-24T16:00:00Z', near, [1440, 30])?.notice.kind).toBe('reminder.1')
  })

  test('a visit that moved is reminded of anew', () => {
    const moved = { start: '2026-11-30T16:30:00.000Z', version: 2, cause: 'moved' as const }
    expect(due('2026-11-24T15:30:00Z', moved)).toBeUndefined()
    expect(due('2026-11-30T15:30:00Z', moved)).toEqual({
      notice: { visitKey: VISIT_KEY, version: 2, kind: 'reminder.1', deadline: '2026-11-30T16:30:00.000Z' },
      since: new Date('2026-11-30T15:30:00Z'),
    })
  })

  test('is none for what is cancelled, not by video, or where texts are off', () => {
    const now = '2026-11-24T16:00:00Z'
    expect(due(now, { cancelled: true })).toBeUndefined()
    expect(due(now, { video: false })).toBeUndefined()
    expect(due(now, {}, [])).toBeUndefined()
    expect(
      reminderDue(VISIT_KEY, visitWith(), siteWith({ on: false }).texts, none, new Date(now)),
    ).toBeUndefined()
  })

  test('a baseline visit is reminded, though nothing was confirmed', () => {
    expect(kind('2026-11-24T15:30:00Z', { cause: 'baseline' })).toBe('reminder.1')
  })
})

describe('what is owed about reminders', () => {
  const owed = (
    now: string,
    visit: Partial<VisitRow> = {},
    texts: Partial<Site['texts']> = {},
    zone?: string,
    taken = none,
  ) =>
    remindersOwed(VISIT_KEY, visitWith(visit), siteWith(texts).texts, taken, new Date(now), zone).map(
      ({ notice, since }) => [notice.kind, notice.skip ?? 'send', since.toISOString()],
    )

  test('one whose time came before the booking is passed over once, with the reason', () => {
    const late = { since: '2026-11-24T10:00:00.000Z' }
    const row = ['reminder.0', 'too_near', late.since]
    expect(owed('2026-11-24T10:01:00Z', late)).toEqual([row])
    expect(owed('2026-11-24T15:30:00Z', late)).toEqual([
      ['reminder.1', 'send', '2026-11-24T15:30:00.000Z'],
      row,
    ])
    expect(owed('2026-11-24T10:01:00Z', late, {}, undefined, { has: () => true })).toEqual([])
  })

  test('one that a later one overtook, after an outage, is passed over with the reason', () => {
    expect(owed('2026-11-24T15:31:00Z')).toEqual([
      ['reminder.1', 'send', '2026-11-24T15:30:00.000Z'],
      ['reminder.0', 'later_reminder', '2026-11-24T15:30:00.000Z'],
    ])
  })

  test('nothing is owed of a visit that is off', () => {
    expect(owed('2026-11-24T15:31:00Z', { cancelled: true })).toEqual([])
    expect(owed('2026-11-24T15:31:00Z', { video: false })).toEqual([])
  })

  // 7:30 in the morning in Chicago, an hour before the visit.
  const night = { quietHours: { from: '21:00', to: '08:00' }, reminderMinutes: [60] }
  const early = { start: '2026-11-24T13:30:00.000Z' }
  const EVENING = '2026-11-24T02:30:00.000Z'
  const zone = 'America/Chicago'

  test('one that would fall into the night is due half an hour before it, where there is one', () => {
    expect(owed('2026-11-24T02:29:00Z', early, night, zone)).toEqual([])
    expect(owed(EVENING, early, night, zone)).toEqual([['reminder.0', 'send', EVENING]])
    // E-mails rest at no hour.
    expect(owed(EVENING, early, night)).toEqual([])
  })

  test('unless the visit was booked later than that evening', () => {
    const late = { ...early, since: '2026-11-24T02:31:00.000Z' }
    expect(owed('2026-11-24T03:00:00Z', late, night, zone)).toEqual([])
    expect(owed('2026-11-24T12:30:00Z', late, night, zone)).toEqual([
      ['reminder.0', 'send', '2026-11-24T12:30:00.000Z'],
    ])
  })

  test('a night in which the clock changes begins by the clock on the wall', () => {
    const spring = { start: '2026-03-08T12:30:00.000Z', since: '2026-03-01T10:00:00.000Z' }
    expect(owed('2026-03-08T02:30:00Z', spring, night, zone)).toEqual([
      ['reminder.0', 'send', '2026-03-08T02:30:00.000Z'],
    ])
    const autumn = { start: '2026-11-01T13:30:00.000Z', since: '2026-10-20T10:00:00.000Z' }
    expect(owed('2026-11-01T01:29:00Z', autumn, night, zone)).toEqual([])
    expect(owed('2026-11-01T01:30:00Z', autumn, night, zone)).toEqual([
      ['reminder.0', 'send', '2026-11-01T01:30:00.000Z'],
    ])
  })
})

import { describe, expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import { type ChangeInput, nextFacts, type VisitFacts } from '../../../src/core/visits/changes.ts'
import { appointmentWith, visitWith } from '../messaging/clinic.fixture.ts'

const NOW = new Date('2026-11-22T12:00:00.000Z')
const A = new Date('2026-11-24T16:30:00.000Z')
const B = new Date('2026-11-25T18:00:00.000Z')

type Input = Partial<Omit<ChangeInput, 'appointment'>>
const look = (
  before: VisitFacts | undefined,
  appointment: Partial<Appointment> | undefined,
  more: Input = {},
) =>
  nextFacts({
    before,
    appointment: appointment && appointmentWith(appointment),
    departmentId: 'family',
    baseline: false,
    told: false,
    now: NOW,
    ...more,
  })
const told = { told: true }
const booked = visitWith()
const cancelled = visitWith({ version: 2, cause: 'cancelled', cancelled: true })

describe('an appointment that was never seen', () => {
  test('is booked, at version 1', () => {
    expect(look(undefined, {})).toEqual({
      start: A.toISOString(),
      minutes: 30,
      version: 1,
      cause: 'booked',
      since: NOW.toISOString(),
      cancelled: false,
      video: true,
      ehrVersion: '1',
      departmentId: 'family',
    })
  })

  test('is only recorded at a baseline', () =>
    expect(look(undefined, {}, { baseline: true })).toMatchObject({ version: 1, cause: 'baseline' }))

  test.each<[string, Partial<Appointment> | undefined]>([
    ['not by video', { video: false }],
    ['cancelled', { cancelled: true }],
    ['over', { over: true }],
    ['ended', { start: new Date('2026-11-22T11:30:00Z') }],
    ['unknown to the EHR', undefined],
  ])('is no visit when it is %s', (_name, appointment) =>
    expect(look(undefined, appointment)).toBeUndefined(),
  )

  test('is one while it runs', () =>
    expect(look(undefined, { start: new Date('2026-11-22T11:31:00Z') })).toMatchObject({ cause: 'booked' }))
})

describe('nothing new', () => {
  test('is undefined', () => expect(look(booked, {}, told)).toBeUndefined())

  test('such as our own write-back raises no version: only what the EHR calls it changes', () => {
    expect(look(booked, { ehrVersion: '2' }, told)).toEqual({ ...factsOf(booked), ehrVersion: '2' })
  })

  test('such as another length or department raises no version', () => {
    expect(look(booked, { minutes: 45 }, told)).toMatchObject({ version: 1, cause: 'booked', minutes: 45 })
    expect(look(booked, {}, { departmentId: 'heart' })).toMatchObject({ version: 1, departmentId: 'heart' })
  })

  test('such as a patient who arrived or was seen raises no version', () => {
    expect(look(booked, { status: 'arrived', ehrVersion: '3' })).toMatchObject({ version: 1 })
    expect(look(booked, { status: 'fulfilled', over: true, ehrVersion: '4' })).toMatchObject({ version: 1 })
  })
})

describe('a visit that moved', () => {
  test('is told so where the patient knows of it', () =>
    expect(look(booked, { start: B }, told)).toMatchObject({
      version: 2,
      cause: 'moved',
      start: B.toISOString(),
      since: NOW.toISOString(),
    }))

  test('before anybody was told of it is a booking for the patient', () =>
    expect(look(booked, { start: B })).toMatchObject({ version: 2, cause: 'booked' }))

  test('from A to B and back to A moved twice', () => {
    const there = look(booked, { start: B }, told)
    expect(look(there, { start: A }, told)).toMatchObject({
      version: 3,
      cause: 'moved',
      start: A.toISOString(),
    })
    expect(look(there, { start: A })).toMatchObject({ version: 3, cause: 'moved' })
  })

  test('before the first move was told is still known from the time before', () => {
    const there = visitWith({ version: 2, cause: 'moved', start: B.toISOString() })
    expect(look(there, { cancelled: true, start: B })).toMatchObject({ version: 3, cause: 'cancelled' })
  })

  test('is told so though it was there before texts began', () => {
    expect(look(visitWith({ cause: 'baseline' }), { start: B })).toMatchObject({ version: 2, cause: 'moved' })
  })

  test('into the past is told to nobody', () => {
    expect(look(booked, { start: new Date('2026-11-20T10:00:00Z') }, told)).toMatchObject({
      version: 2,
      cause: 'untold',
    })
  })
})

describe('a visit that is called off', () => {
  test('is told so, by the time that the patient knows', () =>
    expect(look(booked, { cancelled: true, start: B }, told)).toMatchObject({
      version: 2,
      cause: 'cancelled',
      start: A.toISOString(),
    }))

  test('before anybody was told of it stays untold', () =>
    expect(look(booked, { cancelled: true })).toMatchObject({ version: 2, cause: 'untold', cancelled: true }))

  test('when it is over stays untold', () => {
    const now = new Date('2026-11-24T17:00:01Z')
    expect(look(booked, { cancelled: true }, { told: true, now })).toMatchObject({ cause: 'untold' })
    const running = new Date('2026-11-24T16:59:00Z')
    expect(look(booked, { cancelled: true }, { told: true, now: running })).toMatchObject({
      cause: 'cancelled',
    })
  })

  test('by deletion counts as cancelled, once', () => {
    const gone = look(booked, undefined, told)
    expect(gone).toMatchObject({ version: 2, cause: 'cancelled', cancelled: true, start: A.toISOString() })
    expect(look(gone, undefined)).toBeUndefined()
    expect(look(booked, undefined)).toMatchObject({ cause: 'untold' })
  })

  test('keeps its start however the EHR moves it since, so that nobody is told twice', () => {
    expect(look(cancelled, { cancelled: true, start: B }, told)).toBeUndefined()
    expect(look(cancelled, { cancelled: true, start: B, ehrVersion: '9' }, told)).toMatchObject({
      version: 2,
      cause: 'cancelled',
      start: A.toISOString(),
      since: cancelled.since,
    })
  })

  test('and then is on again is a booking', () => {
    expect(look(cancelled, {}, told)).toMatchObject({ version: 3, cause: 'booked', cancelled: false })
    expect(look(cancelled, { start: B }, told)).toMatchObject({
      version: 3,
      cause: 'booked',
      start: B.toISOString(),
    })
    expect(look(cancelled, { over: true }, told)).toMatchObject({ version: 3, cause: 'untold' })
  })
})

describe('a visit that ceased to be by video', () => {
  const inRoom = visitWith({ version: 2, cause: 'not_video', video: false })

  test('is told so, with its present time', () => {
    expect(look(booked, { video: false, start: B }, told)).toMatchObject({
      version: 2,
      cause: 'not_video',
      start: B.toISOString(),
    })
    expect(look(booked, { video: false })).toMatchObject({ version: 2, cause: 'untold' })
  })

  test('and then is moved or deleted is no news: it is no longer ours', () => {
    expect(look(inRoom, { video: false, start: B }, told)).toBeUndefined()
    expect(look(inRoom, undefined, told)).toMatchObject({ version: 2, cause: 'not_video', cancelled: true })
  })

  test('and is cancelled before anybody was told: the cancellation is told', () => {
    expect(look(inRoom, { video: false, cancelled: true })).toMatchObject({ version: 2, cause: 'cancelled' })
    expect(look(inRoom, { video: false, cancelled: true }, told)).toMatchObject({
      version: 2,
      cause: 'not_video',
    })
  })

  test('and is by video again is a booking', () =>
    expect(look(inRoom, {}, told)).toMatchObject({ version: 3, cause: 'booked', video: true }))
})

describe('a baseline', () => {
  const baseline = { baseline: true, told: true }

  test('tells nobody of what changed meanwhile', () => {
    expect(look(booked, { start: B }, baseline)).toMatchObject({ version: 2, cause: 'baseline' })
    expect(look(booked, { cancelled: true }, baseline)).toMatchObject({ version: 2, cause: 'baseline' })
    expect(look(booked, { video: false }, baseline)).toMatchObject({ version: 2, cause: 'baseline' })
    expect(look(booked, undefined, baseline)).toMatchObject({
      version: 2,
      cause: 'baseline',
      cancelled: true,
    })
    expect(look(cancelled, {}, baseline)).toMatchObject({ version: 3, cause: 'baseline', cancelled: false })
  })

  test('silences what was still owed', () =>
    expect(look(booked, {}, { baseline: true })).toMatchObject({ version: 1, cause: 'baseline' }))

  test('that is looked at again changes nothing', () => {
    const once = look(booked, {}, { baseline: true })
    expect(look(once, {}, { baseline: true })).toBeUndefined()
  })
})

function factsOf(row: VisitFacts): VisitFacts {
  const { start, minutes, version, cause, since, cancelled: off, video, ehrVersion, departmentId } = row
  return { start, minutes, version, cause, since, cancelled: off, video, ehrVersion, departmentId }
}

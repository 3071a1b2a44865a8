import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import { nextFacts, type VisitFacts } from '../../../src/core/visits/changes.ts'
import { appointmentWith } from '../messaging/clinic.fixture.ts'

const HOUR = 3_600_000
const ORIGIN = Date.parse('2026-11-22T12:00:00Z')

/** What the EHR says at one look, and what else the look depends on. */
type Look = {
  appointment: Appointment | undefined
  baseline: boolean
  told: boolean
  hoursLater: number
}

const appointment = fc
  .record({
    start: fc.integer({ min: -2, max: 5 }).map((hours) => new Date(ORIGIN + hours * 24 * HOUR)),
    minutes: fc.constantFrom(15, 30),
    cancelled: fc.boolean(),
    over: fc.boolean(),
    video: fc.boolean(),
    ehrVersion: fc.constantFrom('1', '2', '3'),
  })
  .map(appointmentWith)
const looks = fc.array(
  fc.record<Look>({
    appointment: fc.option(appointment, { nil: undefined, freq: 8 }),
    baseline: fc.boolean(),
    told: fc.boolean(),
    hoursLater: fc.integer({ min: 0, max: 48 }),
  }),
  { minLength: 1, maxLength: 8 },
)

/** Runs the looks one after the other; `check` sees each step. */
function follow(
  history: readonly Look[],
  check: (before: VisitFacts | undefined, after: VisitFacts | undefined, look: Look, now: Date) => void,
) {
  let row: VisitFacts | undefined
  let now = new Date(ORIGIN)
  for (const look of history) {
    now = new Date(now.getTime() + look.hoursLater * HOUR)
    const after = nextFacts({ before: row, departmentId: 'family', now, ...look })
    check(row, after, look, now)
    row = after ?? row
  }
}

const isOn = (facts: Pick<VisitFacts, 'video' | 'cancelled'> | undefined) =>
  Boolean(facts?.video && !facts.cancelled)

test('a version never falls and never skips one', () => {
  fc.assert(
    fc.property(looks, (history) =>
      follow(history, (before, after) => {
        if (!after) return
        const raised = after.version - (before?.version ?? 0)
        expect(raised === 1 || (before && raised === 0)).toBe(true)
        if (raised === 0) expect(after.since).toBe(before?.since)
      }),
    ),
  )
})

test('a version is raised exactly when what the patient was told differs', () => {
  fc.assert(
    fc.property(looks, (history) =>
      follow(history, (before, after, { appointment: said }) => {
        if (!before) return
        const on = isOn(said) && said !== undefined
        const differs = on !== isOn(before) || (on && said.start.toISOString() !== before.start)
        expect((after?.version ?? before.version) > before.version).toBe(differs)
      }),
    ),
  )
})

test('the same look twice gives nothing the second time', () => {
  fc.assert(
    fc.property(looks, (history) =>
      follow(history, (before, after, look, now) => {
        const row = after ?? before
        expect(nextFacts({ before: row, departmentId: 'family', now, ...look })).toBeUndefined()
      }),
    ),
  )
})

test('our own write-back, which changes nothing but the EHR version, never raises a version', () => {
  fc.assert(
    fc.property(looks, fc.string(), (history, ehrVersion) =>
      follow(history, (before, after, look, now) => {
        const row = after ?? before
        if (!row || !look.appointment) return
        const written = { ...look.appointment, ehrVersion }
        const next = nextFacts({ before: row, departmentId: 'family', now, ...look, appointment: written })
        expect(next?.version ?? row.version).toBe(row.version)
        expect(next?.cause ?? row.cause).toBe(row.cause)
      }),
    ),
  )
})

test('nobody is told that a visit moved or is off who was never told of it', () => {
  fc.assert(
    fc.property(looks, (history) => {
      const silent = history.map((look) => ({ ...look, told: false, baseline: false }))
      follow(silent, (_before, after) => expect(after?.cause ?? 'booked').toMatch(/^(booked|untold)$/))
    }),
  )
})

test('a baseline tells nobody', () => {
  fc.assert(
    fc.property(looks, (history) => {
      const recorded = history.map((look) => ({ ...look, baseline: true }))
      follow(recorded, (_before, after) => expect(after?.cause ?? 'baseline').toBe('baseline'))
    }),
  )
})

test('what is on has the start that the EHR says, and what is off keeps the one that was known', () => {
  fc.assert(
    fc.property(looks, (history) =>
      follow(history, (before, after, { appointment: said }) => {
        if (!after) return
        if (isOn(after)) expect(after.start).toBe(said?.start.toISOString())
        else if (after.cancelled && before) expect(after.start).toBe(before.start)
      }),
    ),
  )
})

import { expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { fail, ok } from '../../../src/core/result.ts'
import { lastMonth, remindersWithinADay } from '../../../src/core/senders/estimate.ts'
import { site as siteOf } from '../sites/site.fixture.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const HOUR = 3_600_000
const visit = (id: string, hours: number, more: Partial<Appointment> = {}) =>
  ({
    id,
    start: new Date(NOW.getTime() + hours * HOUR),
    video: true,
    cancelled: false,
    ...more,
  }) as Appointment

function ehrWith(appointments: readonly Appointment[]) {
  const asked: { locations: readonly string[]; from: Date; to: Date }[] = []
  const ehr: Pick<Ehr, 'appointmentsIn'> = {
    async appointmentsIn(locations, from, to) {
      asked.push({ locations, from, to })
      return ok(
        new Map(appointments.filter(({ start }) => start >= from && start < to).map((one) => [one.id, one])),
      )
    },
  }
  return { ehr, asked }
}
const department = (id: string, locationIds: string[], on = true) => ({ id, name: id, locationIds, on })

test('the last thirty days are counted by the locations that are on; only visits by video', async () => {
  const { ehr, asked } = ehrWith([
    visit('a', -24),
    visit('b', -48, { cancelled: true }),
    visit('c', -72, { video: false }),
    visit('old', -24 * 31),
    visit('ahead', 1),
  ])
  const site = { ...siteOf({}), departments: [department('x', ['1', '2']), department('off', ['3'], false)] }
  expect(await lastMonth(ehr, site, NOW)).toEqual({ ok: true, value: { visits: 2, cancelled: 1 } })
  expect(asked.map(({ locations }) => locations)).toEqual([['1', '2']])
})

test('many locations are asked for in several searches, and a visit that two of them have counts once', async () => {
  const { ehr, asked } = ehrWith([visit('a', -1)])
  const ids = Array.from({ length: 90 }, (_, index) => String(index))
  const site = { ...siteOf({}), departments: [department('x', ids)] }
  expect(await lastMonth(ehr, site, NOW)).toMatchObject({ value: { visits: 1 } })
  expect(asked).toHaveLength(3)
})

test('reminders within a day are those whose time lies in it', async () => {
  const { ehr } = ehrWith([
    visit('soon', 2),
    visit('tomorrow', 30),
    visit('later', 80),
    visit('off', 30, { cancelled: true }),
  ])
  // One day before: tomorrow's. One hour before: the one in two hours.
  expect(await remindersWithinADay(ehr, siteOf({}), [1440, 60], NOW)).toEqual({ ok: true, value: 2 })
  expect(await remindersWithinADay(ehr, siteOf({}), [], NOW)).toEqual({ ok: true, value: 0 })
})

test('an EHR that cannot be asked is told, and nothing is made up', async () => {
  const ehr: Pick<Ehr, 'appointmentsIn'> = { appointmentsIn: async () => fail('ehr_unavailable') }
  expect(await lastMonth(ehr, siteOf({}), NOW)).toMatchObject({
    ok: false,
    failure: { code: 'ehr_unavailable' },
  })
})

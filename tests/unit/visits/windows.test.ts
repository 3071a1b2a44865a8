import { describe, expect, test } from 'vitest'
import { daysFrom, dueWindows, isFarTime } from '../../../src/core/visits/windows.ts'
import { siteWith } from '../messaging/clinic.fixture.ts'

const department = (id: string, on = true) => ({ id, name: id, locationIds: ['L1'], on })
const { tenantId } = siteWith()

function windows(now: string, sites = [siteWith()], allowed = [tenantId], horizon = 2, lastTick?: Date) {
  const ports = {
    sites: { all: async () => sites },
    settings: {
      ALLOWED_TENANTS: allowed,
      SWEEP_HORIZON_DAYS: horizon,
      SWEEP_NEAR_DAYS: 3,
      SWEEP_FAR_MINUTES: 60,
    },
    now: () => new Date(now),
  }
  return dueWindows(ports as unknown as Parameters<typeof dueWindows>[0], lastTick)
}
const days = async (now: string) => (await windows(now)).map(({ day }) => day)

describe('the windows that are due', () => {
  test('are the UTC days from today to the horizon', async () => {
    expect(await days('2026-12-30T15:00:00Z')).toEqual(['2026-12-30', '2026-12-31', '2027-01-01'])
    expect(daysFrom(new Date('2028-02-28T23:59:59Z'), 1)).toEqual(['2028-02-28', '2028-02-29'])
  })

  test('include the day before while its last visits may still run', async () => {
    expect((await days('2026-12-30T00:00:00Z'))[0]).toBe('2026-12-29')
    expect((await days('2026-12-30T05:59:59Z'))[0]).toBe('2026-12-29')
    expect((await days('2026-12-30T06:00:00Z'))[0]).toBe('2026-12-30')
  })

  test('are those of departments that are on, at finished sites with a system account of tenants that are served', async () => {
    const { system: _none, ...unsystematic } = siteWith({}, { siteId: 'clinic000002' })
    const sites = [
      siteWith({}, { departments: [department('one'), department('off', false), department('two')] }),
      unsystematic,
      siteWith({}, { siteId: 'clinic000003', tenantId: '22222222-2222-4222-8222-222222222222' }),
      siteWith({}, { siteId: 'clinic000004', setup: true }),
    ]
    const found = await windows('2026-12-30T15:00:00Z', sites)
    expect(new Set(found.map(({ siteId }) => siteId))).toEqual(new Set(['clinic000001']))
    expect(found.map(({ departmentId }) => departmentId)).toEqual(['one', 'one', 'one', 'two', 'two', 'two'])
    expect(await windows('2026-12-30T15:00:00Z', sites, [])).toEqual([])
  })

  test('are near days at every tick, and each far day once an hour', async () => {
    const seen = new Map<string, number>()
    for (let minute = 0; minute < 60; minute += 2) {
      const at = (m: number) => new Date(Date.UTC(2026, 11, 30, 15, m))
      const found = await windows(at(minute).toISOString(), [siteWith()], [tenantId], 30, at(minute - 2))
      for (const { day } of found) seen.set(day, (seen.get(day) ?? 0) + 1)
    }
    expect([...seen.values()].filter((times) => times === 30)).toHaveLength(4)
    expect([...seen.values()].filter((times) => times === 1)).toHaveLength(27)
  })

  test('are all of them after an outage, and at the first tick ever', async () => {
    const last = new Date('2026-12-30T13:59:00Z')
    expect(await windows('2026-12-30T15:00:00Z', [siteWith()], [tenantId], 30, last)).toHaveLength(31)
    expect(await windows('2026-12-30T15:00:00Z', [siteWith()], [tenantId], 30)).toHaveLength(31)
    expect(
      isFarTime('a window', 60, new Date('2026-12-30T14:59:00Z'), new Date('2026-12-30T14:59:30Z')),
    ).toBe(false)
  })

  test('name nothing but the site, the department and the day', async () => {
    expect((await windows('2026-12-30T15:00:00Z'))[0]).toEqual({
      schema: 1,
      tenantId,
      siteId: 'clinic000001',
      departmentId: 'family',
      day: '2026-12-30',
    })
  })
})

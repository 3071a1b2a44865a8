import { describe, expect, test } from 'vitest'
import { daysFrom, dueWindows } from '../../../src/core/visits/windows.ts'
import { siteWith } from '../messaging/clinic.fixture.ts'

const department = (id: string, on = true) => ({ id, name: id, locationIds: ['L1'], on })
const { tenantId } = siteWith()

function windows(now: string, sites = [siteWith()], allowed = [tenantId], horizon = 2) {
  return dueWindows({
    sites: { all: async () => sites },
    settings: { ALLOWED_TENANTS: allowed, SWEEP_HORIZON_DAYS: horizon },
    now: () => new Date(now),
  } as unknown as Parameters<typeof dueWindows>[0])
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

  test('are those of departments that are on, at sites with a system account of tenants that are served', async () => {
    const { system: _none, ...unsystematic } = siteWith({}, { siteId: 'clinic000002' })
    const sites = [
      siteWith({}, { departments: [department('one'), department('off', false), department('two')] }),
      unsystematic,
      siteWith({}, { siteId: 'clinic000003', tenantId: '22222222-2222-4222-8222-222222222222' }),
    ]
    const found = await windows('2026-12-30T15:00:00Z', sites)
    expect(new Set(found.map(({ siteId }) => siteId))).toEqual(new Set(['clinic000001']))
    expect(found.map(({ departmentId }) => departmentId)).toEqual(['one', 'one', 'one', 'two', 'two', 'two'])
    expect(await windows('2026-12-30T15:00:00Z', sites, [])).toEqual([])
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

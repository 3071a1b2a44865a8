import { expect, test } from 'vitest'
import { dueReportDays } from '../../../src/core/reports/due-days.ts'
import { siteWith } from '../messaging/clinic.fixture.ts'

const departments = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ id: `d${n}`, name: `D${n}`, locationIds: [`L${n}`], on: true }))

/** Which days a site of so many departments is asked for at a time. */
async function days(count: number, time: string): Promise<string[]> {
  const site = siteWith({}, { departments: departments(count) })
  const found = await dueReportDays({
    sites: { all: async () => [site] },
    settings: { ALLOWED_TENANTS: [site.tenantId], SWEEP_HORIZON_DAYS: 14 },
    now: () => new Date(`2031-03-04T${time}:00Z`),
  } as unknown as Parameters<typeof dueReportDays>[0])
  return found.map(({ day }) => day)
}

test('the running days of a site come every minute, its others every quarter of an hour', async () => {
  expect(await days(20, '09:07')).toEqual(['2031-03-03', '2031-03-04'])
  expect(await days(20, '15:07')).toEqual(['2031-03-04'])
  expect(await days(20, '09:15')).toHaveLength(18)
})

test('the running days of a very large one every quarter of an hour, its others every hour', async () => {
  expect(await days(21, '09:07')).toEqual([])
  expect(await days(21, '09:15')).toEqual(['2031-03-03', '2031-03-04'])
  expect(await days(21, '09:00')).toHaveLength(18)
})

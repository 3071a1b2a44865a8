import { expect, test } from 'vitest'
import { siteColumns, siteOf } from '../../../src/core/sites/site-row.ts'
import { site } from './site.fixture.ts'

const departments = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `department-${index}`,
    name: `Department ${index}`.padEnd(60, '.'),
    locationIds: Array.from({ length: 10 }, (_, location) => `${21_250_000 + index * 10 + location}`),
    on: true,
  }))

test('a site is read back as it was written, with one department or with a thousand', () => {
  for (const count of [1, 500, 1_000]) {
    const given = site({ departments: departments(count) })
    const columns = siteColumns(given)
    expect(columns.ok && siteOf(columns.value)).toEqual(given)
  }
})

test('no column is longer than storage takes', () => {
  const columns = siteColumns(site({ departments: departments(500) }))
  const lengths = Object.values(columns.ok ? columns.value : {}).map((value) => String(value).length)
  expect(lengths.length).toBeGreaterThan(3)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(32_768)
})

test('a site that no row holds is refused, not cut off', () => {
  const huge = departments(500).map((department) => ({
    ...department,
    locationIds: Array.from({ length: 200 }, (_, index) => String(index).padStart(64, '0')),
  }))
  expect(siteColumns(site({ departments: huge }))).toMatchObject({ failure: { code: 'site_too_large' } })
})

test('a damaged row says which fields are wrong and nothing of what they hold', () => {
  const damaged = (change: object) => () =>
    siteOf({ schema: 1, json: JSON.stringify({ ...site(), ...change }) })
  expect(damaged({ timeZone: 'Secret/Place' })).toThrow('timeZone')
  expect(damaged({ timeZone: 'Secret/Place' })).not.toThrow('Secret')
  expect(() => siteOf({ schema: 1, json: '{"name": "Secret clinic' })).toThrow('does not hold JSON')
  expect(() => siteOf({ schema: 1, json: '{"name": "Secret clinic' })).not.toThrow('Secret')
})

import { expect, test } from 'vitest'
import type { Run } from '../../../src/core/doctor/check.ts'
import { appointmentSearch } from '../../../src/core/doctor/checks/appointment-search.ts'
import { ok } from '../../../src/core/result.ts'
import { siteWith } from '../messaging/clinic.fixture.ts'

/** Searches the departments of a site of so many. @returns what it says, and which locations were searched. */
async function search(count: number) {
  const searched: string[] = []
  const departments = Array.from({ length: count }, (_, n) => ({
    id: `d${n}`,
    name: `Department ${n}`,
    locationIds: [`L${n}`],
    on: true,
  }))
  const ehr = {
    async appointmentsIn(locationIds: readonly string[]) {
      searched.push(...locationIds)
      return ok(new Map())
    },
  }
  const run = { site: siteWith({}, { departments }), ports: { now: () => new Date(0) }, facts: { ehr } }
  return { outcome: await appointmentSearch.run(run as unknown as Run), searched }
}

test('every department of a site is searched', async () => {
  for (const count of [1, 2, 50]) expect((await search(count)).searched).toHaveLength(count)
  expect((await search(1)).outcome).toMatchObject({
    state: 'pass',
    what: expect.stringMatching(/^one department/),
  })
})

test('of a very large site fifty departments are, from everywhere in its list, and the line says so', async () => {
  const { outcome, searched } = await search(1_000)
  expect(new Set(searched).size).toBe(50)
  expect(searched).toContain('L0')
  expect(searched).toContain('L980')
  expect(outcome).toMatchObject({ state: 'pass', what: expect.stringContaining('50 of 1000 departments') })
})

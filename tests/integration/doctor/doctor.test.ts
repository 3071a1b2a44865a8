import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkIds } from '../../../src/core/doctor/line.ts'
import { FAULTS } from './faults.ts'
import { type DoctorWorld, doctorWorld, statesOf } from './world.ts'

let world: DoctorWorld
beforeAll(async () => {
  world = await doctorWorld()
})
afterAll(() => world?.close())

it('a site that is set up well passes every line', async () => {
  const { run, passed } = await world.run()
  expect(statesOf(run)).toEqual(Object.fromEntries(checkIds.map((id) => [id, 'pass'])))
  expect(passed).toBe(true)
  expect(world.graph.meetings()).toEqual([])
})

describe('a fault turns its own line, and no other', () => {
  it.each(FAULTS)('$line: $what', async (fault) => {
    const mend = fault.break(world)
    const { run, passed } = await world.run().finally(mend)
    const broken = run.lines.filter(({ state }) => state !== 'pass' && state !== 'skip')
    expect(broken.map(({ id, state, code }) => [id, state, code])).toEqual([
      [fault.line, fault.state ?? 'fail', fault.code],
    ])
    expect(broken[0]?.remedy).toContain(fault.remedy)
    expect(passed).toBe(fault.state === 'warn')
    // What is left out says which line it had needed.
    for (const { state, what } of run.lines) if (state === 'skip') expect(what).toMatch(/^Not tried|^No /)
  })

  it('every line has a fault', () => {
    expect(checkIds.filter((id) => !FAULTS.some(({ line }) => line === id))).toEqual([])
  })
})

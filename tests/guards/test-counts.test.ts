import { describe, expect, test } from 'vitest'
import { phasesOf, readWords } from '../../scripts/testing/phases.ts'
import { outcomeOf, sum } from '../../scripts/testing/report.ts'

const report = (testResults: unknown[], passed: number, failed: number) =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults,
  })
const file = (status: string, assertionResults: unknown[], message = '') => ({
  name: '/clone/tests/unit/a.test.ts',
  status,
  message,
  assertionResults,
})
const failed = {
  status: 'failed',
  fullName: 'adds up',
  failureMessages: ['expected 1 to be 2\n    at a.test.ts'],
}
const passed = { status: 'passed', fullName: 'stays' }

describe('the counts of npm test', () => {
  test('are those of the report, with each failure named', () => {
    const outcome = outcomeOf(report([file('failed', [failed, passed])], 1, 1), 1, '/clone/')
    expect(outcome).toMatchObject({ passed: 1, failed: 1 })
    expect(outcome.failures).toEqual(['tests/unit/a.test.ts > adds up\n    expected 1 to be 2'])
  })

  test('count a file that could not be loaded', () => {
    const outcome = outcomeOf(report([file('failed', [], 'Cannot find module')], 0, 0), 1, '/clone/')
    expect(outcome.failures).toEqual(['tests/unit/a.test.ts > the file\n    Cannot find module'])
  })

  test('count a run that ended badly though nothing in it failed', () => {
    expect(outcomeOf(report([file('passed', [passed])], 1, 0), 1, '/clone/')).toMatchObject({
      passed: 1,
      failed: 1,
    })
  })

  test.each([undefined, '', '{"half":', '{}'])('count a run that left no whole report: %s', (text) => {
    expect(outcomeOf(text, 137, '/clone/')).toMatchObject({ passed: 0, failed: 1 })
  })

  test('add up over the phases', () => {
    const one = { passed: 2, failed: 1, skipped: 0, failures: ['a'], shown: new Map() }
    expect(sum([one, one])).toEqual({
      passed: 4,
      failed: 2,
      skipped: 0,
      failures: ['a', 'a'],
      shown: new Map(),
    })
  })
})

describe('the words of npm test', () => {
  test('name projects, and else parts of paths', () => {
    expect(readWords(['e2e', 'portal'])).toEqual({ projects: ['e2e'], files: ['portal'] })
    expect(readWords(['portal']).projects).toEqual(['unit', 'guards', 'integration', 'e2e'])
  })

  test('never let two projects that start processes run together', () => {
    const phases = phasesOf(readWords([]).projects, 2)
    expect(phases.map(({ projects }) => projects)).toEqual([['unit', 'guards'], ['integration'], ['e2e']])
    expect(phases.map(({ workers }) => workers)).toEqual([undefined, 1, 1])
  })
})

import { z } from 'zod'

/** The parts of vitest's JSON report (Jest's format) that are read here. */
const reportSchema = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
  numTodoTests: z.number().int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          status: z.string(),
          fullName: z.string(),
          title: z.string().optional(),
          ancestorTitles: z.array(z.string()).optional(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
})

/** What one run of the test runner came to. `failures` has one line for each that is counted as failed. */
export type Outcome = {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly string[]
  /** Names of the tests that ran and passed, by file, as `describe > test`. */
  readonly shown: ReadonlyMap<string, readonly string[]>
}

export const NOTHING: Outcome = { passed: 0, failed: 0, skipped: 0, failures: [], shown: new Map() }

/**
 * Counts what a report holds. A file that could not be loaded has no test in it and counts as one failure; so does a run
 * that ended badly without a failed test (an error outside every test) or left no report (`text` undefined).
 */
export function outcomeOf(text: string | undefined, exitCode: number, root: string): Outcome {
  const parsed = reportSchema.safeParse(text === undefined ? undefined : parseJson(text))
  if (!parsed.success)
    return {
      ...NOTHING,
      failed: 1,
      failures: [`the test runner ended with ${exitCode} and without a report`],
    }
  const report = parsed.data
  const failures = report.testResults.flatMap((file) => {
    const path = pathOf(file.name, root)
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    if (file.status === 'failed' && failed.length === 0)
      return [
        line(path, 'the file', file.message || 'it could not be loaded or set up: see the output above'),
      ]
    return failed.map((test) => line(path, test.fullName, test.failureMessages?.[0]))
  })
  if (exitCode !== 0 && failures.length === 0)
    failures.push(`the test runner ended with ${exitCode} though no test failed: see its output above`)
  return {
    passed: report.numPassedTests,
    failed: failures.length,
    skipped: report.numPendingTests + report.numTodoTests,
    failures,
    shown: new Map(
      report.testResults.map((file) => [pathOf(file.name, root), passedIn(file.assertionResults)]),
    ),
  }
}

type Assertion = z.infer<typeof reportSchema>['testResults'][number]['assertionResults'][number]

function passedIn(assertions: readonly Assertion[]): string[] {
  return assertions
    .filter(({ status }) => status === 'passed')
    .map(({ ancestorTitles = [], title, fullName }) => [...ancestorTitles, title ?? fullName].join(' > '))
}

function pathOf(name: string, root: string): string {
  return name.startsWith(root) ? name.slice(root.length) : name
}

export function sum(outcomes: readonly Outcome[]): Outcome {
  return outcomes.reduce(
    (all, one) => ({
      passed: all.passed + one.passed,
      failed: all.failed + one.failed,
      skipped: all.skipped + one.skipped,
      failures: [...all.failures, ...one.failures],
      shown: new Map([...all.shown, ...one.shown]),
    }),
    NOTHING,
  )
}

function line(path: string, name: string, message: string | undefined): string {
  const why = message?.split('\n')[0]?.trim()
  return `${path} > ${name}${why ? `\n    ${why.slice(0, 300)}` : ''}`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

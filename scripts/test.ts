import { readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildApp } from './build.ts'
import { readConformance, unshown } from './testing/conformance.ts'
import { PROJECTS, phasesOf, readWords } from './testing/phases.ts'
import { NOTHING, type Outcome, sum } from './testing/report.ts'
import { runPhase } from './testing/run-phase.ts'

/*
 * npm test                       the build, then everything: unit and guards, integration, end to end
 * npm run test:unit              the projects unit and guards
 * npm run test:e2e -- portal     the end-to-end files with "portal" in their path
 * The last line is always "N passed, N failed". Ends with 1 on any failure and where no test ran.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const { projects, files } = readWords(process.argv.slice(2))

async function run(): Promise<Outcome> {
  try {
    // Unit tests and guards read the sources; the others start what was built.
    if (projects.includes('integration') || projects.includes('e2e')) await buildApp()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return { ...NOTHING, failed: 1, failures: [`npm run build\n    ${why}`] }
  }
  const outcomes: Outcome[] = []
  for (const phase of phasesOf(projects, availableParallelism())) {
    const outcome = await runPhase(root, phase, files)
    const empty = outcome.passed + outcome.failed === 0 && files.length === 0
    const none = `${phase.projects.join(' and ')}: no test ran`
    outcomes.push(empty ? { ...outcome, failed: 1, failures: [none] } : outcome)
  }
  const all = await withConformance(sum(outcomes))
  if (all.passed + all.failed > 0) return all
  return {
    ...all,
    failed: 1,
    failures: [`no test ran: no file of ${projects.join(', ')} matches ${files.join(' ')}`],
  }
}

/** A run of everything also has to have shown what docs/smart-conformance.md says: named, run and passed. */
async function withConformance(all: Outcome): Promise<Outcome> {
  if (files.length > 0 || projects.length < PROJECTS.length) return all
  const table = readConformance(await readFile(`${root}docs/smart-conformance.md`, 'utf8'))
  const missing = unshown(table, all.shown).map((one) => `docs/smart-conformance.md: ${one}`)
  return { ...all, failed: all.failed + missing.length, failures: [...all.failures, ...missing] }
}

const { passed, failed, skipped, failures } = await run()
if (failures.length > 0) process.stdout.write(`\nFailed:\n${failures.map((one) => `  ${one}\n`).join('')}`)
if (skipped > 0) process.stdout.write(`\n${skipped} skipped\n`)
process.stdout.write(`\n${passed} passed, ${failed} failed\n`)
process.exitCode = failed > 0 ? 1 : 0

import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Phase } from './phases.ts'
import { NOTHING, type Outcome, outcomeOf } from './report.ts'

/**
 * Runs one phase in a process of its own, with the runner's usual output, and counts from its JSON report.
 * @param files words that a file's path must hold one of; none = all files, of which there has to be at least one
 */
export async function runPhase(root: string, phase: Phase, files: readonly string[]): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'test-report-'))
  const report = join(folder, 'report.json')
  try {
    const exitCode = await vitest(root, [
      'run',
      ...files,
      ...phase.projects.map((project) => `--project=${project}`),
      ...(phase.workers === undefined ? [] : [`--maxWorkers=${phase.workers}`]),
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ])
    const text = await readFile(report, 'utf8').catch(() => undefined)
    if (text === undefined && exitCode === 0) return NOTHING
    return outcomeOf(text, exitCode, root)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function vitest(root: string, args: readonly string[]): Promise<number> {
  const entry = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  })
}

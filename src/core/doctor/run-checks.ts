import type { Check, Run } from './check.ts'
import { failed, type Line, type Outcome, skip } from './line.ts'
import { titleOf } from './titles.ts'

/**
 * Runs checks one after the other. A check whose basis failed is skipped and says which; one that breaks is a failure of
 * its own and stops nothing else.
 * @param tell is given each line as it begins and as it ends, and says whether the run should go on.
 */
export async function runChecks(
  checks: readonly Check[],
  run: Run,
  tell: (line: Line) => Promise<boolean>,
): Promise<Line[]> {
  const lines: Line[] = []
  for (const check of checks) {
    const missing = check.after.find((id) => !stands(lines.find((line) => line.id === id)))
    if (missing === undefined && !(await tell({ id: check.id, state: 'running', what: '' }))) return lines
    const outcome =
      missing === undefined
        ? await outcomeOf(check, run)
        : skip(`Not tried, since “${titleOf(missing)}” did not pass.`, 'not_tried')
    const line: Line = { id: check.id, ...outcome }
    lines.push(line)
    if (!(await tell(line))) return lines
  }
  return lines
}

function stands(line: Line | undefined): boolean {
  return line?.state === 'pass' || line?.state === 'warn'
}

async function outcomeOf(check: Check, run: Run): Promise<Outcome> {
  try {
    return await check.run(run)
  } catch (error) {
    // The message may hold what somebody sent; its kind is enough to go by.
    const kind = error instanceof Error ? error.name : 'unknown'
    return failed(
      'unexpected',
      `This check broke off (${kind}).`,
      'Run the doctor again. If it breaks off once more, give the code to whoever runs this service.',
    )
  }
}

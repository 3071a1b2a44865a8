import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { bugs } from '../simulator/bugs.ts'
import { added, many, type Totals } from '../simulator/many.ts'
import { report } from '../simulator/report.ts'
import { run } from '../simulator/run.ts'

/*
 * npm run sim -- --runs 100000            plays so many runs and prints every crash point that was hit
 * npm run sim -- --seed 4711              plays one run and says what it broke
 * npm run sim -- --bugs                   plays each seeded mistake until a promise breaks, 5,000 runs at most
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    bugs: { type: 'boolean', default: false },
  },
})
process.exitCode = values.bugs
  ? await eachBug()
  : values.seed === undefined
    ? await allRuns(Number(values.runs), Number(values.from))
    : await oneRun(Number(values.seed))

async function oneRun(seed: number): Promise<number> {
  const { violations, texts, ended } = await run(seed, new Map())
  process.stdout.write(
    `${JSON.stringify({ seed, texts, ended: Object.fromEntries(ended), violations }, null, 2)}\n`,
  )
  return violations.length === 0 ? 0 : 1
}

async function eachBug(): Promise<number> {
  let missed = 0
  for (const { name, about, make } of bugs) {
    const { runs, broken } = await many(1, 5_000, make, true)
    const [first] = broken
    if (!first) missed++
    const found = first ? `run ${runs}: ${first.violations[0]?.promised}` : 'NOT CAUGHT within 5,000 runs'
    process.stdout.write(`${name.padEnd(26)}${found}\n${''.padEnd(26)}(${about})\n`)
  }
  return missed === 0 ? 0 : 1
}

async function allRuns(runs: number, from: number): Promise<number> {
  const workers = Math.max(1, Math.min(availableParallelism(), Math.ceil(runs / 500)))
  const share = Math.ceil(runs / workers)
  const totals = added(
    await Promise.all(
      Array.from({ length: workers }, (_, at) =>
        inWorker(from + at * share, Math.min(share, runs - at * share)),
      ),
    ),
  )
  process.stdout.write(`${report(totals)}\n`)
  return totals.broken.length === 0 ? 0 : 1
}

function inWorker(from: number, runs: number): Promise<Totals> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('../simulator/worker.ts', import.meta.url), {
      workerData: { from, runs },
      execArgv: ['--import', 'tsx'],
    })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { build } from 'esbuild'
import { bugs } from '../simulator/bugs.ts'
import { readAim, type Way } from '../simulator/coverage.ts'
import { added, many, type Progress, type Totals } from '../simulator/many.ts'
import { report } from '../simulator/report.ts'
import { run } from '../simulator/run.ts'
import { buildOptions } from './build.ts'

/*
 * npm run sim -- --runs 100000            plays so many runs and prints every crash point that was hit
 * npm run sim -- --seed 4711              plays one run and says what it broke
 * npm run sim -- --seed 4711 --aim "deliver visits.replace: crash after"
 *                                         the same, with that fault where the run first comes to that await
 * npm run sim -- --bugs                   plays each seeded mistake until a promise breaks, 5,000 runs at most
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '5000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    aim: { type: 'string', multiple: true, default: [] },
    bugs: { type: 'boolean', default: false },
  },
})
process.exitCode = values.bugs
  ? await eachBug()
  : values.seed === undefined
    ? await allRuns(Number(values.runs), Number(values.from))
    : await oneRun({ seed: Number(values.seed), aims: values.aim.map(readAim) })

async function oneRun(way: Way): Promise<number> {
  const { violations, texts, ended } = await run(way, new Map())
  process.stdout.write(
    `${JSON.stringify({ ...way, texts, ended: Object.fromEntries(ended), violations }, null, 2)}\n`,
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
  const progress = Array.from({ length: workers }, (): Progress => ({ runs: 0, broken: 0 }))
  const tell = (worker: number, soFar: Progress) => {
    progress[worker] = soFar
    const [done, broken] = (['runs', 'broken'] as const).map((what) =>
      progress.reduce((sum, one) => sum + one[what], 0),
    )
    process.stderr.write(`${done} of ${runs} runs, ${broken} broke a promise\n`)
  }
  const folder = await mkdtemp(join(tmpdir(), 'simulator-'))
  const played = bundled(folder).then((file) =>
    Promise.all(
      progress.map((_, at) =>
        inWorker(file, from + at * share, Math.min(share, runs - at * share), (soFar) => tell(at, soFar)),
      ),
    ),
  )
  const totals = added(await played.finally(() => rm(folder, { recursive: true, force: true })))
  process.stdout.write(`${report(totals)}\n`)
  return totals.broken.length === 0 ? 0 : 1
}

/** The worker as one file: transformed once and without the names that tsx keeps, it plays a quarter faster. */
async function bundled(folder: string): Promise<URL> {
  const { entryPoints: _, splitting: _splitting, ...options } = buildOptions(folder)
  await build({ ...options, entryPoints: { worker: 'simulator/worker.ts' }, sourcemap: false })
  return pathToFileURL(join(folder, 'worker.mjs'))
}

function inWorker(
  file: URL,
  from: number,
  runs: number,
  onProgress: (soFar: Progress) => void,
): Promise<Totals> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: { from, runs }, execArgv: [] })
    worker.on('message', (said: Progress | { readonly totals: Totals }) =>
      'totals' in said ? resolve(said.totals) : onProgress(said),
    )
    worker.once('error', reject)
  })
}

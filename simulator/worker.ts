import { parentPort, workerData } from 'node:worker_threads'
import { many } from './many.ts'

/** One thread of `npm run sim`: its share of the seeds. It tells how far it is, and in the end what came of it. */
const { from, runs } = workerData as { from: number; runs: number }
const EVERY = 500
const totals = await many(from, runs, undefined, false, (soFar) => {
  if (soFar.runs % EVERY === 0) parentPort?.postMessage(soFar)
})
parentPort?.postMessage({ totals })

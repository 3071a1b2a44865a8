import { parentPort, workerData } from 'node:worker_threads'
import { many } from './many.ts'

/** One thread of `npm run sim`: its share of the seeds. */
const { from, runs } = workerData as { from: number; runs: number }
parentPort?.postMessage(await many(from, runs))

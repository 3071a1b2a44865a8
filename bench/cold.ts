import { execFile } from 'node:child_process'
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { buildOptions } from '../scripts/build.ts'
import { packageApp } from '../scripts/package.ts'
import { median } from './measuring/interleaved.ts'
import type { BenchResult } from './measuring/result.ts'

export const about =
  'start of a process to all functions registered: the packaged app against one bare function'

const ROUNDS = 24
const loader = fileURLToPath(new URL('./measuring/register-functions.mjs', import.meta.url))
const run = promisify(execFile)

/** The least that a function app can be: the library and one handler. */
const BARE = `import { app } from '@azure/functions'
app.http('ping', { handler: async () => ({ body: 'pong' }) })`

/** `ratio` = our time / the bare app's: 1 is as fast, less is faster; the aim is at most 2.5. */
export async function bench(): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'cold-'))
  try {
    const { entryPoints: _, ...options } = buildOptions(join(folder, 'bare'))
    const stdin = {
      contents: BARE,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
      loader: 'js' as const,
    }
    await build({ ...options, entryPoints: [], stdin, sourcemap: false })
    const { folder: packaged } = await packageApp(join(folder, 'ours'))
    const env = settings()
    const ours = () => start(join(packaged, 'dist/functions.mjs'), env)
    const bare = () => start(join(folder, 'bare/stdin.mjs'), env)
    const times = { ours: [] as number[], baseline: [] as number[] }
    let functions = 0
    // Whoever goes first changes with each round; the first two fill the file cache.
    for (let round = -2; round < ROUNDS; round++) {
      const order = round % 2 === 0 ? (['ours', 'baseline'] as const) : (['baseline', 'ours'] as const)
      for (const side of order) {
        const started = await (side === 'ours' ? ours() : bare())
        if (side === 'ours') functions = started.functions
        if (round >= 0) times[side].push(started.milliseconds)
      }
    }
    const [mine, theirs] = [median(times.ours), median(times.baseline)]
    return { ours: mine, baseline: theirs, ratio: mine / theirs, unit: 'ms', rounds: ROUNDS, functions }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function start(file: string, env: Record<string, string>) {
  const { stdout } = await run(process.execPath, [loader, file], { env: { PATH: process.env.PATH, ...env } })
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as { functions: number; milliseconds: number }
}

/** Settings that are complete, of a deployment that does not exist. */
function settings(): Record<string, string> {
  const key = () => randomBytes(32).toString('base64')
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  return {
    GEOGRAPHY: 'amer',
    PUBLIC_URL: 'https://visits.example.org',
    ALLOWED_TENANTS: '11111111-1111-1111-1111-111111111111',
    ENTRA_CLIENT_ID: '33333333-3333-3333-3333-333333333333',
    ACS_ENDPOINT: 'https://sample.unitedstates.communication.azure.com',
    STAMP_SECRET: key(),
    FIELD_KEY: key(),
    LINK_KEY: key(),
    SESSION_KEY: key(),
    CLIENT_ASSERTION_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    AzureWebJobsStorage__accountName: 'sample',
  }
}

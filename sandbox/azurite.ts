import { type ChildProcess, fork } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClockWithFollowers } from './clock/clock.ts'
import { clockEnvironment, PRELOAD } from './clock/preload.ts'

type Service = 'blob' | 'queue' | 'table'
const SERVICES: readonly Service[] = ['blob', 'queue', 'table']

/** Azurite's documented development account; the key is public ("Azurite: well-known storage account and key"). */
const ACCOUNT = 'devstoreaccount1'
const ACCOUNT_KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=='

export type Azurite = {
  /** For AzureWebJobsStorage and every storage client, with explicit endpoints on 127.0.0.1. */
  readonly connectionString: string
  readonly ports: Readonly<Record<Service, number>>
  close(): Promise<void>
}

export type AzuriteOptions = {
  /** Absent = a free port for each. */
  readonly ports?: Partial<Record<Service, number>>
  /** Where the data is kept; absent = in memory. */
  readonly dir?: string
  readonly clock?: ClockWithFollowers
}

/**
 * Starts Azurite's three services in one child process that follows the sandbox clock, on 127.0.0.1 only, and resolves
 * when all three listen. Rejects with a message that names the port and its setting where a port is taken.
 */
export async function startAzurite(options: AzuriteOptions = {}): Promise<Azurite> {
  const scratch = options.dir ?? (await mkdtemp(join(tmpdir(), 'azurite-')))
  if (options.dir) await mkdir(options.dir, { recursive: true })
  const ports = { blob: 0, queue: 0, table: 0, ...options.ports }
  const child = fork(
    createRequire(import.meta.url).resolve('azurite/dist/src/azurite.js'),
    flags(options.dir, ports),
    {
      cwd: scratch,
      env: { PATH: process.env.PATH, HOME: scratch, ...clockEnvironment() },
      execArgv: [...PRELOAD],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl+C goes to the terminal's whole group: storage has to outlive what uses it, and ends when it is told.
      detached: process.platform !== 'win32',
    },
  )
  options.clock?.register(child)
  const close = async () => {
    await stop(child)
    if (!options.dir) await rm(scratch, { recursive: true, force: true })
  }
  try {
    const listening = await whenListening(child, ports)
    return { connectionString: developmentStorage(listening), ports: listening, close }
  } catch (error) {
    await close()
    throw error
  }
}

function flags(dir: string | undefined, ports: Record<Service, number>): string[] {
  const listen = SERVICES.flatMap((name) => [
    `--${name}Host`,
    '127.0.0.1',
    `--${name}Port`,
    String(ports[name]),
  ])
  const where = dir ? ['--location', dir] : ['--inMemoryPersistence']
  return [
    ...listen,
    ...where,
    '--silent',
    '--skipApiVersionCheck',
    '--disableTelemetry',
    '--disableProductStyleUrl',
  ]
}

/** What a storage client is given for an Azurite on these ports, also for one that somebody else started. */
export function developmentStorage(ports: Readonly<Record<Service, number>>): string {
  const endpoint = (name: string, port: number) => `${name}Endpoint=http://127.0.0.1:${port}/${ACCOUNT};`
  return (
    `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${ACCOUNT_KEY};` +
    endpoint('Blob', ports.blob) +
    endpoint('Queue', ports.queue) +
    endpoint('Table', ports.table)
  )
}

/** Reads the ports from Azurite's own lines "Azurite Blob service is successfully listening at http://127.0.0.1:NNN". */
function whenListening(
  child: ChildProcess,
  asked: Record<Service, number>,
): Promise<Record<Service, number>> {
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8_000)
      const found = SERVICES.map((name) => [name, portOf(output, name)] as const)
      if (found.every(([, port]) => port !== undefined)) {
        resolve(Object.fromEntries(found) as Record<Service, number>)
      }
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(explain(output, asked))))
  })
}

function portOf(output: string, name: Service): number | undefined {
  const match = new RegExp(`${name} service is successfully listening at \\S+:(\\d+)`, 'i').exec(output)
  return match ? Number(match[1]) : undefined
}

function explain(output: string, asked: Record<Service, number>): string {
  const taken = /EADDRINUSE\D*[\d.]+:(\d+)/.exec(output)?.[1]
  const name = SERVICES.find((service) => String(asked[service]) === taken)
  if (!taken || !name)
    return `Azurite stopped while starting: ${output.trim().split('\n').at(-1) ?? 'no output'}`
  return (
    `Port ${taken} is taken by another program, and the storage emulator's ${name} service needs it. ` +
    `Stop that program or choose another port with AZURITE_${name.toUpperCase()}_PORT.`
  )
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), 3_000)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

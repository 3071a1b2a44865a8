import { type ChildProcess, fork } from 'node:child_process'
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ClockWithFollowers } from '../clock/clock.ts'
import { clockEnvironment, PRELOAD } from '../clock/preload.ts'

export type SpawnedHost = {
  /** `http://localhost:{port}` */
  readonly url: string
  readonly port: number
  /** Every line that the host and the app wrote so far, stdout and stderr. */
  logs(): string[]
  /** Runs a timer, queue or Event Grid function now; resolves when the host has accepted it, not when it has run. */
  invoke(name: string, input?: unknown): Promise<void>
  /** A crash: SIGKILL unless another signal is given. Resolves when the process is gone. */
  kill(signal?: NodeJS.Signals): Promise<void>
  /** A graceful stop: running functions end first, within a bound. */
  close(): Promise<void>
}

export type SpawnHostOptions = {
  /** The folder of host.json and package.json. */
  readonly appRoot: string
  /** Absent = a free port. */
  readonly port?: number
  /** The app's settings. Nothing of this process's environment is passed on but PATH and HOME. */
  readonly env: Readonly<Record<string, string>>
  readonly clock?: ClockWithFollowers
  /** Receives each log line as it comes. */
  readonly onLog?: (line: string) => void
}

const CLOSE_WITHIN_MS = 12_000

/**
 * Starts the local host as a child process that follows the sandbox clock and ends with its parent. Resolves when its
 * functions are loaded and it listens; rejects with the host's or the app's own message where that fails.
 */
export async function spawnHost(options: SpawnHostOptions): Promise<SpawnedHost> {
  const child = fork(
    fileURLToPath(new URL('./main.ts', import.meta.url)),
    ['--app', options.appRoot, '--port', String(options.port ?? 0)],
    {
      cwd: options.appRoot,
      env: { ...inherited(), ...options.env, ...clockEnvironment() },
      execArgv: ['--import', compiler(), ...PRELOAD],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl+C goes to the terminal's whole group; who started the host stops it in its turn.
      detached: process.platform !== 'win32',
    },
  )
  options.clock?.register(child)
  const lines = collectLines(child, options.onLog)
  const port = await whenReady(child)
  const url = `http://localhost:${port}`
  return {
    url,
    port,
    logs: () => [...lines],
    async invoke(name, input) {
      const response = await fetch(`${url}/admin/functions/${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input === undefined ? {} : { input: asText(input) }),
      })
      if (response.status !== 202) throw new Error(`Running ${name} was answered ${response.status}`)
    },
    kill: (signal = 'SIGKILL') => end(child, signal),
    close: () => end(child, 'SIGTERM'),
  }
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'NODE_EXTRA_CA_CERTS'] as const
  return Object.fromEntries(names.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
}

/** tsx, by its place on disk: the child's working folder is the app's. */
function compiler(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
}

function asText(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input)
}

function collectLines(child: ChildProcess, onLog: ((line: string) => void) | undefined): string[] {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      onLog?.(line)
    })
  }
  return lines
}

function whenReady(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('message', (message: { type?: string; port?: number; message?: string }) => {
      if (message.type === 'ready' && message.port !== undefined) resolve(message.port)
      if (message.type === 'failed') reject(new Error(message.message))
    })
    child.once('error', reject)
    child.once('exit', (code, signal) =>
      reject(new Error(`The functions host ended while starting (${signal ?? code})`)),
    )
  })
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const force = setTimeout(() => child.kill('SIGKILL'), CLOSE_WITHIN_MS)
    child.once('exit', () => {
      clearTimeout(force)
      resolve()
    })
    child.kill(signal)
  })
}

import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { buildApp } from '../scripts/build.ts'
import { type Ports, portsFrom, takenPorts } from './ports.ts'
import { startSandbox } from './sandbox.ts'
import { startWithoutSandbox } from './without-sandbox.ts'

const HELP = `npm start [-- options]

  --no-sandbox   the app with Azurite alone; settings from local.settings.json or the environment
  --port N       the app's port (default 7071; other ports by environment, see README)
`

const OPTIONS = {
  sandbox: { type: 'boolean', default: true },
  port: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS, allowNegative: true })
  if (values.help) return say(HELP)
  const ports = portsFrom({ ...process.env, ...(values.port ? { PORT: values.port } : {}) })
  return values.sandbox ? withSandbox(ports) : withoutSandbox(ports)
}

async function withoutSandbox(ports: Ports): Promise<void> {
  say('Building …')
  await buildApp()
  const running = await startWithoutSandbox(ports, say)
  say(`The app        ${running.url}\nHealth         ${running.url}/health\n\nStop with Ctrl+C.`)
  stopAtSignal(running.close)
}

async function withSandbox(ports: Ports): Promise<void> {
  const taken = await takenPorts(ports, Object.keys(ports) as (keyof Ports)[])
  if (taken.length > 0) throw new Error(taken.join('\n'))
  const dir = fileURLToPath(new URL('../.data/sandbox', import.meta.url))
  say('Building …')
  await buildApp()
  say('Starting the sandbox …')
  await mkdir(dir, { recursive: true })
  const logFile = createWriteStream(join(dir, 'app.log'))
  const onLog = (line: string) => {
    logFile.write(`${line}\n`)
    if (/^\[[^\]]*\] (Warning|Error|Critical)/.test(line)) say(line)
  }
  const sandbox = await startSandbox({ ports, dir, onLog, emails: true })
  // The first look records what is there; from then on, what is booked in the console is texted.
  await sandbox.host.invoke('sweepTimer')
  say(
    [
      '',
      `Console        ${sandbox.consoleUrl}     board, phone, clock and faults: begin here`,
      `The app        ${sandbox.appUrl}`,
      `Portal         ${sandbox.appUrl}/portal     sign in as Grace Lindqvist to set up an empty organization`,
      `Health         ${sandbox.appUrl}/health`,
      `EHR            ${sandbox.ehr.fhirBaseUrl}     Northwind Health, set up`,
      `               ${sandbox.woodgroveEhr.fhirBaseUrl}     Woodgrove Clinics, to be set up`,
      'Log            .data/sandbox/app.log',
      '',
      'All people and appointments are synthetic. Stop with Ctrl+C.',
    ].join('\n'),
  )
  stopAtSignal(sandbox.close)
}

/**
 * Stops at Ctrl+C, and when whoever started this is gone: npm hands a SIGTERM on to its shell, which ends and tells
 * nobody. A second signal does not wait for what the first one has asked for.
 */
function stopAtSignal(close: () => Promise<unknown>): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    if (!stopping) stop()
  }, 1_000)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})

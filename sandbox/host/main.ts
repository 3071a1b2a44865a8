import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { startHost } from './host.ts'
import { loadLocalSettings } from './settings.ts'

/** How long running functions may take to end after SIGTERM. */
const STOP_WITHIN_MS = 10_000

/**
 * `main.ts --app DIR --port N`: the local Functions host as a process. Settings are the environment, filled up from
 * local.settings.json. Where a parent forked it, it says `{ type: 'ready', port }` or `{ type: 'failed', message }`.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { app: { type: 'string', default: '.' }, port: { type: 'string' } },
  })
  const appRoot = resolve(values.app)
  loadLocalSettings(appRoot, process.env)
  const port = Number(values.port ?? process.env.PORT ?? 7071)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error('--port must be a number from 0 to 65535')
  const host = await startHost({
    appRoot,
    port,
    settings: process.env,
    write: (line) => process.stdout.write(`${line}\n`),
  })
  let stopping = false
  const stop = () => {
    if (stopping) return
    stopping = true
    host.close(STOP_WITHIN_MS).then(
      () => process.exit(0),
      () => process.exit(1),
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  process.send?.({ type: 'ready', port: host.port })
}

main().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`${error instanceof Error ? error.stack : message}\n`)
  if (process.send) process.send({ type: 'failed', message }, () => process.exit(1))
  else process.exit(1)
})

import { createHash } from 'node:crypto'
import { QueueClient } from '@azure/storage-queue'
import { provideCoreApi, runHooks } from './core-api.ts'
import { type HostJson, readHostJson } from './host-json.ts'
import { dispatch } from './http-dispatch.ts'
import { createRoutes } from './http-routes.ts'
import { listenOnLoopback } from './http-server.ts'
import { createInvoker, type Invoker } from './invocation.ts'
import { loadApp } from './load-app.ts'
import { createLog, type Log, levelOf } from './logging.ts'
import { parseSchedule, type Schedule } from './ncrontab.ts'
import { startQueueListener } from './queue-listener.ts'
import { connectionString, resolveExpression, type Settings } from './settings.ts'
import { openTimerStorage } from './timer-storage.ts'
import { startTimers } from './timers.ts'
import { ofType, type TriggeredFunction } from './triggers.ts'

export type Host = {
  readonly port: number
  /** Takes no new work, lets running functions end within the bound (milliseconds), and closes. */
  close(withinMs: number): Promise<void>
}

type Stoppable = { stop(): Promise<void> }

/** Loads the app and starts everything its functions need. Rejects with a message a person can act on. */
export async function startHost(options: {
  readonly appRoot: string
  readonly port: number
  readonly settings: Settings
  readonly write: (line: string) => void
}): Promise<Host> {
  const { appRoot, settings } = options
  const now = () => new Date()
  const hostJson = readHostJson(appRoot)
  const log = createLog(hostJson.logging.logLevel, options.write)
  const registry = provideCoreApi((level, message) => log(levelOf(level), 'Worker', message))
  const { model, functions } = await loadApp(appRoot, registry)
  const invoker = createInvoker(registry, model, log)
  const findRoute = createRoutes(ofType(functions, 'httpTrigger'), hostJson.extensions.http.routePrefix, log)
  const { port, servers } = await listenOnLoopback(
    dispatch({ functions, findRoute, invoker, now, log }),
    options.port,
  )
  const identity = { hostId: digest(appRoot), leaseId: asUuid(digest(`${appRoot}:${port}`)) }
  const stops: Stoppable[] = []
  try {
    stops.push(...startQueues(functions, settings, hostJson, invoker, log))
    stops.push(...(await startAllTimers(functions, settings, identity, invoker, now, log)))
  } catch (error) {
    for (const server of servers) server.close()
    await Promise.all(stops.map((each) => each.stop()))
    throw error
  }
  log('Information', 'Host.Startup', `${functions.length} functions loaded`)
  return {
    port,
    async close(withinMs) {
      for (const server of servers) server.close()
      const ended = Promise.all([...stops.map((each) => each.stop()), invoker.idle()])
      await atMost(
        withinMs,
        ended.then(() => runHooks(registry, 'appTerminate', { hookData: {} })),
      )
      for (const server of servers) server.closeAllConnections()
    },
  }
}

function startQueues(
  functions: readonly TriggeredFunction[],
  settings: Settings,
  hostJson: HostJson,
  invoker: Invoker,
  log: Log,
): Stoppable[] {
  const plans = ofType(functions, 'queueTrigger').map(({ fn, trigger }) => ({
    fn,
    name: resolveExpression(trigger.queueName, settings),
    connection: connectionString(trigger.connection, settings),
  }))
  return plans.map(({ fn, name, connection }) =>
    startQueueListener({
      queue: new QueueClient(connection, name),
      poison: name.endsWith('-poison') ? undefined : new QueueClient(connection, `${name}-poison`),
      settings: hostJson.extensions.queues,
      handle: async (call) =>
        (await invoker.invoke(fn, { reason: `New queue message on '${name}'`, ...call })).ok,
      log,
    }),
  )
}

async function startAllTimers(
  functions: readonly TriggeredFunction[],
  settings: Settings,
  { hostId, leaseId }: { hostId: string; leaseId: string },
  invoker: Invoker,
  now: () => Date,
  log: Log,
): Promise<Stoppable[]> {
  const jobs = ofType(functions, 'timerTrigger').map(({ name, fn, trigger }) => ({
    name,
    schedule: occurring(parseSchedule(resolveExpression(trigger.schedule, settings)), now()),
    useMonitor: trigger.useMonitor,
    runOnStartup: trigger.runOnStartup,
    run: async (data: { readonly json?: string }, isPastDue: boolean) => {
      await invoker.invoke(fn, { reason: isPastDue ? 'Timer past due' : 'Timer fired', data })
    },
  }))
  if (jobs.length === 0) return []
  const storage = await openTimerStorage(connectionString('AzureWebJobsStorage', settings), hostId, leaseId)
  return [startTimers(jobs, storage, now, log)]
}

/** A schedule that never occurs (30 February) stops the start instead of a timer later. */
function occurring(schedule: Schedule, now: Date): Schedule {
  schedule.next(now)
  return schedule
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

function asUuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

async function atMost(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const bound = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, bound])
  clearTimeout(timer)
}

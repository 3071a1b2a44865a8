import type { RpcData } from './core-api.ts'
import type { Log } from './logging.ts'
import { isTooFrequentToMonitor, type Schedule } from './ncrontab.ts'
import { afterRun, firstStatus, onStart, type ScheduleStatus, timerInput } from './timer-status.ts'
import type { TimerStorage } from './timer-storage.ts'

export type TimerJob = {
  readonly name: string
  readonly schedule: Schedule
  readonly useMonitor: boolean
  readonly runOnStartup: boolean
  run(input: RpcData, isPastDue: boolean): Promise<void>
}

/** How often the clock is read again: it may jump. */
const POLL_MS = 250
/** A step of the clock between two readings beyond which a passed occurrence counts as missed. */
const JUMP_MS = 5_000
const RENEW_MS = 5_000
const ACQUIRE_MS = 2_000

/**
 * Runs timers, each only while this host holds its lease. An occurrence that the clock jumped over, or that passed
 * while no host ran, is caught up by one run with IsPastDue true. Runs of one timer never overlap.
 */
export function startTimers(jobs: readonly TimerJob[], storage: TimerStorage, now: () => Date, log: Log) {
  const stopping = new AbortController()
  const loops = jobs.map((job) => listen(job, storage, now, log, stopping.signal))
  return {
    /** Stops scheduling and, after the running invocations have ended, gives the leases back. */
    async stop(): Promise<void> {
      stopping.abort()
      await Promise.all(loops)
    },
  }
}

async function listen(
  job: TimerJob,
  storage: TimerStorage,
  now: () => Date,
  log: Log,
  stopping: AbortSignal,
): Promise<void> {
  const timer = createTimer(job, storage, now, log)
  while (!stopping.aborted) {
    try {
      await timer.tick()
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      log('Error', 'Host.Triggers.Timer', `Timer '${job.name}': ${text}`)
    }
    await pause(POLL_MS, stopping)
  }
  await timer.close()
}

function createTimer(job: TimerJob, storage: TimerStorage, now: () => Date, log: Log) {
  const monitored = job.useMonitor && !isTooFrequentToMonitor(job.schedule, now())
  let status: ScheduleStatus | undefined
  let running: Promise<void> | undefined
  let seen = now()
  let missed = false
  let leaseCheckedAt = Number.NEGATIVE_INFINITY

  /** The lease is kept by real time, and proved again before each run because a clock jump may have ended it. */
  async function holdsLease(proveNow: boolean): Promise<boolean> {
    const since = performance.now() - leaseCheckedAt
    if (status === undefined) {
      if (since < ACQUIRE_MS) return false
      leaseCheckedAt = performance.now()
      return storage.acquire(job.name)
    }
    if (!proveNow && since < RENEW_MS) return true
    leaseCheckedAt = performance.now()
    return storage.renew(job.name)
  }

  async function begin(at: Date): Promise<void> {
    if (!monitored) {
      status = firstStatus(job.schedule, at)
      if (job.runOnStartup) run(at, false)
      return
    }
    const start = onStart(await storage.load(job.name), job.schedule, at)
    if (start.changed) await storage.save(job.name, start.status)
    status = start.status
    if (start.isPastDue || job.runOnStartup) run(at, start.isPastDue)
  }

  function run(at: Date, isPastDue: boolean): void {
    const input = timerInput(monitored ? status : undefined, isPastDue)
    const done = afterRun(job.schedule, at)
    status = done
    missed = false
    running = job
      .run(input, isPastDue)
      .then(() => (monitored ? storage.save(job.name, done) : undefined))
      .catch((error: unknown) => log('Error', 'Host.Triggers.Timer', `Timer '${job.name}': ${String(error)}`))
      .finally(() => {
        running = undefined
      })
  }

  return {
    async tick(): Promise<void> {
      const at = now()
      const jumped = at.getTime() - seen.getTime() > JUMP_MS
      seen = at
      const due = status !== undefined && at >= status.next
      if (due && jumped) missed = true
      if (!(await holdsLease(due && !running))) {
        status = undefined
        return
      }
      if (!status) await begin(at)
      else if (due && !running) run(at, missed)
    },
    async close(): Promise<void> {
      await running
      if (status) await storage.release(job.name).catch(() => {})
    },
  }
}

function pause(ms: number, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    stopping.addEventListener('abort', done)
    if (stopping.aborted) done()
  })
}

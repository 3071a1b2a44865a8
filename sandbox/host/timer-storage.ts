import { HOST_CONTAINER, openContainer } from './blob-container.ts'
import { parseStatus, type ScheduleStatus, statusJson } from './timer-status.ts'

/** The shortest lease that the Blob service gives: a crashed host's timers stand still for at most this long. */
const LEASE_SECONDS = 15

/** Where a timer's status and its singleton lock live. */
export type TimerStorage = {
  /** True while this host may run the timer; another host's lease makes it false. */
  acquire(timer: string): Promise<boolean>
  renew(timer: string): Promise<boolean>
  release(timer: string): Promise<void>
  load(timer: string): Promise<ScheduleStatus | undefined>
  save(timer: string, status: ScheduleStatus): Promise<void>
}

/**
 * Timer storage in the blob container of the real host, with its blob names. `leaseId` tells hosts apart: a host that
 * crashed and comes back on the same port has the same id and takes its locks back at once.
 */
export async function openTimerStorage(
  connectionString: string,
  hostId: string,
  leaseId: string,
): Promise<TimerStorage> {
  const container = openContainer(connectionString, HOST_CONTAINER)
  await container.create()
  const lock = (timer: string) => `locks/${hostId}/Host.Functions.${timer}.Listener`
  const status = (timer: string) => `timers/${hostId}/Host.Functions.${timer}/status`
  return {
    acquire: async (timer) => {
      await container.touch(lock(timer))
      return container.acquireLease(lock(timer), leaseId, LEASE_SECONDS)
    },
    renew: (timer) => container.renewLease(lock(timer), leaseId),
    release: (timer) => container.releaseLease(lock(timer), leaseId),
    load: async (timer) => {
      const text = await container.read(status(timer))
      return text === undefined ? undefined : parseStatus(text)
    },
    save: (timer, value) => container.write(status(timer), JSON.stringify(statusJson(value))),
  }
}

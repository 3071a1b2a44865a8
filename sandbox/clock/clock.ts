import type { ChildProcess } from 'node:child_process'
import type { SandboxClock } from '../contracts.ts'
import { getOffset, setOffset } from './shim.mjs'

/** A clock that forked servers follow; startAzurite and spawnHost register themselves. */
export type ClockWithFollowers = SandboxClock & {
  /**
   * Makes a child that was forked with the shim preloaded (see preload.ts) follow this clock until it exits.
   * Children move in the order of registration: register storage before what uses it.
   */
  register(child: ChildProcess): void
}

const ACKNOWLEDGE_WITHIN_MS = 5_000

/**
 * The sandbox's clock. `advance` first moves this process (the stand-ins), then every registered child in turn, and
 * resolves when all have acknowledged. It only moves forward: a negative or non-finite step is a RangeError.
 * Two advances at once are done one after the other.
 */
export function createClock(): ClockWithFollowers {
  const followers = new Set<ChildProcess>()
  let last: Promise<void> = Promise.resolve()

  async function move(ms: number): Promise<void> {
    const offsetMs = getOffset() + ms
    setOffset(offsetMs)
    for (const child of followers) await tell(child, offsetMs)
  }

  return {
    now: () => new Date(),
    get offsetMs() {
      return getOffset()
    },
    advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) {
        return Promise.reject(new RangeError('The sandbox clock moves forward only'))
      }
      const moved = last.then(() => move(ms))
      last = moved.catch(() => {})
      return moved
    },
    register(child) {
      followers.add(child)
      child.once('exit', () => followers.delete(child))
    },
  }
}

/** Sends the offset and waits for the acknowledgement; a child that has exited or exits meanwhile counts as done. */
function tell(child: ChildProcess, offsetMs: number): Promise<void> {
  if (!child.connected) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      finish(new Error(`Process ${child.pid} did not follow the sandbox clock`))
    }, ACKNOWLEDGE_WITHIN_MS)
    const onMessage = (message: unknown) => {
      if (isAcknowledgement(message, offsetMs)) finish()
    }
    const onExit = () => finish()
    function finish(error?: Error): void {
      clearTimeout(timer)
      child.off('message', onMessage)
      child.off('exit', onExit)
      if (error) reject(error)
      else resolve()
    }
    child.on('message', onMessage)
    child.once('exit', onExit)
    child.send({ type: 'clock', offsetMs }, (error) => {
      if (error) finish()
    })
  })
}

function isAcknowledgement(message: unknown, offsetMs: number): boolean {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    message.type === 'clock-set' &&
    'offsetMs' in message &&
    message.offsetMs === offsetMs
  )
}

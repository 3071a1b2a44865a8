import type { Process, Trouble } from './process.ts'
import { process } from './process.ts'
import type { World } from './world.ts'

/** What the host and its queues promise: at least once, in any order, five times at most. */
export type Line<Message> = {
  put(message: Message, delaySeconds?: number): void
  /** Messages that wait or are being worked on. */
  readonly waiting: number
  readonly poison: Message[]
}

/** Seconds: host.json's visibilityTimeout after a failure, and how long a crashed instance hides its message. */
const AFTER_FAILURE = 30
const AFTER_CRASH = 600
const MOST_TRIES = 5

/**
 * A queue with its trigger. A message is worked on by a process of its own; one that is slow may meet its own copy.
 * @param work throws where the invocation failed.
 */
export function line<Message>(
  world: World,
  trouble: Trouble,
  kind: string,
  work: (message: Message, of: Process) => Promise<void>,
): Line<Message> {
  const { random } = trouble
  const poison: Message[] = []
  let waiting = 0
  const show = (message: Message, tries: number, inSeconds: number): void => {
    const seen = () => {
      let over = false
      const end = (again?: number) => {
        if (over) return
        over = true
        if (again === undefined) waiting--
        else if (tries >= MOST_TRIES) {
          waiting--
          poison.push(message)
        } else show(message, tries + 1, again)
      }
      const one = process(world, trouble, kind, () => end(AFTER_CRASH))
      // A network that is slow to delete shows a message once more, while it is still worked on or later.
      if (trouble.rate > 0 && random.chance(0.05)) {
        waiting++
        show(message, 1, random.between(0, 400))
      }
      // What is thrown after the process died is nobody's any more.
      void work(message, one).then(
        () => end(),
        () => end(AFTER_FAILURE),
      )
    }
    world.after(inSeconds * 1000 + random.between(1, 2_000), seen)
  }
  return {
    put(message, delaySeconds = 0) {
      waiting++
      show(message, 1, delaySeconds)
    },
    get waiting() {
      return waiting
    },
    poison,
  }
}

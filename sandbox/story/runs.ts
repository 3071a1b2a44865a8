import type { Sandbox } from '../sandbox.ts'

type Worked = 'confirmations' | 'reminders'
type Watched = Pick<Sandbox, 'host' | 'storage'>

/** How often the function of a queue began or ended, from the host's own log; `outcome` is what stands behind its name. */
export function runsOf(
  { host }: Pick<Watched, 'host'>,
  queue: Worked,
  word: 'Executing' | 'Executed',
  outcome = '',
): number {
  return host.logs().filter((line) => line.includes(`${word} 'Functions.${queue}'${outcome}`)).length
}

/**
 * Whether no message of a queue is visible or being worked on. One that was just taken is neither visible nor logged yet:
 * after something was queued, more runs have to be waited for as well.
 */
export async function isIdle(sandbox: Watched, queue: Worked): Promise<boolean> {
  const { peekedMessageItems } = await sandbox.storage.queue(queue).peekMessages()
  const over = runsOf(sandbox, queue, 'Executing') === runsOf(sandbox, queue, 'Executed')
  return peekedMessageItems.length === 0 && over
}

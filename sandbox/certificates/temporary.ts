import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const PREFIX = 'sandbox-certificates-'
const DAY = 86_400_000
const made = new Set<string>()

/**
 * A new private folder that goes when the process exits. A process that is killed cannot tidy up, so what others left
 * behind more than a day ago goes too.
 */
export function temporaryFolder(now: Date): string {
  if (made.size === 0) {
    removeForgotten(now)
    process.once('exit', () => {
      for (const folder of made) remove(folder)
    })
  }
  const folder = mkdtempSync(join(tmpdir(), PREFIX))
  made.add(folder)
  return folder
}

function removeForgotten(now: Date): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name)
    if (name.startsWith(PREFIX) && ageOf(folder, now) > DAY) remove(folder)
  }
}

/** In milliseconds; 0 for what is gone already. */
function ageOf(folder: string, now: Date): number {
  const changed = statSync(folder, { throwIfNoEntry: false })?.mtimeMs
  return changed === undefined ? 0 : now.getTime() - changed
}

/** Another user's folder stays where it is. */
function remove(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true })
  } catch {}
}

import { fileURLToPath, pathToFileURL } from 'node:url'
import { getOffset } from './shim.mjs'

const file = (name: string) => pathToFileURL(fileURLToPath(new URL(name, import.meta.url))).href

/** Node flags that make a forked server follow the sandbox clock and leave when its parent dies. */
export const PRELOAD: readonly string[] = [
  '--import',
  file('./shim.mjs'),
  '--import',
  file('./leave-with-parent.mjs'),
]

/** The environment that {@link PRELOAD} needs: the clock as it stands now. */
export function clockEnvironment(): { CLOCK_OFFSET_MS: string } {
  return { CLOCK_OFFSET_MS: String(getOffset()) }
}

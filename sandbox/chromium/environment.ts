import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter } from 'node:path'
import type { Unpacked } from './unpack.ts'

type Environment = Record<string, string>

/**
 * What the browser's process is given so that it starts on a bare system too: the package's libraries where the
 * system's own are not all there, and its font where no font is set up. Throws a sentence that names what is missing
 * all the same.
 */
export async function chromiumEnvironment(unpacked: Unpacked): Promise<Environment> {
  const environment: Environment = {}
  for (const [name, value] of Object.entries(process.env)) if (value !== undefined) environment[name] = value
  if (!existsSync('/etc/fonts/fonts.conf')) environment.FONTCONFIG_PATH ??= unpacked.fonts
  if ((await missingLibraries(unpacked.executable, environment)).length === 0) return environment
  const folders = [unpacked.libraries, environment.LD_LIBRARY_PATH].filter(Boolean)
  const withOwn = { ...environment, LD_LIBRARY_PATH: folders.join(delimiter) }
  const missing = await missingLibraries(unpacked.executable, withOwn)
  if (missing.length === 0) return withOwn
  throw new Error(
    `The headless browser needs shared libraries that this system lacks: ${missing.join(', ')}. ` +
      'Install them, or set CHROMIUM_PATH to a Chromium or Chrome of your own.',
  )
}

/** Names of shared libraries that the dynamic linker does not find; none where there is no ldd to ask. */
function missingLibraries(executable: string, env: Environment): Promise<string[]> {
  return new Promise((resolve) => {
    execFile('ldd', [executable], { env }, (_error, output) => {
      resolve(notFound(output))
    })
  })
}

/** From lines such as `libnss3.so => not found`; a library can be named more than once. */
export function notFound(lddOutput: string): string[] {
  const names = [...lddOutput.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name ?? '')
  return [...new Set(names)]
}

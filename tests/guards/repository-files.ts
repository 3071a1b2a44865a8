import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../../', import.meta.url))

const BINARY = /\.(png|jpe?g|gif|ico|woff2?|zip|tgz|pdf)$/
const IGNORED = /(^|\/)(node_modules|dist|\.data|\.git|coverage|out)\//

/**
 * Every text file of the repository with its text, those included that are not committed yet. Where there is no git
 * (an unpacked archive), everything but what is built or installed.
 */
export function textFiles(): { path: string; text: string }[] {
  return listed()
    .filter((path) => !BINARY.test(path) && existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

function listed(): string[] {
  try {
    // A checkout that belongs to another user is read as well: nothing of it is run.
    const args = ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard']
    return [
      ...new Set(
        execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split(
          '\0',
        ),
      ),
    ].filter(Boolean)
  } catch {
    return globSync('**/*', { cwd: root, exclude: (path) => IGNORED.test(`${String(path)}/`) })
      .map((path) => path.replaceAll('\\', '/'))
      .filter((path) => /\.[a-z]+$/i.test(path))
  }
}

/** What is wrong in which file, at which line: an empty list is what a guard wants. */
export function hits(files: readonly { path: string; text: string }[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    text
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [],
      ),
  )
}

export type Import = { readonly from: string; readonly typeOnly: boolean }

/** What a module imports, statically and by import(), as it is written there. */
export function importsOf(text: string): Import[] {
  const found: Import[] = []
  for (const [, type, from = ''] of text.matchAll(
    /^\s*(?:import|export)\s+(type\s)?[^;'"`]*?from\s+['"]([^'"]+)['"]/gm,
  ))
    found.push({ from, typeOnly: type !== undefined })
  for (const [, from = ''] of text.matchAll(/^\s*import\s+['"]([^'"]+)['"]/gm))
    found.push({ from, typeOnly: false })
  for (const [, before, from = ''] of text.matchAll(/(typeof\s+)?\bimport\(\s*['"]([^'"]+)['"]/g))
    found.push({ from, typeOnly: before !== undefined })
  return found
}

import { createHash } from 'node:crypto'

const known = new Map<string, string>()

/**
 * The hash by which a Content-Security-Policy allows one inlined stylesheet or script, without its quotes:
 * `sha256-<base64>` (CSP Level 3, "hash-source"). Computed once for each text; only constants are passed here.
 */
export function cspHash(text: string): string {
  const found = known.get(text)
  if (found !== undefined) return found
  const hash = `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`
  known.set(text, hash)
  return hash
}

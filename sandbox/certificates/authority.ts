import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Certificate, Now } from '../contracts.ts'
import { issue } from './issue.ts'
import { temporaryFolder } from './temporary.ts'
import { usable } from './usable.ts'

const FILES = { ca: 'ca.pem', cert: 'server.pem', key: 'server.key' } as const

/**
 * The certificate that every https stand-in presents (localhost, 127.0.0.1, ::1), and the file of the authority that
 * signed it, for `NODE_EXTRA_CA_CERTS`.
 *
 * With `dir`, what an earlier start made there is used again while it is good for a month more; otherwise both are made
 * anew. Without `dir` they live in a folder of the system's temporary directory until the process ends.
 * Files are readable by their owner alone. The authority's own key is never written: trusting ca.pem trusts this one
 * server certificate and nothing that could be signed later.
 *
 * `now` is the machine's clock by default, not the sandbox's: it is the machine's clock that TLS checks against.
 */
export async function certificateFor(
  dir: string | undefined,
  now: Now = () => new Date(),
): Promise<Certificate & { caFile: string }> {
  const folder = dir ?? temporaryFolder(now())
  mkdirSync(folder, { recursive: true })
  const caFile = join(folder, FILES.ca)
  const kept = read(folder)
  if (kept !== undefined && usable(kept, now())) return { ...kept, caFile }
  const made = await issue(now())
  for (const name of ['ca', 'cert', 'key'] as const) writePrivate(join(folder, FILES[name]), made[name])
  return { ...made, caFile }
}

function read(folder: string): Certificate | undefined {
  try {
    const text = (name: keyof typeof FILES) => readFileSync(join(folder, FILES[name]), 'utf8')
    return { ca: text('ca'), cert: text('cert'), key: text('key') }
  } catch {
    return undefined
  }
}

/** `mode` of writeFileSync holds for new files only, so a file that was there gets it by chmod. */
function writePrivate(file: string, content: string): void {
  writeFileSync(file, content, { mode: 0o600 })
  chmodSync(file, 0o600)
}

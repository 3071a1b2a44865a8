import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bicepCli } from '../../../scripts/bicep.ts'
import { shellLines } from '../../../scripts/snapshot.ts'
import { take } from '../../guards/infra-template.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

/**
 * A program in place of `az`, `curl` and `npm` that writes down how it was called and answers what the dry run assumes.
 * Keys that are on their way to the vault are copied, so that a test can look at them.
 */
const STUB = `#!/usr/bin/env bash
set -u
source "${root}infra/lib/steps.sh"
call=$(show "$(basename "$0")" "$@")
printf '%s\\n' "$call" >>"$STUB_DIR/calls"
if [[ -n \${STUB_FAILS:-} && $call == *"$STUB_FAILS"* ]]; then echo 'the stub refuses this' >&2; exit 1; fi
previous=''
for word in "$@"; do
  [[ $previous == --file && -f $word && $call == *'secret set'* ]] && cp "$word" "$STUB_DIR/key-$(date +%N)"
  # What the CLI downloads is there afterwards.
  [[ $previous == --file && $call == *download* ]] && printf 'downloaded' >"$word"
  previous=$word
done
case $call in
  *'show-usage'*) echo "\${STUB_USAGE-0 250}" ;;
  *'storage account show'*) [[ -n \${STUB_STORAGE:-} ]] || exit 3 ;;
  *'account show --query id'* | *'account show --query tenantId'*) echo 00000000-0000-0000-0000-000000000000 ;;
  *'account show --query user.type'*) echo user ;;
  *'signed-in-user'*) echo '<object id of whoever deploys>' ;;
  *'list-flexconsumption-runtimes'*) echo "\${STUB_RUNTIMES-24}" ;;
  *'check-name'*) echo true ;;
  *'--query appId'*) echo '<application id>' ;;
  *'identityPrincipalId'*) echo '<principal id of the identity>' ;;
  *'keyvault secret list'*) printf '%b' "\${STUB_SECRETS:-}" ;;
  *'blob list'*) echo '<release>.zip' ;;
esac
exit 0
`

/** In place of `npx`: answers scripts/snapshot.ts; whatever else was asked fails, as without a backup to restore. */
const NAMES = `#!/usr/bin/env bash
[[ $* == *scripts/snapshot.ts* ]] && exec cat "$STUB_DIR/names"
exit 1
`

const cli = await bicepCli()

/** Why the scripts cannot be run on this machine; undefined = they can. */
export const noCli = 'none' in cli ? cli.none : undefined
if (noCli) process.stdout.write(`The scripts of infra/ are not run: ${noCli}.\n`)

/** The names that the compiled template gives the stamp, worked out once: compiling takes seconds. */
let names: Promise<string> | undefined
function stampNames(): Promise<string> {
  const place = { subscription: '00000000-0000-0000-0000-000000000000', resourceGroup: 'ehr-amer-prod' }
  names ??= take('parameters/amer.bicepparam', place, {}).then((taken) => shellLines(taken).join('\n'))
  return names
}

export type Ran = {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
  /** The commands that the script said it ran, in order. */
  readonly printed: string[]
  /** How the stubs were really called, in order. */
  readonly calls: string[]
  /** The contents of the key files that were handed to the vault. */
  readonly keys: string[]
}

/**
 * Runs a script of infra/ with nothing of Azure on the machine but the stub.
 * @param env `COMPILE: 'yes'` lets the script compile the template itself, as it does for an operator.
 */
export async function runScript(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'stub-'))
  try {
    const bin = join(folder, 'bin')
    await mkdir(bin)
    for (const name of ['az', 'curl', 'npm']) {
      await writeFile(join(bin, name), STUB)
      await chmod(join(bin, name), 0o755)
    }
    if (env.COMPILE === undefined) {
      await writeFile(join(folder, 'names'), await stampNames())
      await writeFile(join(bin, 'npx'), NAMES)
      await chmod(join(bin, 'npx'), 0o755)
    }
    const { PATH = '', HOME = folder } = process.env
    const given = { PATH: `${bin}:${PATH}`, HOME, STUB_DIR: folder, PAUSE_SECONDS: '0', ...env }
    const done = await new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const child = execFile(
        join(root, 'infra', script),
        [...args],
        { cwd: folder, env: given },
        (error, stdout, stderr) => resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
      )
      child.stdin?.end()
    })
    const calls = await readFile(join(folder, 'calls'), 'utf8').catch(() => '')
    const kept = (await readdir(folder)).filter((name) => name.startsWith('key-')).sort()
    const keys = await Promise.all(kept.map((name) => readFile(join(folder, name), 'utf8')))
    return { ...done, printed: commands(done.stdout), calls: commands(calls), keys }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Only the lines that are commands; the folder for keys has another name in every run. */
function commands(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/^unless: /, ''))
  return lines
    .filter((line) => /^(az|curl|npm) /.test(line))
    .map((line) => line.replace(/\/tmp\/tmp\.\w+/g, 'PRIVATE'))
}

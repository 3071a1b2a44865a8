import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bicepCli, finish } from './bicep.ts'

/** Exit codes: 0 clean, 1 something to mend, 3 no Bicep CLI to be had here. */
const NO_CLI = 3

/** A diagnostic line of the CLI: `file(line,column) : Warning rule: words`. */
const DIAGNOSTIC = /\) : (Error|Warning|Info) /

export type Linted = { readonly files: number; readonly problems: readonly string[] }

/** Compiles and lints every .bicep and .bicepparam file below a folder. A warning is a problem like an error. */
export async function lintInfra(cli: string, folder: string): Promise<Linted> {
  const files = (await readdir(folder, { recursive: true })).filter((name) => /\.bicep(param)?$/.test(name))
  const out = await mkdtemp(join(tmpdir(), 'bicep-'))
  try {
    // "lint" compiles as well; parameter files are checked against the template that they use by building them.
    const runs = [['lint', '--pattern', '**/*.bicep']]
    if (files.some((name) => name.endsWith('.bicepparam')))
      runs.push(['build-params', '--pattern', '**/*.bicepparam', '--outdir', out])
    const problems = new Set<string>()
    for (const run of runs) {
      const { code, stdout, stderr } = await finish(cli, run, folder)
      const said = `${stdout}\n${stderr}`.split('\n').filter((line) => DIAGNOSTIC.test(line))
      for (const line of said) problems.add(line)
      if (code !== 0 && said.length === 0)
        problems.add(`bicep ${run[0]}: exit code ${code}: ${stderr.trim()}`)
    }
    return { files: files.length, problems: [...problems] }
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

async function main(folder: string): Promise<number> {
  const found = await bicepCli()
  if ('none' in found) {
    process.stderr.write(`The Bicep files were not checked: ${found.none}.\n`)
    return NO_CLI
  }
  const { files, problems } = await lintInfra(found.path, folder)
  for (const line of problems) process.stderr.write(`${line}\n`)
  const verdict = problems.length === 0 ? 'no warnings' : `${problems.length} to mend`
  process.stdout.write(`${files} Bicep files compiled and linted: ${verdict}\n`)
  return problems.length === 0 ? 0 : 1
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.exit(await main(process.argv[2] ?? fileURLToPath(new URL('../infra', import.meta.url))))

import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { bicepCli, finish } from './bicep.ts'

/** Exit codes: 0 clean, 1 something to mend, 3 no Bicep CLI to be had here. */
const NO_CLI = 3
const infra = fileURLToPath(new URL('../infra', import.meta.url))

/** A diagnostic line of the CLI: `file(line,column) : Warning rule: words`. */
const DIAGNOSTIC = /\) : (Error|Warning|Info) /

/** Compiles and lints one file. @returns what the CLI had to say; nothing = clean. */
async function lint(cli: string, file: string): Promise<string[]> {
  const verb = file.endsWith('.bicepparam') ? 'build-params' : 'build'
  const { code, stderr } = await finish(cli, [verb, file, '--stdout'], infra)
  const said = stderr.split('\n').filter((line) => DIAGNOSTIC.test(line))
  return code !== 0 && said.length === 0 ? [`${file}: exit code ${code}: ${stderr.trim()}`] : said
}

const found = await bicepCli()
if ('none' in found) {
  process.stderr.write(`The Bicep files were not checked: ${found.none}.\n`)
  process.exit(NO_CLI)
}
const entries = await readdir(infra, { recursive: true })
const files = entries.filter((name) => /\.bicep(param)?$/.test(name)).sort()
// Two at a time: the CLI is a process of its own for each file.
const problems = new Set<string>()
const waiting = [...files]
const worker = async () => {
  for (let file = waiting.shift(); file !== undefined; file = waiting.shift())
    for (const line of await lint(found.path, file)) problems.add(line)
}
await Promise.all([worker(), worker()])
for (const line of problems) process.stderr.write(`${line}\n`)
const verdict = problems.size === 0 ? 'no warnings' : `${problems.size} to mend`
process.stdout.write(`${files.length} Bicep files compiled and linted: ${verdict}\n`)
process.exit(problems.size === 0 ? 0 : 1)

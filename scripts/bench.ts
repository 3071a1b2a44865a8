import { writeSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Bench } from '../bench/measuring/result.ts'
import { benchResult } from '../bench/measuring/result.ts'

/*
 * npm run bench              lists the benches
 * npm run bench -- NAME      runs one; its last line is one line of JSON:
 *                            {"bench":NAME,"ours":…,"baseline":…,"ratio":…,"unit":…}
 */
const folder = new URL('../bench/', import.meta.url)
const names = (await readdir(fileURLToPath(folder)))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort()
const load = (name: string): Promise<Bench> => import(new URL(`${name}.ts`, folder).href)

const [name] = process.argv.slice(2)
if (name === undefined) {
  writeSync(1, 'npm run bench -- NAME\n\n')
  for (const one of names) writeSync(1, `${one.padEnd(16)} ${(await load(one)).about}\n`)
} else if (names.includes(name)) {
  process.exit(await run(name))
} else {
  process.stderr.write(`There is no bench "${name}". There are: ${names.join(', ')}.\n`)
  process.exit(1)
}

/** Synchronous writes and an exit at once: nothing that a bench left running can write another last line. */
async function run(bench: string): Promise<number> {
  try {
    const { bench: measure } = await load(bench)
    const result = benchResult.parse(await measure())
    writeSync(1, `${JSON.stringify({ bench, ...rounded(result) })}\n`)
    return 0
  } catch (error) {
    writeSync(
      1,
      `${JSON.stringify({ bench, error: error instanceof Error ? error.message : String(error) })}\n`,
    )
    return 1
  }
}

/** Four significant digits: the rest is noise. */
function rounded(result: Record<string, unknown>): Record<string, unknown> {
  const round = (value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
  return Object.fromEntries(Object.entries(result).map(([name, value]) => [name, round(value)]))
}

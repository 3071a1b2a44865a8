import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { type Requirement, readConformance, unshown } from '../../scripts/testing/conformance.ts'

const root = join(import.meta.dirname, '../..')

/** The tests of these files that would run, as the runner itself lists them: without what is skipped or still to do. */
async function listed(requirements: readonly Requirement[]): Promise<Map<string, string[]>> {
  const files = new Set(requirements.flatMap(({ tests }) => tests.map(({ file }) => file)))
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs')
  // The option last: what stands behind it would be taken for the file to write to.
  const { stdout } = await promisify(execFile)(process.execPath, [vitest, 'list', ...files, '--json'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, NO_COLOR: '1' },
  })
  const tests = new Map<string, string[]>()
  const found = JSON.parse(stdout.slice(stdout.indexOf('['))) as { name: string; file: string }[]
  for (const { name, file } of found) {
    const path = relative(root, file)
    tests.set(path, [...(tests.get(path) ?? []), name])
  }
  return tests
}

describe('docs/smart-conformance.md', async () => {
  const table = readConformance(await readFile(join(root, 'docs/smart-conformance.md'), 'utf8'))

  test('has a row for every group of requirements', () => {
    expect(table.length).toBeGreaterThan(65)
    expect(new Set(table.map(({ id }) => id)).size).toBe(table.length)
  })

  test('names only tests that exist and are not skipped', async () => {
    expect(unshown(table, await listed(table))).toEqual([])
  })
})

describe('the reading of the table', () => {
  const read = (cell: string) => readConformance(`| 1.1 | It is so | ${cell} |`)
  const tests = new Map([
    ['tests/a.test.ts', ['group > holds', 'group > of two cases: 1', 'group > a: ["b"]']],
  ])

  test('tells what is missing, whether the file, the test or the name of one', () => {
    expect(unshown(read('`tests/a.test.ts`: group > holds'), tests)).toEqual([])
    expect(unshown(read('`tests/a.test.ts`: group > of two cases: %s'), tests)).toEqual([])
    expect(unshown(read('`tests/a.test.ts`: group > %s: %j'), tests)).toEqual([])
    expect(unshown(read('`tests/a.test.ts`: group > held'), tests)).toHaveLength(1)
    expect(unshown(read('`tests/b.test.ts`: group > holds'), tests)).toHaveLength(1)
    expect(unshown(read('to be shown'), tests)).toEqual(['1.1 names no test'])
  })

  test('takes no test for shown because another one begins alike', () => {
    expect(unshown(read('`tests/a.test.ts`: group > hold'), tests)).toHaveLength(1)
  })
})

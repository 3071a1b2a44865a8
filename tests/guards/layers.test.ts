import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importsOf, textFiles } from './repository-files.ts'

const modules = textFiles().filter(({ path }) => /^(src|sandbox|scripts)\/.*\.tsx?$/.test(path))
const under = (folder: string) => modules.filter(({ path }) => path.startsWith(`${folder}/`))

/** Imports of the modules below a folder: packages by name, files by their path in the repository. */
function imported(folder: string) {
  return under(folder).flatMap(({ path, text }) =>
    importsOf(text).map(({ from, typeOnly }) => ({
      path,
      typeOnly,
      target: from.startsWith('.') ? posix.join(posix.dirname(path), from) : from,
    })),
  )
}

const lines = (found: readonly { path: string; target: string }[]) =>
  found.map(({ path, target }) => `${path} -> ${target}`)

describe('the layers', () => {
  test('are all there', () => {
    for (const folder of ['src/core', 'src/functions', 'src/pages', 'sandbox'])
      expect(under(folder).length, folder).toBeGreaterThan(5)
  })

  test('core knows nothing of Functions, of the triggers or of the pages', () => {
    const wrong = imported('src/core').filter(({ target }) =>
      /^(@azure\/functions|src\/(functions|pages)\/)/.test(target),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('pages call nothing: of core they know types alone', () => {
    const wrong = imported('src/pages').filter(
      ({ target, typeOnly }) =>
        /^(@azure\/|src\/functions\/)/.test(target) || (target.startsWith('src/core/') && !typeOnly),
    )
    expect(lines(wrong)).toEqual([])
  })

  test('what is deployed never reaches into the sandbox, the scripts or the tests', () => {
    const wrong = imported('src').filter(({ target }) => /^(sandbox|scripts|tests|bench)\//.test(target))
    expect(lines(wrong)).toEqual([])
  })

  test('the sandbox knows only what any other implementation would: no trigger and no page of ours', () => {
    const wrong = imported('sandbox').filter(({ target }) => /^src\/(functions|pages)\//.test(target))
    expect(lines(wrong)).toEqual([])
  })

  // Its guard against forged launches is made for a browser (docs/decisions.md); our own launch code does that work.
  test("fhirclient's own launch is never used", () => {
    const wrong = imported('src').filter(
      ({ target }) => /^fhirclient($|\/)/.test(target) && target !== 'fhirclient/lib/FhirClient.js',
    )
    expect(lines(wrong)).toEqual([])
    for (const { path, text } of under('src'))
      expect(text, path).not.toMatch(/\b(SMART|oauth2)\.(init|authorize|ready)\b/)
  })

  test('only the sandbox opens a browser, and in one place', () => {
    const wrong = textFiles().filter(
      ({ path, text }) =>
        /\.tsx?$/.test(path) &&
        !/^sandbox\/(browser\.ts|chromium\/)/.test(path) &&
        importsOf(text).some(({ from }) => from === '@sparticuz/chromium'),
    )
    // Unpacked by two processes at once it starts half-written; and a bare system lacks its libraries.
    expect(wrong.map(({ path }) => path)).toEqual([])
  })
})

test('the scan itself sees every kind of import', () => {
  const text = `import a from 'a'
import type { B } from 'b'
import {
  c,
} from 'c'
export { d } from "d"
import 'e'
const f = await import('f')
type G = typeof import('g')
`
  expect(
    importsOf(text)
      .map(({ from, typeOnly }) => (typeOnly ? `type ${from}` : from))
      .sort(),
  ).toEqual(['a', 'c', 'd', 'e', 'f', 'type b', 'type g'].sort())
})

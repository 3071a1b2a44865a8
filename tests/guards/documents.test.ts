import { existsSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root, textFiles } from './repository-files.ts'

const PICTURES = 'docs/images'
/** A page with pictures should open on a phone. */
const MOST_BYTES = 260_000

const documents = textFiles().filter(({ path }) => /^(README|docs\/[\w-]+)\.md$/.test(path))
const targets = documents.flatMap(({ path, text }) =>
  [...text.matchAll(/(!?)\[[^\]]*\]\(([^)\s#]+)[^)]*\)/g)]
    .filter(([, , to = '']) => !/^[a-z]+:/.test(to))
    .map(([, picture, to = '']) => ({ path, picture: picture === '!', to: join(dirname(path), to) })),
)

describe('the documents', () => {
  test('link to what is there, pictures among it', () => {
    expect(targets.length).toBeGreaterThan(40)
    expect(targets.filter(({ to }) => !existsSync(join(root, to)))).toEqual([])
  })

  test('show every picture that is kept for them, and none that is too large', () => {
    const shown = new Set(targets.filter(({ picture }) => picture).map(({ to }) => relative(PICTURES, to)))
    const kept = readdirSync(join(root, PICTURES))
    expect(kept.filter((name) => !shown.has(name))).toEqual([])
    expect(kept.filter((name) => statSync(join(root, PICTURES, name)).size > MOST_BYTES)).toEqual([])
  })

  test.each(['docs/clinician-guide.md', 'docs/ehr-cerner.md'])('%s has its pictures', (path) => {
    const pictures = targets.filter((target) => target.path === path && target.picture)
    expect(pictures.length).toBeGreaterThan(3)
  })
})

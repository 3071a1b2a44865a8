import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('pages call nothing: no function, no network, and from core only types', () => {
  const files = globSync('src/pages/**/*.{ts,tsx}')
  expect(files.length).toBeGreaterThan(30)
  for (const file of files) {
    const source = readFileSync(file, 'utf8')
    expect(source, file).not.toMatch(/from '[./]+\/functions\//)
    expect(source, file).not.toMatch(/^import (?!type )[^\n]*\/core\//m)
    expect(source, file).not.toMatch(/from '(node:(https?|net|fs)|@azure)/)
  }
})

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { root } from './repository-files.ts'

type Locked = {
  dev?: boolean
  devOptional?: boolean
  optional?: boolean
  link?: boolean
  resolved?: string
  version?: string
}
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const manifest = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> }
const installed = Object.entries(packages).filter(([path]) => path !== '')

describe('production dependencies', () => {
  test('are at most a hundred packages, all told', () => {
    const production = installed.filter(([, locked]) => !locked.dev && !locked.devOptional)
    expect(production.length).toBeGreaterThan(0)
    expect(production.length).toBeLessThanOrEqual(100)
  })

  test('each have their reason in docs/decisions.md', () => {
    const reasons = existsSync(join(root, 'docs/decisions.md')) ? read('docs/decisions.md') : ''
    expect(Object.keys(manifest.dependencies).filter((name) => !reasons.includes(`\`${name}\``))).toEqual([])
  })
})

describe('package-lock.json', () => {
  // npm ci refuses a lock that does not hold every optional package of another platform.
  test('holds every package that another one names, for every platform', () => {
    const missing: string[] = []
    for (const [path, locked] of installed) {
      const { optionalDependencies = {} } = locked as { optionalDependencies?: Record<string, string> }
      for (const name of Object.keys(optionalDependencies)) {
        const places = [
          `${path}/node_modules/${name}`,
          ...parents(path).map((parent) => `${parent}node_modules/${name}`),
        ]
        if (!places.some((place) => place in packages)) missing.push(`${path}: ${name}`)
      }
    }
    expect(missing).toEqual([])
  })

  test('leads to no place but the package registry that each machine is set up with', () => {
    expect(
      installed.filter(([, { resolved, link }]) => resolved !== undefined || link).map(([path]) => path),
    ).toEqual([])
  })
})

/** `node_modules/a/node_modules/b` -> `node_modules/a/`, ``: where Node looks. */
function parents(path: string): string[] {
  const parts = path.split('node_modules/').slice(1)
  return parts
    .map((_, count) =>
      parts
        .slice(0, count)
        .map((part) => `node_modules/${part}`)
        .join(''),
    )
    .reverse()
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Metafile } from 'esbuild'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildOptions } from '../../scripts/build.ts'
import { root } from './repository-files.ts'

type Lock = { packages: Record<string, { dev?: boolean; devOptional?: boolean }> }

describe('the bundle', () => {
  let inputs: string[]
  let outputs: Metafile['outputs']
  beforeAll(async () => {
    const { metafile } = await build({ ...buildOptions(), write: false, metafile: true, logLevel: 'silent' })
    inputs = Object.keys(metafile?.inputs ?? {})
    outputs = metafile?.outputs ?? {}
  }, 60_000)

  test('holds nothing of the sandbox, the scripts or the tests', () => {
    expect(inputs.filter((file) => /^(sandbox|scripts|tests|bench)\//.test(file))).toEqual([])
    expect(inputs.filter((file) => file.startsWith('src/')).length).toBeGreaterThan(50)
  })

  test('holds no package that only development needs', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock
    const development = inputs.filter((file) => {
      const folder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]
      const locked = folder === undefined ? undefined : packages[folder]
      return locked?.dev === true || locked?.devOptional === true
    })
    expect(development).toEqual([])
  })

  test('leaves out the launch of fhirclient', () => {
    expect(
      inputs.filter((file) => /node_modules\/fhirclient\/.*\/(smart|entry|adapters)\b/.test(file)),
    ).toEqual([])
  })

  test('asks nothing of the host but its own module and Node', () => {
    const external = Object.values(outputs).flatMap(({ imports }) =>
      imports.filter((one) => one.external).map(({ path }) => path),
    )
    const builtin = /^(node:)?[a-z0-9_]+(\/[a-z]+)?$/
    const asked = new Set(external.filter((path) => !builtin.test(path)))
    // The second is tried for and done without.
    expect([...asked].sort()).toEqual(['@azure/functions-core', 'supports-color'])
  })

  test('registers its functions without loading a client of anything: they come with the first call', () => {
    const entry = Object.keys(outputs).find((file) => file.endsWith('/functions.mjs')) ?? ''
    const loaded = new Set([entry])
    for (const file of loaded)
      for (const { path, kind } of outputs[file]?.imports ?? [])
        if (kind === 'import-statement' && outputs[path]) loaded.add(path)
    const packages = [...loaded]
      .flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}))
      .flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])
    expect([...new Set(packages)].sort()).toEqual([
      '@azure/functions',
      '@azure/functions-extensions-base',
      'cookie',
      'ipaddr.js',
      'zod',
    ])
  })
})

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseSettings, settingNames } from '../../src/core/config.ts'
import { root, textFiles } from './repository-files.ts'

/** Settings of the host that our code never reads. */
const HOST = ['FUNCTIONS_WORKER_RUNTIME']
/** What has to be made for each deployment; README says how. */
const MADE = /_(SECRET|KEY|KEY_PREVIOUS|CERTIFICATE|CERTIFICATE_PREVIOUS)$/

const example = JSON.parse(readFileSync(join(root, 'local.settings.example.json'), 'utf8')) as {
  IsEncrypted: boolean
  Values: Record<string, string>
}

describe('local.settings.example.json', () => {
  test('names every setting that the code reads, and none besides the host’s own', () => {
    expect(Object.keys(example.Values).sort()).toEqual([...settingNames, ...HOST].sort())
  })

  test('holds no secret', () => {
    expect(example.IsEncrypted).toBe(false)
    for (const [name, value] of Object.entries(example.Values))
      if (MADE.test(name)) expect(value, name).toBe('')
  })

  test('is right in everything but what has to be made', () => {
    const parsed = parseSettings(example.Values)
    const wrong = parsed.ok ? {} : (parsed.failure.shown ?? {})
    expect(Object.keys(wrong).filter((name) => !MADE.test(name))).toEqual([])
  })
})

test('settings are read in one place', () => {
  const direct = textFiles().filter(
    ({ path, text }) =>
      /^src\/.*\.tsx?$/.test(path) && path !== 'src/functions/runtime.ts' && /\bprocess\.env\b/.test(text),
  )
  expect(direct.map(({ path }) => path)).toEqual([])
})

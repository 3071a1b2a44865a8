import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readHostJson } from '../../../sandbox/host/host-json.ts'
import { connectionString, loadLocalSettings, resolveExpression } from '../../../sandbox/host/settings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'host-json-'))
})
afterEach(() => rmSync(folder, { recursive: true }))
const write = (name: string, content: unknown) => writeFileSync(join(folder, name), JSON.stringify(content))

test('what is left out has the documented default', () => {
  write('host.json', { version: '2.0' })
  expect(readHostJson(folder).extensions).toEqual({
    http: { routePrefix: 'api' },
    queues: {
      batchSize: 16,
      newBatchThreshold: 8,
      maxPollingInterval: 60_000,
      visibilityTimeout: 0,
      maxDequeueCount: 5,
      messageEncoding: 'base64',
    },
  })
})

test('time spans are read to the millisecond', () => {
  write('host.json', {
    version: '2.0',
    extensions: { queues: { maxPollingInterval: '00:00:01.5', visibilityTimeout: '1.00:00:30' } },
  })
  const { queues } = readHostJson(folder).extensions
  expect([queues.maxPollingInterval, queues.visibilityTimeout]).toEqual([1_500, 86_430_000])
})

test('a wrong value names its field', () => {
  write('host.json', { version: '2.0', extensions: { queues: { batchSize: 33 } } })
  expect(() => readHostJson(folder)).toThrow(/extensions\.queues\.batchSize/)
})

test('a missing file says where it was looked for', () => {
  expect(() => readHostJson(folder)).toThrow(`There is no host.json in ${folder}`)
})

test('local.settings.json fills the environment and never overrides it', () => {
  write('local.settings.json', { IsEncrypted: false, Values: { A: 'file', B: 'file', C: 1 } })
  const env: Record<string, string | undefined> = { A: 'environment' }
  loadLocalSettings(folder, env)
  expect(env).toEqual({ A: 'environment', B: 'file', C: '1' })
})

test('a binding expression takes app settings and refuses missing ones', () => {
  expect(resolveExpression('a-%X%-%Y%', { X: '1', Y: '2' })).toBe('a-1-2')
  expect(() => resolveExpression('%X%', {})).toThrow("'%X%' does not resolve to a value: set X")
})

test('a connection is the named setting, or that with the AzureWebJobs prefix', () => {
  expect(connectionString('Storage', { AzureWebJobsStorage: 'a' })).toBe('a')
  expect(connectionString('Mine', { Mine: 'b' })).toBe('b')
  expect(() => connectionString('Mine', { Mine__queueServiceUri: 'https://x' })).toThrow(/setting Mine/)
})

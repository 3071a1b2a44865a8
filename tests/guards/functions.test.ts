import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { appSettings, sandboxKeys } from '../../sandbox/app-settings.ts'
import { settingNames } from '../../src/core/config.ts'
import { messageSchemas } from '../../src/core/store/messages.ts'
import { hits, root, textFiles } from './repository-files.ts'

type Registration = { readonly name: string; readonly options: Record<string, unknown> }
const registered = vi.hoisted(() => ({
  http: [] as Registration[],
  timer: [] as Registration[],
  storageQueue: [] as Registration[],
  eventGrid: [] as Registration[],
}))

// Only what is registered is looked at: nothing is run, and no host is needed.
vi.mock('@azure/functions', () => ({
  app: Object.fromEntries(
    Object.entries(registered).map(([kind, list]) => [
      kind,
      (name: string, options: Record<string, unknown>) => list.push({ name, options }),
    ]),
  ),
}))

beforeAll(async () => {
  const settings = appSettings({
    appUrl: 'http://localhost:7071',
    keys: await sandboxKeys(undefined),
    connectionString: 'UseDevelopmentStorage=true',
    caFile: '',
    entraAuthority: 'https://localhost:7075',
    graphUrl: 'https://localhost:7076',
    acsEndpoint: 'https://localhost:7077',
    teamsUrl: 'http://localhost:7078',
    allowedTenants: ['3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'],
  })
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  await import('../../src/functions/index.ts')
}, 60_000)

describe('the functions', () => {
  test('have names of their own, as the host compares them', () => {
    const names = Object.values(registered).flatMap((list) => list.map(({ name }) => name.toLowerCase()))
    expect(names.length).toBeGreaterThan(10)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('are all in the bundle: every file that registers one is imported by index.ts', () => {
    const index = readFileSync(join(root, 'src/functions/index.ts'), 'utf8')
    const registering = textFiles().filter(
      ({ path, text }) =>
        path.startsWith('src/functions/') &&
        /^(route|launchRoute|portalRoute|functions\.\w+|\s+functions\.\w+)\(/m.test(text),
    )
    const missing = registering
      .map(({ path }) => path.replace('src/functions/', './'))
      .filter(
        (path) =>
          !['./route.ts', './session.ts', './portal-route.ts'].includes(path) && !index.includes(`'${path}'`),
      )
    expect(missing).toEqual([])
  })

  // Only the wrapper logs the route's pattern instead of the path, sets the headers and never answers an empty 500.
  test('by HTTP go through route()', () => {
    const source = textFiles().filter(
      ({ path }) => path.startsWith('src/') && path !== 'src/functions/route.ts',
    )
    expect(
      hits(source, /\b(functions|app)\s*\.\s*(http|get|post|put|patch|deleteRequest|httpRequest)\s*\(/),
    ).toEqual([])
    expect(registered.http.length).toBeGreaterThan(10)
  })

  test('answer on paths that the host leaves free, each once for a method', () => {
    const seen = new Set<string>()
    for (const { name, options } of registered.http) {
      const route = String(options.route).replace(/^\//, '').toLowerCase()
      expect(route, name).not.toMatch(/^(admin|runtime)(\/|$)/)
      for (const method of options.methods as string[]) {
        // Parameters match alike whatever they are called.
        const path = `${method} ${route.replace(/\{[^}]*\}/g, '{}')}`
        expect(seen.has(path), `${name}: ${path}`).toBe(false)
        seen.add(path)
      }
    }
  })

  test('of queues serve exactly the queues of store/messages.ts', () => {
    const queues = registered.storageQueue.map(({ options }) => String(options.queueName)).sort()
    expect(queues).toEqual(Object.keys(messageSchemas).sort())
    for (const { name, options } of registered.storageQueue)
      expect(options.connection, name).toBe('AzureWebJobsStorage')
  })

  test('of timers take their schedule from a setting that the example gives a value', () => {
    const example = JSON.parse(readFileSync(join(root, 'local.settings.example.json'), 'utf8')) as {
      Values: Record<string, string>
    }
    expect(registered.timer.length).toBeGreaterThan(0)
    for (const { name, options } of registered.timer) {
      const setting = /^%(\w+)%$/.exec(String(options.schedule))?.[1] ?? ''
      expect(settingNames, name).toContain(setting)
      // The host reads the setting itself; a default in our code does not help it.
      expect(example.Values[setting], name).toMatch(/^(\S+ ){5}\S+$/)
    }
  })
})

describe('tables and queues', () => {
  const source = textFiles().filter(({ path }) => /^src\/.*\.tsx?$/.test(path))

  test('are reached through the store alone, which knows their names', () => {
    const direct = source.filter(
      ({ path, text }) =>
        ![
          'src/core/app.ts',
          'src/core/store/table.ts',
          'src/core/store/queue.ts',
          'src/core/store/store.ts',
        ].includes(path) && /from '@azure\/(data-tables|storage-queue)'/.test(text),
    )
    expect(direct.map(({ path }) => path)).toEqual([])
  })

  test('are all described in store/schema.md', () => {
    const described = textFiles().find(({ path }) => path === 'src/core/store/schema.md')?.text ?? ''
    const rows = textFiles().find(({ path }) => path === 'src/core/store/rows.ts')?.text ?? ''
    const tables = [
      ...(/rowSchemas = \{(.*?)\n\} as const/s.exec(rows)?.[1] ?? '').matchAll(/^ {2}(\w+):/gm),
    ].map(([, name]) => name ?? '')
    expect(tables.length).toBeGreaterThan(5)
    for (const name of [...tables, ...Object.keys(messageSchemas)])
      expect(described, `${name} in src/core/store/schema.md`).toMatch(new RegExp(`\\b${name}\\b`))
  })
})

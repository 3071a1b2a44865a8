import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startAzurite } from '../../../sandbox/azurite.ts'
import { spawnHost } from '../../../sandbox/host/spawn.ts'
import { type OwnHost, PROBE_APP, probeApp, startOwn, until } from './probe-host.ts'

const folders: string[] = []
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

/** An app folder with the given function code and the project's packages. */
async function appFolder(code: string, main = 'functions.mjs'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'probe-app-'))
  folders.push(folder)
  await writeFile(join(folder, 'package.json'), JSON.stringify({ main }))
  await writeFile(join(folder, 'host.json'), JSON.stringify({ version: '2.0' }))
  await writeFile(join(folder, 'functions.mjs'), code)
  await symlink(
    fileURLToPath(new URL('../../../node_modules', import.meta.url)),
    join(folder, 'node_modules'),
  )
  return folder
}

async function takePort(): Promise<{ port: number; close(): void }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, close: () => server.close() }
}

describe('starting', () => {
  test('an app that throws while loading gives its own message', async () => {
    const appRoot = await appFolder("throw new Error('SETTING_X is missing')")
    await expect(spawnHost({ appRoot, env: {} })).rejects.toThrow('SETTING_X is missing')
  })
  test('a main that names no file says to build first', async () => {
    const appRoot = await appFolder('', 'dist/*.mjs')
    await expect(spawnHost({ appRoot, env: {} })).rejects.toThrow(/build the functions first/)
  })
  test('a schedule with a missing setting names the setting', async () => {
    const appRoot = await appFolder(
      "import { app } from '@azure/functions'\napp.timer('t', { schedule: '%ABSENT%', handler: async () => {} })",
    )
    await expect(spawnHost({ appRoot, env: {} })).rejects.toThrow(/'%ABSENT%' does not resolve/)
  })
  test('a schedule that never occurs is refused', async () => {
    const appRoot = await appFolder(
      "import { app } from '@azure/functions'\napp.timer('t', { schedule: '0 0 0 30 2 *', handler: async () => {} })",
    )
    await expect(spawnHost({ appRoot, env: {} })).rejects.toThrow(/never occurs/)
  })
  test('a trigger that the host does not run is refused', async () => {
    const appRoot = await appFolder(
      "import { app } from '@azure/functions'\napp.storageBlob('b', { path: 'x', connection: 'C', handler: async () => {} })",
    )
    await expect(spawnHost({ appRoot, env: {} })).rejects.toThrow(/does not run this blobTrigger/)
  })
  test('a taken port says which and how to change it', async () => {
    const taken = await takePort()
    try {
      const start = spawnHost({ appRoot: PROBE_APP, port: taken.port, env: {} })
      await expect(start).rejects.toThrow(`Port ${taken.port} is taken by another program`)
      await expect(start).rejects.toThrow(/--port/)
    } finally {
      taken.close()
    }
  })
  test('a taken storage port says which service and which setting', async () => {
    const taken = await takePort()
    try {
      await expect(startAzurite({ ports: { queue: taken.port } })).rejects.toThrow(
        new RegExp(`Port ${taken.port} .* queue service .*AZURITE_QUEUE_PORT`),
      )
    } finally {
      taken.close()
    }
  })
  test('a bundle made by esbuild finds the host too', async () => {
    const appRoot = await appFolder(
      "import { app } from '@azure/functions'\napp.http('hello', { handler: async () => ({ body: process.env.GREETING }) })",
      'dist/*.mjs',
    )
    await build({
      entryPoints: [join(appRoot, 'functions.mjs')],
      outfile: join(appRoot, 'dist/functions.mjs'),
      bundle: true,
      platform: 'node',
      format: 'esm',
      external: ['@azure/functions-core'],
      banner: {
        js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
      },
      logLevel: 'silent',
    })
    await writeFile(
      join(appRoot, 'local.settings.json'),
      JSON.stringify({ Values: { GREETING: 'file', OTHER: '1' } }),
    )
    const host = await spawnHost({ appRoot, env: { GREETING: 'environment' } })
    try {
      expect(await (await fetch(`${host.url}/api/hello`)).text()).toBe('environment')
    } finally {
      await host.close()
    }
  })
})

describe('a running host', () => {
  let own: OwnHost
  beforeAll(async () => {
    own = await startOwn()
  })
  afterAll(() => own?.close())

  test('logs what the app says and never a path, a query string or a body', async () => {
    await fetch(`${own.url}/api/logs/PATH-CANARY?q=QUERY-CANARY`, { method: 'POST', body: 'BODY-CANARY' })
    await fetch(`${own.url}/api/nowhere/PATH-CANARY?q=QUERY-CANARY`)
    await until(
      async () => own.host.logs().some((line) => line.includes('a line of the app')),
      'the app’s line',
    )
    expect(own.host.logs().join('\n')).toContain('Function.logs.User a line of the app')
    expect(own.host.logs().join('\n')).not.toMatch(/CANARY/)
  })
  test('silences what host.json silences', async () => {
    await fetch(`${own.url}/api/quiet`)
    await fetch(`${own.url}/api/logs/x`)
    await until(
      async () => own.host.logs().some((line) => line.includes('a line of the app')),
      'the app’s line',
    )
    expect(own.host.logs().join('\n')).not.toMatch(/a silenced line|a debug line/)
  })
  test('says that a reserved route is in error', () => {
    expect(own.host.logs().join('\n')).toMatch(/'reserved' function is in error/)
  })
  test('answers on both loopback addresses', async () => {
    for (const name of ['127.0.0.1', 'localhost']) {
      expect((await fetch(`http://${name}:${own.host.port}/api/get-only`)).status).toBe(200)
    }
  })
  test('lets a running function end before it stops', async () => {
    const host = await spawnHost(probeApp(own.connectionString, '0 0 0 1 1 *'))
    await host.invoke('fromQueue', { id: 'stop', untilStop: true })
    await until(
      async () => (await (await fetch(`${host.url}/api/seen`)).text()).includes('untilStop'),
      'the function runs',
    )
    await host.close()
    expect(host.logs().join('\n')).toMatch(/Executed 'Functions.fromQueue' \(Succeeded/)
  })
})

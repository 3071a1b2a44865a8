import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appSettings, sandboxKeys } from '../../../sandbox/app-settings.ts'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { type SpawnedHost, spawnHost } from '../../../sandbox/host/spawn.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { type Packaged, packageApp } from '../../../scripts/package.ts'
import { createStorage } from '../../../src/core/store/store.ts'

const MEGABYTE = 1024 * 1024

describe('the deploy package', () => {
  let work: string
  let made: Packaged
  beforeAll(async () => {
    work = await mkdtemp(join(tmpdir(), 'package-'))
    made = await packageApp(join(work, 'package'))
  })
  afterAll(() => rm(work, { recursive: true, force: true }))

  it('holds the bundle, host.json and a package.json with what the host reads, and nothing else', async () => {
    expect((await readdir(made.folder)).sort()).toEqual(['dist', 'host.json', 'package.json'])
    const { dependencies, devDependencies, scripts, ...fields } = JSON.parse(
      await readFile(join(made.folder, 'package.json'), 'utf8'),
    )
    expect({ dependencies, devDependencies, scripts }).toEqual({})
    expect(Object.keys(fields)).toEqual(['name', 'version', 'private', 'type', 'main', 'engines'])
    const files = await readdir(join(made.folder, 'dist'), { recursive: true })
    expect(files).toContain('functions.mjs')
    expect(files.filter((file) => file.endsWith('.map'))).toEqual([])
  })

  it('is small enough to start quickly: under 1 MB as a zip', () => {
    expect(made.zipBytes).toBeLessThan(MEGABYTE)
  })

  it('has every file in its zip, byte for byte', async () => {
    const archive = await readFile(made.zip)
    const found = unzip(archive)
    expect(found.size).toBe(made.files)
    for (const [path, bytes] of found)
      expect(bytes.equals(await readFile(join(made.folder, path)))).toBe(true)
  })

  it('is the same zip, byte for byte, when it is built again', async () => {
    const again = await packageApp(join(work, 'again'))
    expect((await readFile(again.zip)).equals(await readFile(made.zip))).toBe(true)
  })

  describe('alone in a folder, with nothing installed', () => {
    let azurite: Azurite
    let host: SpawnedHost
    beforeAll(async () => {
      const appRoot = join(work, 'alone')
      await cp(made.folder, appRoot, { recursive: true })
      azurite = await startAzurite()
      await createStorage(localStorageClients(azurite.connectionString))
      const nowhere = 'http://localhost:9'
      const settings = appSettings({
        appUrl: 'http://localhost:7071',
        keys: await sandboxKeys(undefined),
        connectionString: azurite.connectionString,
        caFile: '',
        entraAuthority: nowhere,
        graphUrl: nowhere,
        acsEndpoint: nowhere,
        teamsUrl: nowhere,
        allowedTenants: ['11111111-1111-1111-1111-111111111111'],
      })
      const never = '0 0 0 1 1 *'
      const quiet = Object.fromEntries(
        ['SWEEP', 'REMINDER', 'NUMBERS', 'ERASE', 'REPORT', 'RETENTION'].map((name) => [
          `${name}_SCHEDULE`,
          never,
        ]),
      )
      const { NODE_EXTRA_CA_CERTS: _, ...env }: Record<string, string> = { ...settings, ...quiet }
      host = await spawnHost({ appRoot, env })
    })
    afterAll(async () => {
      await host?.close()
      await azurite?.close()
    })

    it('answers the front page, its keys and its health', async () => {
      expect((await fetch(`${host.url}/`)).status).toBe(200)
      const jwks = (await (await fetch(`${host.url}/.well-known/jwks.json`)).json()) as { keys: object[] }
      expect(jwks.keys).toHaveLength(1)
      expect(JSON.stringify(jwks)).not.toContain('"d":')
      const health = (await (await fetch(`${host.url}/health`)).json()) as {
        dependencies: Record<string, { state: string }>
      }
      // Storage is there; what is not part of this test is named as failing, and the app lives on.
      expect(health.dependencies).toMatchObject({
        tables: { state: 'ok' },
        queues: { state: 'ok' },
        graph: { state: 'failing' },
      })
    })

    it('sweeps when its timer comes round', async () => {
      await host.invoke('sweepTimer')
      await expect
        .poll(() => host.logs().some((line) => line.includes('"event":"sweep_fanned_out"')), {
          timeout: 20_000,
        })
        .toBe(true)
    })
  })
})

/** The entries of a zip, by the local headers (PKWARE APPNOTE, section 4.3.7). */
function unzip(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>()
  let at = 0
  while (archive.readUInt32LE(at) === 0x04034b50) {
    const size = archive.readUInt32LE(at + 18)
    const nameLength = archive.readUInt16LE(at + 26)
    const start = at + 30 + nameLength + archive.readUInt16LE(at + 28)
    const name = archive.subarray(at + 30, at + 30 + nameLength).toString('utf8')
    files.set(name, inflateRawSync(archive.subarray(start, start + size)))
    at = start + size
  }
  return files
}

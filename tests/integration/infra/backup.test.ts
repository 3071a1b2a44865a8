import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { loadTables, SAVED_TABLES, saveTables } from '../../../scripts/table-backup.ts'
import { createStorage, type Store, store } from '../../../src/core/store/store.ts'

describe('backup and restore of the configuration', () => {
  let azurite: Azurite
  let tables: Store['tables']
  let folder: string
  beforeAll(async () => {
    azurite = await startAzurite()
    const clients = localStorageClients(azurite.connectionString)
    await createStorage(clients)
    tables = store(clients).tables
    folder = await mkdtemp(join(tmpdir(), 'backup-'))
  })
  afterAll(async () => {
    await azurite.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('brings lost rows back, and leaves rows that are there as they are', async () => {
    const keys = { partitionKey: 'tenant', rowKey: 'site' }
    await tables.sites.insert({ ...keys, schema: 1, json: '{"name":"before"}' })
    await tables.optouts.insert({
      partitionKey: 'tenant',
      rowKey: 'hash',
      schema: 1,
      at: '2031-03-04T16:00:00.000Z',
      word: 'STOP',
    })
    expect(await saveTables(azurite.connectionString, folder)).toBe(2)
    expect((await readdir(folder)).sort()).toEqual(SAVED_TABLES.map((name) => `${name}.jsonl`).sort())

    await tables.optouts.remove({ partitionKey: 'tenant', rowKey: 'hash' })
    await tables.sites.put({ ...keys, schema: 1, json: '{"name":"after"}' })
    expect(await loadTables(azurite.connectionString, folder)).toBe(1)
    expect(await tables.optouts.get('tenant', 'hash')).toMatchObject({ word: 'STOP' })
    expect(await tables.sites.get('tenant', 'site')).toMatchObject({ json: '{"name":"after"}' })
  })

  it('saves no visit, link or notice', () => {
    expect(SAVED_TABLES).not.toContain('visits')
    expect(SAVED_TABLES).not.toContain('links')
  })
})

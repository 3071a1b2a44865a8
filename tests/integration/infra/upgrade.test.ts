import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import {
  createStorage,
  queueNames,
  type StorageClients,
  type Store,
  store,
  tableNames,
} from '../../../src/core/store/store.ts'

type Kept = { rows: Record<string, object[]>; messages: Record<string, object[]> }

const folder = fileURLToPath(new URL('.', import.meta.url))
const releases = (await readdir(folder)).filter((file) => /^release-[\d.]+\.json$/.test(file)).sort()

/** One row of each kind and one message of each kind, as a release wrote them; a file is added with each release. */
describe.each(releases)('what %s wrote', (file) => {
  let azurite: Azurite
  let clients: StorageClients
  let now: Store
  let kept: Kept
  beforeAll(async () => {
    kept = JSON.parse(await readFile(`${folder}${file}`, 'utf8'))
    azurite = await startAzurite()
    clients = localStorageClients(azurite.connectionString)
    await createStorage(clients)
    now = store(clients)
  })
  afterAll(() => azurite.close())

  it('is read row by row by this release', async () => {
    for (const [name, rows] of Object.entries(kept.rows)) {
      for (const [index, row] of rows.entries()) {
        const keys = { partitionKey: 'kept', rowKey: String(index) }
        await clients.table(name).createEntity({ ...row, ...keys })
        const read = await now.tables[name as (typeof tableNames)[number]].get(keys.partitionKey, keys.rowKey)
        expect(read, `${name} ${index}`).toMatchObject(row)
      }
    }
  })

  it('is taken message by message from the queues by this release', () => {
    for (const [name, messages] of Object.entries(kept.messages))
      for (const message of messages)
        expect(now.queues[name as (typeof queueNames)[number]].read(message), name).toMatchObject({
          ok: true,
          value: message,
        })
  })

  it('lies in tables and queues that are still there', () => {
    expect([...tableNames]).toEqual(expect.arrayContaining(Object.keys(kept.rows)))
    expect([...queueNames]).toEqual(expect.arrayContaining(Object.keys(kept.messages)))
  })
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import { reportCommand } from '../../../scripts/reports/commands.ts'
import { senderId } from '../../../src/core/senders/sender.ts'
import { siteStore } from '../../../src/core/sites/site-store.ts'
import { createStorage, type Store, store } from '../../../src/core/store/store.ts'
import { reportsWorld } from './reports.fixture.ts'

let azurite: Azurite
let tables: Store
let env: Record<string, string>
beforeAll(async () => {
  azurite = await startAzurite()
  const clients = localStorageClients(azurite.connectionString)
  await createStorage(clients)
  tables = store(clients)
  const { blob, queue, table } = azurite.ports
  // The sandbox of this machine, on the ports of this storage.
  env = {
    AZURITE_BLOB_PORT: String(blob),
    AZURITE_QUEUE_PORT: String(queue),
    AZURITE_TABLE_PORT: String(table),
  }
})
afterAll(() => azurite.close())

test('one command makes the reports of some days anew', async () => {
  const world = reportsWorld(tables)
  await siteStore(tables).save(world.site)
  await world.visit('A')
  const said = await reportCommand(['rebuild', '--from', '2031-03-01', '--to', '2031-03-31'], env)
  expect(said).toContain(`${world.site.siteId}: 1 visits on 1 days`)
  expect((await world.day('2031-03-04')).records).toHaveLength(1)
})

test('another one says and sets how long a tenant keeps them, and refuses what makes no sense', async () => {
  const tenant = '3f6c1d52-7b1e-4a8d-9c55-0a6b8f2e2d01'
  const settings = (...more: string[]) => reportCommand(['settings', '--tenant', tenant, ...more], env)
  expect(await settings()).toBe(`${tenant}: kept for 13 months, call quality off`)
  const changed = `${tenant}: kept for 24 months, call quality on`
  expect(await settings('--retention-months', '24', '--call-quality', 'on')).toBe(changed)
  expect(await settings()).toBe(changed)
  await expect(settings('--retention-months', '0')).rejects.toThrow('from 1 to 120')
  await expect(settings('--call-quality', 'maybe')).rejects.toThrow('on or off')
})

test('a third one removes a tenant, only when its id is repeated, and prints the receipt', async () => {
  const world = reportsWorld(tables)
  await siteStore(tables).save(world.site)
  await world.visit('A')
  const { tenantId } = world.site
  const remove = (...more: string[]) => reportCommand(['remove-tenant', '--tenant', tenantId, ...more], env)
  await expect(remove()).rejects.toThrow('--confirm')
  const receipt = await remove('--confirm', tenantId)
  expect(receipt).toMatch(/"visits": 1/)
  expect(await siteStore(tables).ofTenant(tenantId)).toEqual([])
})

test('the removal of a tenant ends with the numbers that stay and cost, and says nothing of them where there are none', async () => {
  const tenant = '3f6c1d52-7b1e-4a8d-9c55-0a6b8f3e2d01'
  const remove = () => reportCommand(['remove-tenant', '--tenant', tenant, '--confirm', tenant], env)
  const addedAt = '2031-03-01T10:00:00.000Z'
  const base = { schema: 1, country: 'US', verification: 'verified', perMinute: 200, addedAt } as const
  for (const [sender, kind] of [
    ['+18335550142', 'tollFree'],
    ['+12065550188', 'attached'],
    ['LAKESIDE', 'alphanumeric'],
  ] as const)
    await tables.tables.senders.put({
      ...base,
      partitionKey: tenant,
      rowKey: senderId(sender),
      sender,
      kind,
      addedBy: 'y',
    })
  const said = (await remove()).split('\n')
  expect(said.at(-1)).toBe(
    'Still numbers of the Communication Services resource, at their monthly price until you release them: +12065550188, +18335550142. How: docs/operations.md, "A tenant that leaves".',
  )
  expect(await remove()).not.toContain('Still numbers')
})

test('anything else is answered with every command', async () => {
  expect(await reportCommand([], env)).toContain('npm run reports -- rebuild')
  await expect(reportCommand(['rebuilt'], env)).rejects.toThrow('There is no command "rebuilt"')
  await expect(reportCommand(['rebuild'], env)).rejects.toThrow('--from')
})

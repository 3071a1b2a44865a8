import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { purgePlaces } from '../../../src/core/reports/purge-places.ts'
import { monthsBack, purgeOld } from '../../../src/core/reports/retention.ts'
import { settleDay } from '../../../src/core/reports/settle-day.ts'
import { newTenant } from '../../../src/core/sites/tenant.ts'
import { tableNames } from '../../../src/core/store/store.ts'
import { removeTenant } from '../../../src/core/tenants/remove-tenant.ts'
import { collect, type Storage, startStorage } from '../store/storage.fixture.ts'
import { reportsWorld } from './reports.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

describe('retention', () => {
  test('erases what is older than the tenant keeps, with a receipt, and the second time nothing', async () => {
    const world = reportsWorld(storage.store)
    const other = reportsWorld(storage.store)
    const old = await world.visit('old', { start: '2030-02-03T16:00:00.000Z' })
    await world.notice(old, 'booked', 1, {})
    await world.visit('same month', { start: '2030-02-05T16:00:00.000Z' })
    await world.visit('new')
    await other.visit('old', { start: '2030-02-03T16:00:00.000Z' })
    for (const day of ['2030-02-03', '2030-02-05', '2031-03-04']) {
      await settleDay(world.ports, world.site, day)
      await settleDay(other.ports, other.site, day)
    }
    const { tenantId } = other.site
    const longer = { ...newTenant(tenantId, 'Longer'), reports: { retentionMonths: 24, callQuality: false } }
    await other.ports.tenants.save(longer, 'none')
    world.at(0)
    const receipts = await purgeOld(world.ports)
    expect(receipts).toEqual([
      { tenantId: world.site.tenantId, before: '2030-02-04', reports: 2, visits: 2, visitindex: 1 },
    ])
    const kept = await collect(storage.store.tables.erasures.list(world.site.tenantId))
    expect(kept).toMatchObject([{ kind: 'retention', before: '2030-02-04' }])
    expect((await world.day('2030-02-03')).totals).toBeUndefined()
    expect((await world.day('2030-02-05')).records).toHaveLength(1)
    expect((await world.day('2031-03-04')).records).toHaveLength(1)
    expect((await other.day('2030-02-03')).records).toHaveLength(1)
    expect(await world.ports.visits.find(old)).toBeUndefined()
    expect(await purgeOld(world.ports)).toEqual([])
  })

  test('takes index rows along that lead to no visit, and no other', async () => {
    const world = reportsWorld(storage.store)
    const { visitindex } = storage.store.tables
    const left = (
      key: string,
      bay: '2030-02-03|heart' | '2030-02-04|heart',
      from?: '2031-03-04|cardiology',
    ) => {
      const [visitKey, partition] = [key.padEnd(22, 'x'), `${world.site.tenantId}|${world.site.siteId}|`]
      const keys = { partitionKey: `${partition}${key.slice(0, 1)}`, rowKey: visitKey }
      const row = { ...keys, schema: 1 as const, bay, version: 1, ...(from ? { from } : {}) }
      return { keys, put: () => visitindex.put(row) }
    }
    const there = async (keys: { partitionKey: string; rowKey: string }) =>
      (await visitindex.get(keys.partitionKey, keys.rowKey)) !== undefined
    // Its writer broke off before there was a visit; of another the day is not over for long; a third moved and broke off.
    const gone = left('Agone', '2030-02-03|heart')
    const young = left('Ayoung', '2030-02-04|heart')
    const ref = await world.visit('A')
    const present = left(ref.visitKey, '2030-02-03|heart', '2031-03-04|cardiology')
    for (const one of [gone, young, present]) await one.put()
    let purged = 0
    // Each partition of the index has its night.
    for (let night = 0; night < 64; night++) {
      world.at(night * 1440)
      const before = '2030-02-04'
      purged += await purgePlaces(storage.store, world.site, before, world.ports.now)
    }
    expect(purged).toBe(1)
    expect([await there(gone.keys), await there(young.keys), await there(present.keys)]).toEqual([
      false,
      true,
      true,
    ])
  })

  test('leaves an index row that somebody takes at this moment', async () => {
    const world = reportsWorld(storage.store)
    const { tables } = storage.store
    const keys = {
      partitionKey: `${world.site.tenantId}|${world.site.siteId}|A`,
      rowKey: 'A'.repeat(22),
    }
    const row = { ...keys, schema: 1 as const, bay: '2030-02-03|heart' as const, version: 1 }
    await tables.visitindex.put(row)
    // Between the look for its visit and the removal.
    const get: typeof tables.visits.get = async () => {
      await tables.visitindex.put({ ...row, version: 2 })
      return undefined
    }
    const racing = { tables: { ...tables, visits: { ...tables.visits, get } } }
    for (let night = 0; night < 64; night++) {
      world.at(night * 1440)
      await purgePlaces(racing, world.site, '2030-02-04', world.ports.now)
    }
    expect(await tables.visitindex.get(keys.partitionKey, keys.rowKey)).toMatchObject({ version: 2 })
  })

  test('of a site of which nothing is left but its index comes to that too, with a receipt', async () => {
    const world = reportsWorld(storage.store)
    const { tenantId, siteId } = world.site
    const keys = { partitionKey: `${tenantId}|${siteId}|A`, rowKey: 'A'.repeat(22) }
    await storage.store.tables.visitindex.put({ ...keys, schema: 1, bay: '2029-02-03|heart', version: 1 })
    const receipts: unknown[] = []
    for (let night = 0; night < 64; night++) {
      world.at(night * 1440)
      receipts.push(...(await purgeOld(world.ports)).filter((one) => one.tenantId === tenantId))
    }
    expect(receipts).toMatchObject([{ tenantId, reports: 0, visits: 0, visitindex: 1 }])
  })

  test('counts months as a calendar does', () => {
    expect(monthsBack(new Date('2031-03-31T10:00:00Z'), 1)).toBe('2031-02-28')
    expect(monthsBack(new Date('2031-01-15T10:00:00Z'), 13)).toBe('2029-12-15')
  })
})

test('a tenant that is removed leaves nothing but the receipt, and another keeps everything', async () => {
  const { tables } = storage.store
  const world = reportsWorld(storage.store)
  const other = reportsWorld(storage.store)
  for (const one of [world, other]) {
    const { tenantId, siteId } = one.site
    const ref = await one.visit('A')
    await one.notice(ref, 'booked', 1, {})
    await settleDay(one.ports, one.site, '2031-03-04')
    const at = '2031-03-01T10:00:00.000Z'
    const under = (partitionKey: string, rowKey: string) => ({ partitionKey, rowKey, schema: 1 as const })
    await tables.tenants.put({ ...under(tenantId, 'tenant'), json: '{}' })
    await tables.sites.put({ ...under(tenantId, siteId), json: '{}' })
    await tables.siteindex.put({ ...under('issuer', `hash of ${siteId}`), tenantId, siteId })
    await tables.users.put({ ...under(tenantId, 'u:x'), ehrUserId: 'x', entraUserId: 'y', confirmedAt: at })
    await tables.optouts.put({ ...under(tenantId, 'phone'), at, word: 'STOP' })
    await tables.history.put({ ...under(tenantId, 'entry'), at, by: 'y', what: 'site', json: '{}' })
    await tables.setupchecks.put({ ...under(tenantId, 'granted'), at, json: '{}' })
    const sweep = { epoch: '1', baselineAt: at, sweptAt: at }
    await tables.sweeps.put({ ...under(`${tenantId}|${siteId}`, 'family|2031-03-04'), ...sweep })
  }
  const of = async (tenantId: string) => {
    const found: string[] = []
    for (const name of tableNames)
      for await (const row of tables[name].all()) if (JSON.stringify(row).includes(tenantId)) found.push(name)
    return [...new Set(found)].sort()
  }
  const before = await of(other.site.tenantId)
  expect(before).toContain('links')
  const receipt = await removeTenant(world.ports, world.site.tenantId)
  expect(Object.keys(receipt.rows).sort()).toEqual(before)
  expect(await of(world.site.tenantId)).toEqual(['erasures'])
  expect(await of(other.site.tenantId)).toEqual(before)
  expect((await removeTenant(world.ports, world.site.tenantId)).rows).toEqual({})
})

test('a tenant that is removed has its phone numbers named, which stay and cost; also where the removal breaks off', async () => {
  const { tables } = storage.store
  const world = reportsWorld(storage.store)
  const { tenantId } = world.site
  const at = '2031-03-01T10:00:00.000Z'
  const under = (rowKey: string) => ({ partitionKey: tenantId, rowKey, schema: 1 as const })
  const sender = {
    country: 'US',
    verification: 'verified' as const,
    perMinute: 200,
    addedAt: at,
    addedBy: 'y',
  }
  await tables.senders.put({ ...under('18335550101'), ...sender, sender: '+18335550101', kind: 'tollFree' })
  await tables.senders.put({ ...under('12065550102'), ...sender, sender: '+12065550102', kind: 'attached' })
  await tables.senders.put({ ...under('LAKESIDE'), ...sender, sender: 'LAKESIDE', kind: 'alphanumeric' })
  const order = {
    country: 'US',
    askedAt: at,
    askedBy: 'y',
    changedAt: at,
    shownAmount: 2,
    shownCurrency: 'USD',
  }
  const orderAs = (orderId: string, state: 'bought' | 'found' | 'cancelled', number: string) =>
    tables.orders.put({ ...under(orderId), ...order, orderId, searches: 1, tries: 0, state, number })
  await orderAs('paid', 'bought', '+18335550103')
  await orderAs('offered', 'found', '+18335550104')
  await orderAs('given-up', 'cancelled', '+18335550105')
  const left = ['+12065550102', '+18335550101', '+18335550103']
  const kept = async () =>
    (await collect(tables.erasures.list(tenantId))).map(({ numbers, json }) => [numbers, JSON.parse(json)])

  const down = () => {
    throw new Error('down')
  }
  const broken = { ...tables, history: { ...tables.history, keys: down } }
  const dying = { ...world.ports, store: { ...storage.store, tables: broken as never } }
  await expect(removeTenant(dying, tenantId)).rejects.toThrow('down')
  expect(await kept()).toEqual([[left.join(' '), {}]])

  expect(await removeTenant(world.ports, tenantId)).toMatchObject({
    numbers: left,
    rows: { senders: 3, orders: 3 },
  })
  expect(await kept()).toEqual([[left.join(' '), { senders: 3, orders: 3 }]])
})

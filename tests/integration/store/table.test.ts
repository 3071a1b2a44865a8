import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createStorage, store } from '../../../src/core/store/store.ts'
import type { RowAction } from '../../../src/core/store/table.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { collect, type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const consumed = () => storage.store.tables.consumed
const UNTIL = '2031-03-04T16:00:00.000Z'
type Consumed = { schema: 1; until: string }
let serial = 0
const row = (partitionKey: string, rowKey = `row ${serial++}`, until = UNTIL) => ({
  partitionKey,
  rowKey,
  schema: 1 as const,
  until,
})

describe('a row', () => {
  test('is read as it was written, with what is needed to write over it', async () => {
    const given = row('read')
    expect(await consumed().insert(given)).toEqual({
      ok: true,
      value: { etag: expect.stringMatching(/^W\//) },
    })
    const read = await consumed().get('read', given.rowKey)
    expect(read).toEqual({ ...given, etag: expect.stringMatching(/^W\//) })
  })

  test('that is not there is undefined, and gone when removed, twice over', async () => {
    const given = row('remove')
    await consumed().insert(given)
    await consumed().remove(given)
    await consumed().remove(given)
    expect(await consumed().get('remove', given.rowKey)).toBeUndefined()
  })

  test('that exists already is a conflict as a value, and stays as it was', async () => {
    const given = row('conflict')
    await consumed().insert(given)
    const again = { ...given, until: '2032-01-01T00:00:00.000Z' }
    expect(await consumed().insert(again)).toEqual({ ok: false, failure: { code: 'row_conflict' } })
    expect((await consumed().get('conflict', given.rowKey))?.until).toBe(UNTIL)
  })

  test('that somebody else wrote meanwhile is not written over', async () => {
    const given = row('changed')
    await consumed().insert(given)
    const read = await consumed().get('changed', given.rowKey)
    if (!read) throw new Error('the row was not found')
    expect((await consumed().replace({ ...read, until: '2031-05-01T00:00:00.000Z' })).ok).toBe(true)
    expect(await consumed().replace(read)).toEqual({ ok: false, failure: { code: 'row_changed' } })
    expect((await consumed().get('changed', given.rowKey))?.until).toBe('2031-05-01T00:00:00.000Z')
  })

  test('that was removed meanwhile is missing, not made anew', async () => {
    const given = row('missing')
    await consumed().insert(given)
    const read = await consumed().get('missing', given.rowKey)
    await consumed().remove(given)
    expect(read && (await consumed().replace(read))).toEqual({ ok: false, failure: { code: 'row_missing' } })
  })

  test('loses a column that its new version does not have', async () => {
    const { links } = storage.store.tables
    const keys = { partitionKey: '1', rowKey: 'link' }
    const link = {
      ...keys,
      schema: 1 as const,
      tenantId: 't',
      siteId: 's',
      visitKey: 'v',
      audience: 'patient' as const,
      serial: 1,
      eraseAfter: UNTIL,
    }
    await links.insert({ ...link, revokedAt: UNTIL })
    await links.put(link)
    expect(await links.get('1', 'link')).not.toHaveProperty('revokedAt')
  })
})

describe('keys', () => {
  const odd = ["O'Neill", "''", "' or PartitionKey ne '", 'a|b:c', 'ключ', 'a b', 'a%2Fb', 'ß&=;,+']

  test.each(odd)('%s is a key like any other', async (key) => {
    const given = row(key, key)
    expect((await consumed().insert(given)).ok).toBe(true)
    expect(await consumed().get(key, key)).toMatchObject(given)
    expect(await collect(consumed().list(key, { from: key, to: `${key}~` }))).toHaveLength(1)
    const read = await consumed().get(key, key)
    expect(read && (await consumed().replace(read))?.ok).toBe(true)
    await consumed().remove(given)
    expect(await consumed().get(key, key)).toBeUndefined()
  })

  test('a range begins with its first key and ends before its last, in their order', async () => {
    for (const key of ['d', 'a', 'c', 'b']) await consumed().insert(row('range', key))
    const keys = async (range?: { from?: string; to?: string }) =>
      (await collect(consumed().list('range', range))).map(({ rowKey }) => rowKey)
    expect(await keys()).toEqual(['a', 'b', 'c', 'd'])
    expect(await keys({ from: 'b', to: 'd' })).toEqual(['b', 'c'])
    expect(await keys({ from: 'c' })).toEqual(['c', 'd'])
    expect(await keys({ to: 'b' })).toEqual(['a'])
  })
})

describe('a range of partitions', () => {
  const at = (time: string) => `2031-03-04T${time}:00.000Z`
  const keys = async (...given: Parameters<ReturnType<typeof consumed>['across']>) =>
    (await collect(consumed().across(...given))).map(
      ({ partitionKey, rowKey }) => `${partitionKey} ${rowKey}`,
    )
  const whole = { from: 'across|a', to: 'across|~' }

  test('is read partition by partition, from its first to before its last, and from a row key on', async () => {
    for (const one of ['across|b', 'across|a', 'across|c', 'across'])
      for (const key of ['v:2', 'n:1', 'v:1']) await consumed().insert(row(one, key))
    expect(await keys({ from: 'across|a', to: 'across|c' })).toEqual([
      'across|a n:1',
      'across|a v:1',
      'across|a v:2',
      'across|b n:1',
      'across|b v:1',
      'across|b v:2',
    ])
    expect(await keys(whole, { from: 'v:2' })).toEqual(['across|a v:2', 'across|b v:2', 'across|c v:2'])
  })

  test('is chosen from by what columns say; a row without the column fits nothing', async () => {
    for (const [key, hour] of [
      ['early', '08'],
      ['noon', '12'],
      ['late', '20'],
    ] as const)
      await consumed().insert(row('chosen', key, at(`${hour}:00`)))
    const range = { from: 'chosen', to: 'chosen~' }
    const until = (is: 'eq' | 'ne' | 'gt' | 'lt', hour: string) =>
      ({ column: 'until', is, value: at(`${hour}:00`) }) as const
    const chosen = (where: Parameters<ReturnType<typeof consumed>['across']>[1]) => keys(range, where)
    expect(await chosen({ where: [[until('eq', '12')]] })).toEqual(['chosen noon'])
    expect(await chosen({ where: [[until('lt', '12')], [until('gt', '12')]] })).toEqual([
      'chosen early',
      'chosen late',
    ])
    expect(await chosen({ where: [[until('gt', '08'), until('lt', '20')]] })).toEqual(['chosen noon'])
    expect(await chosen({ where: [[until('ne', '12')]] })).toEqual(['chosen early', 'chosen late'])
    const { visits } = storage.store.tables
    const without = { column: 'writeBackFailure', is: 'gt', value: '' } as const
    await visits.put({ partitionKey: 'chosen', rowKey: 'v:none', ...visitRow() })
    await visits.put({ partitionKey: 'chosen', rowKey: 'v:some', ...visitRow({ writeBackFailure: 'ehr' }) })
    expect((await collect(visits.across(range, { where: [[without]] }))).map(({ rowKey }) => rowKey)).toEqual(
      ['v:some'],
    )
  })

  test('is chosen from by no more comparisons than the storage takes', async () => {
    const one = { column: 'until', is: 'eq', value: UNTIL } as const
    expect(await keys(whole, { where: Array.from({ length: 13 }, () => [one]) })).toHaveLength(9)
    expect(() => consumed().across(whole, { where: Array.from({ length: 14 }, () => [one]) })).toThrow('15')
  })
})

test('more rows than a page holds are all read', async () => {
  const rows = Array.from({ length: 1_100 }, (_, index) => row('many', String(index).padStart(5, '0')))
  for (let at = 0; at < rows.length; at += 100)
    await consumed().transact(rows.slice(at, at + 100).map((one) => ({ kind: 'insert' as const, row: one })))
  expect(await collect(consumed().list('many'))).toHaveLength(1_100)
})

describe('a transaction', () => {
  const insert = (partition: string, key: string): RowAction<Consumed> => ({
    kind: 'insert',
    row: row(partition, key),
  })

  test('writes all of its rows', async () => {
    expect((await consumed().transact([insert('all', 'a'), insert('all', 'b')])).ok).toBe(true)
    expect(await collect(consumed().list('all'))).toHaveLength(2)
  })

  test('writes none of them where one exists already', async () => {
    await consumed().insert(row('none', 'b'))
    const outcome = await consumed().transact([insert('none', 'a'), insert('none', 'b'), insert('none', 'c')])
    expect(outcome).toEqual({ ok: false, failure: { code: 'row_conflict' } })
    expect((await collect(consumed().list('none'))).map(({ rowKey }) => rowKey)).toEqual(['b'])
  })

  test('writes none of them where one was changed meanwhile', async () => {
    await consumed().insert(row('stale', 'b'))
    const read = await consumed().get('stale', 'b')
    if (!read) throw new Error('the row was not found')
    await consumed().replace(read)
    const outcome = await consumed().transact([insert('stale', 'a'), { kind: 'replace', row: read }])
    expect(outcome).toEqual({ ok: false, failure: { code: 'row_changed' } })
    expect(await consumed().get('stale', 'a')).toBeUndefined()
  })

  test('replaces, puts and removes beside inserting', async () => {
    await consumed().insert(row('mixed', 'old'))
    await consumed().insert(row('mixed', 'kept'))
    const kept = await consumed().get('mixed', 'kept')
    if (!kept) throw new Error('the row was not found')
    const outcome = await consumed().transact([
      insert('mixed', 'new'),
      { kind: 'put', row: row('mixed', 'put') },
      { kind: 'replace', row: { ...kept, until: '2031-06-01T00:00:00.000Z' } },
      { kind: 'remove', row: row('mixed', 'old') },
    ])
    expect(outcome.ok).toBe(true)
    const rows = await collect(consumed().list('mixed'))
    expect(rows.map(({ rowKey }) => rowKey)).toEqual(['kept', 'new', 'put'])
    expect(rows[0]?.until).toBe('2031-06-01T00:00:00.000Z')
  })

  test('of nothing is done at once', async () => {
    expect((await consumed().transact([])).ok).toBe(true)
  })

  test('of two at the same time over the same row one goes through', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        consumed().transact([insert('race', 'one'), insert('race', `own ${index}`)]),
      ),
    )
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await collect(consumed().list('race'))).toHaveLength(2)
  })
})

describe('a row that is not what it should be', () => {
  const raw = (columns: object) =>
    storage.clients.table('users').upsertEntity({ partitionKey: 't', rowKey: 'u', ...columns }, 'Replace')
  const read = () => storage.store.tables.users.get('t', 'u')
  const good = { schema: 1, ehrUserId: 'Dr Secret', entraUserId: 'e', confirmedAt: UNTIL }

  test('is an error that names columns and nothing of what they hold', async () => {
    await raw({ ...good, confirmedAt: 'yesterday, said Dr Secret' })
    await expect(read()).rejects.toThrow('confirmedAt')
    await expect(read()).rejects.not.toThrow('Secret')
    await raw({ ...good, entraUserId: 7 })
    await expect(read()).rejects.toThrow('entraUserId')
  })

  test('is never half a row', async () => {
    const { ehrUserId: _, ...half } = good
    await raw(half)
    await expect(read()).rejects.toThrow('ehrUserId')
  })

  test('of another release is refused by its number', async () => {
    await raw({ ...good, schema: 2 })
    await expect(read()).rejects.toThrow('schema')
  })

  test('cannot be written either', () => {
    const { consumed } = storage.store.tables
    expect(() => consumed.insert(row('bad', 'bad', 'tomorrow'))).toThrow()
  })
})

describe('storage', () => {
  test('is made as often as somebody starts', async () => {
    await createStorage(storage.clients)
  })

  test('that lacks a table is in trouble, not empty', async () => {
    const { clients } = storage
    const missing = store({ ...clients, table: (name) => clients.table(`${name}x`) })
    await expect(missing.tables.consumed.get('a', 'b')).rejects.toMatchObject({ statusCode: 404 })
    await expect(missing.tables.consumed.insert(row('a', 'b'))).rejects.toMatchObject({ statusCode: 404 })
  })
})

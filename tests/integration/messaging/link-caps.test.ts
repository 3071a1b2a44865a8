import { afterAll, beforeAll, expect, test } from 'vitest'
import { countLinkText } from '../../../src/core/messaging/link-caps.ts'
import { numberBook } from '../../../src/core/messaging/numbers.ts'
import { identity } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
let now = new Date('2031-03-04T12:00:00.000Z')
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const VISIT = { visitKey: 'A'.repeat(22) }
const NUMBER = '+18165550187'
let tenants = 0

/** Texts sent by hand in a tenant of its own: each form is one text. */
function desk(caps: { number?: number; prefix?: number; tenant?: number }) {
  const site = {
    tenantId: `22222222-2222-4222-8222-${String(++tenants).padStart(12, '0')}`,
    siteId: 'clinic000001',
  }
  const all = { number: 100, prefix: 100, tenant: 100, ...caps }
  return async (form: string, to = NUMBER) => {
    // Each from a process of its own, which remembers nothing.
    const ports = { store: storage.store, identity, numbers: numberBook(identity), caps: all, now: () => now }
    const counted = await countLinkText(ports, site, VISIT, to, form)
    return counted.ok ? 'sent' : counted.failure.code
  }
}

test('a number gets so many links by hand and no more; tomorrow it may get one again', async () => {
  const send = desk({ number: 2 })
  expect([await send('one'), await send('two'), await send('three')]).toEqual([
    'sent',
    'sent',
    'link_number_cap',
  ])
  expect(await send('other', '+14155550105')).toBe('sent')
  now = new Date(now.getTime() + 25 * 3_600_000)
  expect(await send('four')).toBe('sent')
})

test('the same form again counts once, and is not refused by its own count', async () => {
  const send = desk({ number: 1 })
  expect([await send('one'), await send('one'), await send('two')]).toEqual([
    'sent',
    'sent',
    'link_number_cap',
  ])
})

test('a range of numbers, and an organization, get so many by hand and no more', async () => {
  const range = desk({ prefix: 1 })
  expect([await range('one', '+18165550101'), await range('two', '+18165550102')]).toEqual([
    'sent',
    'link_tenant_cap',
  ])
  const whole = desk({ tenant: 1 })
  expect([await whole('one'), await whole('two', '+14155550105')]).toEqual(['sent', 'link_tenant_cap'])
})

test('what is counted holds no number in clear', async () => {
  await desk({})('one')
  const rows: string[] = []
  for await (const row of storage.store.tables.numberlog.all()) rows.push(JSON.stringify(row))
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.filter((row) => row.includes('5550187'))).toEqual([])
})

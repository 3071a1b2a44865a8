import { afterAll, beforeAll, expect, test } from 'vitest'
import { mappings } from '../../../src/core/accounts/mapping.ts'
import { NORTHWIND, WOODGROVE } from '../../unit/sites/site.fixture.ts'
import { collect, type Storage, startStorage } from '../store/storage.fixture.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const SITE = 'northwind001'
let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage.close())

const known = () => mappings(storage.store)
let serial = 0
const newUser = () => {
  const number = ++serial
  return {
    issuer: 'https://login.ehr.example.org/',
    subject: `user-${number}`,
    practitionerId: `59${number}`,
  }
}

test('an EHR user is who they confirmed to be, from then on', async () => {
  const user = newUser()
  expect(await known().find(NORTHWIND, SITE, user)).toBeUndefined()
  await known().confirm(NORTHWIND, SITE, user, 'entra-1', NOW)
  expect(await known().find(NORTHWIND, SITE, user)).toBe('entra-1')
  expect(await known().ofPractitioners(NORTHWIND, SITE, [user.practitionerId, 'nobody'])).toEqual(['entra-1'])
})

test('issuer and subject together name a user; neither does alone', async () => {
  const user = newUser()
  await known().confirm(NORTHWIND, SITE, user, 'entra-1', NOW)
  const others = [
    { ...user, issuer: 'https://login.other.example.org/' },
    { ...user, subject: 'user-x' },
    { ...user, issuer: `${user.issuer}|${user.subject}`, subject: '' },
  ]
  for (const other of others) expect(await known().find(NORTHWIND, SITE, other)).toBeUndefined()
})

test('a mapping is one tenant’s and one site’s: a testing EHR speaks for nobody in production', async () => {
  const user = newUser()
  await known().confirm(NORTHWIND, SITE, user, 'entra-1', NOW)
  expect(await known().find(WOODGROVE, SITE, user)).toBeUndefined()
  expect(await known().find(NORTHWIND, 'northwind002', user)).toBeUndefined()
  expect(await known().ofPractitioners(NORTHWIND, 'northwind002', [user.practitionerId])).toEqual([])
})

test('confirming another account takes the place of the one before', async () => {
  const user = newUser()
  await known().confirm(NORTHWIND, SITE, user, 'entra-1', NOW)
  await known().confirm(NORTHWIND, SITE, user, 'entra-2', NOW)
  expect(await known().find(NORTHWIND, SITE, user)).toBe('entra-2')
  expect(await known().ofPractitioners(NORTHWIND, SITE, [user.practitionerId])).toEqual(['entra-2'])
})

test('a mapping that is undone is gone from both sides, and undoing it again does nothing', async () => {
  const user = newUser()
  await known().confirm(NORTHWIND, SITE, user, 'entra-1', NOW)
  await known().forget(NORTHWIND, SITE, user)
  await known().forget(NORTHWIND, SITE, user)
  expect(await known().find(NORTHWIND, SITE, user)).toBeUndefined()
  expect(await known().ofPractitioners(NORTHWIND, SITE, [user.practitionerId])).toEqual([])
})

test('a user without a practitioner id, or with a strange one, is a user like any other', async () => {
  const { practitionerId: _, ...plain } = newUser()
  await known().confirm(NORTHWIND, SITE, plain, 'entra-1', NOW)
  expect(await known().find(NORTHWIND, SITE, plain)).toBe('entra-1')
  const odd = { ...newUser(), practitionerId: "a/b#c?d'e" }
  await known().confirm(NORTHWIND, SITE, odd, 'entra-2', NOW)
  expect(await known().ofPractitioners(NORTHWIND, SITE, [odd.practitionerId])).toEqual(['entra-2'])
})

test('of a person two ids and a date are stored, and no name', async () => {
  const rows = await collect(storage.store.tables.users.list(NORTHWIND))
  for (const row of rows)
    expect(Object.keys(row).sort()).toEqual([
      'confirmedAt',
      'ehrUserId',
      'entraUserId',
      'etag',
      'partitionKey',
      'rowKey',
      'schema',
    ])
})

test('an administrator sees who is connected, of their own tenant, and undoes one for good', async () => {
  const [one, other] = [newUser(), newUser()]
  for (const user of [one, other]) await known().confirm(NORTHWIND, SITE, user, 'entra-9', NOW)
  await known().confirm(WOODGROVE, SITE, one, 'entra-8', NOW)
  const listed = (await known().list(NORTHWIND)).filter(({ entraUserId }) => entraUserId === 'entra-9')
  expect(listed.map(({ ehrUserId }) => ehrUserId).sort()).toEqual([one.subject, other.subject].sort())
  const id = listed.find(({ ehrUserId }) => ehrUserId === one.subject)?.id ?? ''
  expect(await known().remove(NORTHWIND, id)).toMatchObject({ siteId: SITE, ehrUserId: one.subject })
  expect(await known().find(NORTHWIND, SITE, one)).toBeUndefined()
  expect(await known().ofPractitioners(NORTHWIND, SITE, [one.practitionerId])).toEqual([])
  expect(await known().find(NORTHWIND, SITE, other)).toBe('entra-9')
  expect(await known().find(WOODGROVE, SITE, one)).toBe('entra-8')
  for (const strange of [id, `p:${SITE}:${other.practitionerId}`, '', 'u:x'])
    expect(await known().remove(NORTHWIND, strange)).toBeUndefined()
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { findConsult, startConsult } from '../../../src/core/launches/consult.ts'
import { ana } from '../sandbox/graph.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'
import { type MeetingsWorld, meetingsWorld } from './meetings.fixture.ts'

let storage: Storage
let world: MeetingsWorld
beforeAll(async () => {
  storage = await startStorage()
  world = await meetingsWorld(storage.store)
})
afterAll(async () => {
  await world.close()
  await storage.close()
})

const keys = { identity: identityKeys(randomBytes(32)), linkKeys: keyRing(randomBytes(32)) }
const start = (form: string) => startConsult({ ...world.ports, ...keys }, world.site, ana.id, form)
const keyOf = (started: Awaited<ReturnType<typeof start>>) => {
  if (!started.ok) throw new Error(started.failure.code)
  return started.value.visitKey
}

test('a form that is sent again starts no second meeting, at the same moment or later', async () => {
  const both = await Promise.all([start('launch|form'), start('launch|form')])
  const later = await start('launch|form')
  const names = new Set([...both, later].map(keyOf))
  expect(names.size).toBe(1)
  expect(world.graph.meetings()).toHaveLength(1)
  const ref = { tenantId: world.site.tenantId, siteId: world.site.siteId, visitKey: [...names][0] ?? '' }
  expect((await findConsult(world.ports, ref))?.row.sealedMeeting).toBeDefined()
})

test('another form, and the same words in another launch, is a consult of its own', async () => {
  const names = [await start('one|form'), await start('two|form'), await start('one|other')].map(keyOf)
  expect(new Set(names).size).toBe(3)
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { remindAll } from '../../../src/core/messaging/remind-all.ts'
import { visitPartition } from '../../../src/core/visits/bay.ts'
import { at, type Clinic, clinic, DAY } from './clinic.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

/** A clinic with a visit an hour from now that was booked before anybody looked: nothing is owed but the reminder. */
async function soon(): Promise<Clinic> {
  const made = clinic(storage.store, { start: `${DAY}T09:00:00.000Z`, texts: { reminderMinutes: [60] } })
  made.ehr.book('A0', at('10:30'))
  await made.sweep(DAY)
  made.advance(31 * 60)
  return made
}
const marked = ({ site: { tenantId, siteId } }: Clinic) =>
  storage.store.tables.sweeps.get(`${tenantId}|${siteId}`, 'reminders|')

test('one site whose rows cannot be read holds up the reminders of no other, and is looked at again', async () => {
  const clinics = [await soon(), await soon(), await soon()] as const
  const [, damaged] = clinics
  const { tenantId, siteId } = damaged.site
  const broken = { partitionKey: visitPartition(tenantId, siteId, `${DAY}|family`), rowKey: 'v:damaged' }
  await storage.clients.table('visits').createEntity({ ...broken, schema: 99 })
  const sites = clinics.map(({ site }) => site)
  const { queued, thrown } = await remindAll(storage.store, sites, damaged.now)
  expect(queued).toBe(2)
  expect(thrown).toHaveLength(1)
  expect(await marked(damaged)).toBeUndefined()
  await storage.clients.table('visits').deleteEntity(broken.partitionKey, broken.rowKey)
  expect(await remindAll(storage.store, sites, damaged.now)).toMatchObject({ queued: 1, thrown: [] })
  expect(await marked(damaged)).toBeDefined()
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import type { Patient } from '../../../src/core/ehr/patient.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { textsOfLink, type WishPorts, wish } from '../../../src/core/messaging/link-wish.ts'
import { isOptedOut } from '../../../src/core/messaging/opt-outs.ts'
import { fail, ok } from '../../../src/core/result.ts'
import { newVisitRow } from '../../../src/core/visits/new-visit.ts'
import { type VisitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { collect, type Storage, startStorage } from '../store/storage.fixture.ts'

const NOW = new Date('2031-06-09T19:10:00Z')
const PHONE = '+35312345678'
const seals = visitSeals(keyRing(randomBytes(32)))
const linkKeys = keyRing(randomBytes(32))
const identity = identityKeys(randomBytes(32))
const made = siteOf({})
const SITE = { ...made, texts: { ...made.texts, sender: 'LAKESIDE', countries: ['IE'] } }

let storage: Storage
let down = false
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const appointment = {
  id: 'a1',
  start: NOW,
  minutes: 30,
  video: true,
  patientId: 'p1',
} as unknown as Appointment
const patient = { phones: ['01 234 5678'] } as unknown as Patient
const ports = (site = SITE): WishPorts => ({
  visits: visitStore(storage.store, linkKeys, 7),
  seals,
  mappings: {} as WishPorts['mappings'],
  graph: () => {
    throw new Error('nobody has to ask Graph')
  },
  teamsOrigins: [],
  site: async () => site,
  ehr: async () =>
    down
      ? fail('ehr_unavailable')
      : ok({ appointment: async () => ok(appointment), patient: async () => ok(patient) } as unknown as Ehr),
  allowedTenants: [SITE.tenantId],
  opensMinutes: 30,
  now: () => NOW,
  store: storage.store,
  identity,
})

async function linked(): Promise<string> {
  const { tenantId, siteId } = SITE
  const ref: VisitRef = { tenantId, siteId, visitKey: randomBytes(16).toString('base64url') }
  const facts = {
    start: new Date(NOW.getTime() + 20 * 60_000).toISOString(),
    minutes: 30,
    version: 1,
    cause: 'booked' as const,
    since: NOW.toISOString(),
    cancelled: false,
    video: true,
    ehrVersion: '1',
    departmentId: 'd1',
  }
  const { visits } = ports()
  const visit = await visits.save(ref, undefined, newVisitRow(seals, linkKeys, ref, 'a1', facts))
  return (visit && visits.patientToken(visit)) ?? ''
}

const stopped = () => isOptedOut({ store: storage.store, identity }, SITE.tenantId, PHONE)

test('looking changes nothing; STOP and START behind the link count as by text', async () => {
  const token = await linked()
  expect(await textsOfLink(ports(), token)).toMatchObject({
    ok: true,
    value: { phone: PHONE, stopped: false },
  })
  expect(await collect(storage.store.tables.optouts.all())).toEqual([])
  expect((await wish(ports(), token, 'STOP')).ok).toBe(true)
  expect(await stopped()).toBe(true)
  expect(await textsOfLink(ports(), token)).toMatchObject({ ok: true, value: { stopped: true } })
  const later = { ...ports(), now: () => new Date(NOW.getTime() + 1000) }
  expect((await wish(later, token, 'START')).ok).toBe(true)
  expect(await stopped()).toBe(false)
  // The phone itself is nowhere.
  expect(JSON.stringify(await collect(storage.store.tables.optouts.all()))).not.toContain('12345678')
})

test('a wish that cannot be kept is told, and none is kept by half', async () => {
  const token = await linked()
  down = true
  try {
    expect(await wish(ports(), token, 'STOP')).toMatchObject({
      ok: false,
      failure: { code: 'texts_unreadable' },
    })
  } finally {
    down = false
  }
  expect(await stopped()).toBe(false)
})

test('a number that takes answers, and a link that is unknown, have no such page', async () => {
  const token = await linked()
  const numbered = { ...SITE, texts: { ...SITE.texts, sender: '+18335550100' } }
  expect(await wish(ports(numbered), token, 'STOP')).toMatchObject({
    ok: false,
    failure: { code: 'link_unknown' },
  })
  expect(await wish(ports(), 'x'.repeat(22), 'STOP')).toMatchObject({
    ok: false,
    failure: { code: 'link_unknown' },
  })
})

import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Azurite, startAzurite } from '../../../sandbox/azurite.ts'
import { localStorageClients } from '../../../sandbox/storage.ts'
import type { Appointment } from '../../../src/core/ehr/appointment.ts'
import type { Ehr } from '../../../src/core/ehr/ehr.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { linkRowKeys, linkToken } from '../../../src/core/keys/link-token.ts'
import { ok } from '../../../src/core/result.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { createStorage, type Store, store } from '../../../src/core/store/store.ts'
import { newVisitRow } from '../../../src/core/visits/new-visit.ts'
import { deviceChecked, patientSeen } from '../../../src/core/visits/patient-signals.ts'
import { joinAsPatient, type PatientPorts, tapLink } from '../../../src/core/visits/patient-visit.ts'
import { type Visit, type VisitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'

const MINUTE = 60_000
const NOW = new Date('2026-06-09T19:10:00Z')
const START = new Date('2026-06-09T19:30:00Z')
const TENANT = 'tenant'
const SITE = { tenantId: TENANT, siteId: 'synthetic001', fhirBaseUrl: 'https://ehr.example/r4' } as Site
const JOIN_URL = 'https://teams.example/l/meetup-join/synthetic'
const APPOINTMENT = {
  id: 'appointment-1',
  start: START,
  minutes: 30,
  cancelled: false,
  over: false,
  video: true,
  practitionerIds: [],
} as unknown as Appointment

const [firstKey, secondKey, thirdKey] = [randomBytes(32), randomBytes(32), randomBytes(32)]
const linkKeys = keyRing(firstKey)
const seals = visitSeals(keyRing(randomBytes(32)))

let azurite: Azurite
let tables: Store
let now = NOW
let graphCalls = 0

beforeAll(async () => {
  azurite = await startAzurite()
  const clients = localStorageClients(azurite.connectionString)
  await createStorage(clients)
  tables = store(clients)
})
afterAll(() => azurite?.close())
beforeEach(() => {
  now = NOW
  graphCalls = 0
})

const portsWith = (ring = linkKeys): PatientPorts => ({
  visits: visitStore(tables, ring, 7),
  seals,
  mappings: {} as PatientPorts['mappings'],
  graph: () => {
    graphCalls++
    throw new Error('the meeting is known; nobody has to ask Graph')
  },
  teamsOrigins: ['https://teams.example'],
  site: async (tenantId, siteId) => (tenantId === TENANT && siteId === SITE.siteId ? SITE : undefined),
  ehr: async () => ok({ appointment: async () => ok(APPOINTMENT) } as unknown as Ehr),
  allowedTenants: [TENANT],
  opensMinutes: 30,
  now: () => now,
})

/** A visit in twenty minutes whose meeting exists, with its patient's link. */
async function visitWithLink(): Promise<{ visit: Visit; token: string }> {
  const ref: VisitRef = {
    tenantId: TENANT,
    siteId: SITE.siteId,
    visitKey: randomBytes(16).toString('base64url'),
  }
  const facts = {
    start: START.toISOString(),
    minutes: 30,
    version: 1,
    cause: 'booked' as const,
    since: NOW.toISOString(),
    cancelled: false,
    video: true,
    ehrVersion: '1',
    departmentId: 'department-1',
  }
  const meeting = { organizerId: 'organizer', meetingId: 'meeting', joinWebUrl: JOIN_URL }
  const row: VisitRow = {
    ...newVisitRow(seals, linkKeys, ref, APPOINTMENT.id, facts),
    sealedMeeting: seals.sealMeeting(ref, meeting),
  }
  const { visits } = portsWith()
  const visit = await visits.save(ref, undefined, row)
  const token = visit && visits.patientToken(visit)
  if (!visit || !token) throw new Error('the visit could not be written')
  return { visit, token }
}

/** A guest's link of the visit, as it is given out: its own serial, its own row. */
async function guestLink(visit: Visit, more: { serial: number; eraseAfter?: Date }): Promise<string> {
  const { visitKey, row, tenantId, siteId } = visit
  const { serial } = more
  const about = { visitKey, audience: 'guest' as const, serial, bucket: row.linkBucket }
  const token = linkToken(linkKeys, row.linkKeyId, about) ?? ''
  const keys = linkRowKeys(token)
  await tables.tables.links.put({
    partitionKey: String(keys?.bucket),
    rowKey: keys?.hash ?? '',
    schema: 1,
    tenantId,
    siteId,
    visitKey,
    audience: 'guest',
    serial,
    eraseAfter: (more.eraseAfter ?? new Date(NOW.getTime() + 86_400_000)).toISOString(),
  })
  return token
}

async function revoke(token: string): Promise<void> {
  const keys = linkRowKeys(token)
  const link = keys && (await tables.tables.links.get(String(keys.bucket), keys.hash))
  if (!link) throw new Error('there is no such link')
  await tables.tables.links.replace({ ...link, revokedAt: NOW.toISOString() })
}

const codeOf = async (token: string, ring = linkKeys) => {
  const tapped = await tapLink(portsWith(ring), token)
  return tapped.ok ? tapped.value.state.kind : tapped.failure.code
}

describe('a patient’s link', () => {
  test('opens its visit', async () => {
    const { token } = await visitWithLink()
    expect(token).toMatch(/^[\w-]{22}$/)
    expect(await codeOf(token)).toBe('ready')
  })

  test('that was changed in any character leads nowhere', async () => {
    const { token } = await visitWithLink()
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'Q' : 'A'
      expect(await codeOf(`${token.slice(0, at)}${other}${token.slice(at + 1)}`), `character ${at}`).toBe(
        'link_unknown',
      )
    }
  })

  test('that was cut off, lengthened or is something else leads nowhere', async () => {
    const { token } = await visitWithLink()
    const others = [
      token.slice(0, 21),
      token.slice(0, 5),
      `${token}A`,
      '',
      ' ',
      '../../health',
      'ä'.repeat(22),
    ]
    for (const other of others) expect(await codeOf(other), other).toBe('link_unknown')
  })

  test('made with the previous key still works, and with a key that is gone as well: it is found by its hash', async () => {
    const { token } = await visitWithLink()
    expect(await codeOf(token, keyRing(secondKey, firstKey))).toBe('ready')
    expect(await codeOf(token, keyRing(thirdKey, secondKey))).toBe('ready')
  })

  test('comes out the same from the previous key, so that the next text carries it too', async () => {
    const { visit, token } = await visitWithLink()
    expect(portsWith(keyRing(secondKey, firstKey)).visits.patientToken(visit)).toBe(token)
    expect(portsWith(keyRing(thirdKey, secondKey)).visits.patientToken(visit)).toBeUndefined()
  })

  test('ends when the visit is erased', async () => {
    const { token } = await visitWithLink()
    now = new Date(START.getTime() + 30 * MINUTE + 7 * 86_400_000 + 1)
    expect(await codeOf(token)).toBe('link_unknown')
  })

  test('of an organization that may not use the deployment any more leads nowhere', async () => {
    const { token } = await visitWithLink()
    const tapped = await tapLink({ ...portsWith(), allowedTenants: [] }, token)
    expect(tapped).toMatchObject({ ok: false, failure: { code: 'link_unknown' } })
  })

  test('opened, and opened again, changes nothing', async () => {
    const { visit, token } = await visitWithLink()
    await codeOf(token)
    await codeOf(token)
    expect((await portsWith().visits.find(visit))?.row.etag).toBe(visit.row.etag)
  })

  test('pressed twice, or on two devices, leads to the same meeting as a guest', async () => {
    const { visit, token } = await visitWithLink()
    const [one, two] = await Promise.all([
      joinAsPatient(portsWith(), token),
      joinAsPatient(portsWith(), token),
    ])
    expect(one).toEqual(ok(`${JOIN_URL}?anon=true`))
    expect(two).toEqual(one)
    expect(graphCalls).toBe(0)
    expect((await portsWith().visits.find(visit))?.row.patientWaitingSince).toBe(NOW.toISOString())
  })

  test('pressed after the visit joins nobody', async () => {
    const { token } = await visitWithLink()
    now = new Date(START.getTime() + 91 * MINUTE)
    expect(await codeOf(token)).toBe('over')
    expect(await joinAsPatient(portsWith(), token)).toMatchObject({ failure: { code: 'visit_not_open' } })
  })
})

describe('a guest’s link', () => {
  test('opens the same visit, and is not taken for the patient', async () => {
    const { visit } = await visitWithLink()
    const token = await guestLink(visit, { serial: 1 })
    expect(await codeOf(token)).toBe('ready')
    expect(await joinAsPatient(portsWith(), token)).toEqual(ok(`${JOIN_URL}?anon=true`))
    expect(await patientSeen(portsWith(), token)).toMatchObject({ ok: false })
    expect(await deviceChecked(portsWith(), token, { camera: 'pass' })).toMatchObject({ ok: false })
    const after = (await portsWith().visits.find(visit))?.row
    // That somebody waits is known; nothing of the patient follows from it.
    expect(after?.waitedFrom).toBeDefined()
    for (const column of ['patientSeenAt', 'patientWaitingSince', 'deviceCheck'])
      expect(after).not.toHaveProperty(column)
  })

  test('that was revoked leads nowhere, and the other guests’ and the patient’s still work', async () => {
    const { visit, token } = await visitWithLink()
    const [first, second] = [await guestLink(visit, { serial: 1 }), await guestLink(visit, { serial: 2 })]
    await revoke(first)
    expect(await codeOf(first)).toBe('link_unknown')
    expect(await joinAsPatient(portsWith(), first)).toMatchObject({ failure: { code: 'link_unknown' } })
    expect([await codeOf(second), await codeOf(token)]).toEqual(['ready', 'ready'])
  })

  test('leads nowhere after its time', async () => {
    const { visit } = await visitWithLink()
    const token = await guestLink(visit, { serial: 3, eraseAfter: new Date(NOW.getTime() - 1) })
    expect(await codeOf(token)).toBe('link_unknown')
  })
})

describe('what the patient’s page tells', () => {
  test('the first time that the page is open on a screen is kept', async () => {
    const { visit, token } = await visitWithLink()
    expect(await patientSeen(portsWith(), token)).toEqual(ok(undefined))
    now = new Date(NOW.getTime() + 5 * MINUTE)
    await patientSeen(portsWith(), token)
    expect((await portsWith().visits.find(visit))?.row.patientSeenAt).toBe(NOW.toISOString())
  })

  test('of a device check the latest one counts, and the same one twice writes once', async () => {
    const { visit, token } = await visitWithLink()
    await deviceChecked(portsWith(), token, { camera: 'blocked' })
    now = new Date(NOW.getTime() + MINUTE)
    await deviceChecked(portsWith(), token, { camera: 'pass', microphone: 'pass' })
    const after = (await portsWith().visits.find(visit))?.row
    expect(after).toMatchObject({
      deviceCheck: 'camera:pass microphone:pass',
      deviceCheckedAt: now.toISOString(),
    })
    await deviceChecked(portsWith(), token, { camera: 'pass', microphone: 'pass' })
    expect((await portsWith().visits.find(visit))?.row.etag).toBe(after?.etag)
  })

  test('days before the visit it tells nothing', async () => {
    const { visit, token } = await visitWithLink()
    now = new Date(START.getTime() - 86_400_000)
    expect(await patientSeen(portsWith(), token)).toMatchObject({ failure: { code: 'visit_not_open' } })
    expect((await portsWith().visits.find(visit))?.row.etag).toBe(visit.row.etag)
  })
})

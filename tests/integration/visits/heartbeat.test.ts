import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Settings } from '../../../src/core/config.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { heartbeats, lateSites } from '../../../src/core/visits/heartbeat.ts'
import { at, type Clinic, clinic, DAY } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../messaging/storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const MINUTE = 60_000
const SYSTEM = { clientId: 'system', auth: { method: 'none' as const }, scopes: 'system/Appointment.read' }
const TWO: Site['departments'] = ['family', 'heart'].map((id) => ({
  id,
  name: id,
  locationIds: ['L1'],
  on: true,
}))

function open(more: Partial<Site> = {}): Clinic {
  return clinic(storage.store, { start: `${DAY}T10:00:00.000Z`, more: { system: SYSTEM, ...more } })
}
/** What the timer asks for at every tick. */
function ports(made: Clinic, sites: readonly Site[], tenants = sites.map(({ tenantId }) => tenantId)) {
  const all = async () => [...sites]
  return {
    store: storage.store,
    now: made.now,
    sites: { all } as unknown as Parameters<typeof lateSites>[0]['sites'],
    settings: { ALLOWED_TENANTS: tenants } as unknown as Settings,
  }
}
const ago = (made: Clinic, minutes: number) => new Date(made.now().getTime() - minutes * MINUTE)

describe('the heartbeat of a site', () => {
  test('is the oldest last look of its departments, and late after a quarter of an hour', async () => {
    const made = open({ departments: TWO })
    await made.sweep(DAY, undefined, 'family')
    const beat = async () => (await heartbeats(portsOf(made), [made.site]))[0]
    expect(await beat()).toMatchObject({ sweptAt: undefined, late: true })
    await made.sweep(DAY, undefined, 'heart')
    expect(await beat()).toMatchObject({ sweptAt: `${DAY}T10:00:00.000Z`, late: false })
    made.advance(14 * 60)
    await made.sweep(DAY, undefined, 'family')
    expect(await beat()).toMatchObject({ sweptAt: `${DAY}T10:00:00.000Z`, late: false })
    made.advance(2 * 60)
    expect(await beat()).toMatchObject({ late: true })
  })

  test('is one query, however many departments there are', async () => {
    const made = open({ departments: TWO })
    for (const { id } of TWO) await made.sweep(DAY, undefined, id)
    const asked: string[] = []
    const { sweeps } = storage.store.tables
    const counted = {
      get: async () => void asked.push('get'),
      list: (...given: Parameters<typeof sweeps.list>) => {
        asked.push('list')
        return sweeps.list(...given)
      },
    } as unknown as typeof sweeps
    const store = { ...storage.store, tables: { ...storage.store.tables, sweeps: counted } }
    const [beat] = await heartbeats({ ...portsOf(made), store }, [made.site])
    expect(beat).toMatchObject({ late: false })
    expect(asked).toEqual(['list'])
  })

  test('stops while the EHR does not answer: the mark moves only after a look that came to its end', async () => {
    const made = open()
    await made.sweep(DAY)
    made.ehr.book('A0', at('15:00'))
    made.ehr.failing = { code: 'ehr_unavailable' }
    made.advance(20 * 60)
    expect(await made.sweep(DAY)).toMatchObject({ ok: false })
    expect(await heartbeats(portsOf(made), [made.site])).toMatchObject([{ late: true }])
    made.ehr.failing = undefined
    await made.sweep(DAY)
    expect(await heartbeats(portsOf(made), [made.site])).toMatchObject([{ late: false }])
  })
})

describe('what the alert is raised by', () => {
  test('names the one site that stopped, while another goes on', async () => {
    const [stopped, well] = [open(), open()]
    await stopped.sweep(DAY)
    for (const one of [stopped, well]) one.advance(20 * 60)
    await well.sweep(DAY)
    const late = await lateSites(ports(well, [stopped.site, well.site]), ago(well, 2))
    expect(late).toMatchObject([{ siteId: stopped.site.siteId, sweptAt: `${DAY}T10:00:00.000Z` }])
  })

  test('is looked for once in ten minutes, however often the timer ticks', async () => {
    const made = open()
    made.advance(21 * 60)
    expect(await lateSites(ports(made, [made.site]), ago(made, 2))).toHaveLength(1)
    made.advance(120)
    expect(await lateSites(ports(made, [made.site]), ago(made, 2))).toEqual([])
  })

  test('is not a pause of the timer itself, a site without a system account or in setup, or a tenant that is not served', async () => {
    const made = open()
    made.advance(20 * 60)
    const { system: _none, ...without } = made.site
    expect(await lateSites(ports(made, [made.site]), ago(made, 2))).toHaveLength(1)
    expect(await lateSites(ports(made, [made.site]), ago(made, 40))).toEqual([])
    expect(await lateSites(ports(made, [made.site]), undefined)).toEqual([])
    expect(await lateSites(ports(made, [without]), ago(made, 2))).toEqual([])
    expect(await lateSites(ports(made, [made.site], []), ago(made, 2))).toEqual([])
    expect(await lateSites(ports(made, [{ ...made.site, setup: true }]), ago(made, 2))).toEqual([])
  })
})

const portsOf = ({ now }: Clinic) => ({ store: storage.store, now })

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { doctorPassed, readDoctor, startDoctor } from '../../../src/core/doctor/doctor.ts'
import { doctorStore, LOST_AFTER } from '../../../src/core/doctor/doctor-store.ts'
import { workDoctor } from '../../../src/core/doctor/work-doctor.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { bayFor, visitPartition } from '../../../src/core/visits/bay.ts'
import { doctorResults } from '../../../src/functions/doctor-results.ts'
import { visitRow } from '../../unit/visits/visit.fixture.ts'
import { ADMIN, ADMIN_PHONE, begin, type DoctorWorld, doctorWorld, statesOf, until } from './world.ts'

let world: DoctorWorld
beforeAll(async () => {
  world = await doctorWorld()
})
afterAll(() => world?.close())

const textsTo = (phone: string) => world.acs.texts().filter(({ to }) => to === phone)
const lineOf = async (id: string) => {
  const run = await readDoctor(await world.newApp(), world.site.tenantId, world.site.siteId)
  return run?.lines.find((line) => line.id === id)
}

describe('a run', () => {
  it('stands in the store from its start on, line by line, with who started it', async () => {
    const app = await world.newApp()
    const { started } = await begin(app, world.site, undefined)
    const kept = await readDoctor(app, world.site.tenantId, world.site.siteId)
    expect(kept).toMatchObject({ runId: started.runId, by: ADMIN, finishedAt: undefined })
    expect(new Set(kept?.lines.map(({ state }) => state))).toEqual(new Set(['waiting']))
    await app.store.tables.doctor.remove({ partitionKey: world.site.tenantId, rowKey: world.site.siteId })
  })

  it('is not started twice at once; one that was lost with its process is', async () => {
    const app = await world.newApp()
    const first = await begin(app, world.site, undefined)
    const second = await begin(app, world.site, undefined)
    expect(second.started.runId).toBe(first.started.runId)
    expect(second.sent).toEqual([])
    const later = { ...app, now: () => new Date(Date.now() + LOST_AFTER) }
    expect((await begin(later, world.site, undefined)).started.runId).not.toBe(first.started.runId)
    await app.store.tables.doctor.remove({ partitionKey: world.site.tenantId, rowKey: world.site.siteId })
  })

  it('keeps the phone number sealed in its message and nowhere else', async () => {
    const { message, run } = await world.run(world.site, '+12065550177')
    expect(JSON.stringify(message)).not.toContain('2065550177')
    expect(JSON.stringify(run)).not.toContain('2065550177')
    expect(textsTo('+12065550177')).toHaveLength(1)
  })

  it('delivered twice by the queue, sends one text', async () => {
    const app = await world.newApp()
    const before = textsTo(ADMIN_PHONE).length
    world.own.broken.add('events')
    const { message } = await begin(app, world.site, ADMIN_PHONE)
    await workDoctor(app, world.site, message)
    expect(await lineOf('test_text')).toMatchObject({ state: 'running' })
    await workDoctor(app, world.site, message)
    world.own.broken.delete('events')
    expect(textsTo(ADMIN_PHONE)).toHaveLength(before + 1)
    expect(await lineOf('test_text')).toMatchObject({ state: 'running' })
    await workDoctor(app, world.site, { ...message, kind: 'receipt_due' })
    expect(await lineOf('test_text')).toMatchObject({ state: 'warn', code: 'carrier_silent' })
    expect((await readDoctor(app, world.site.tenantId, world.site.siteId))?.finishedAt).toBeDefined()
  })

  it('that a newer one took the place of writes nothing any more', async () => {
    const app = await world.newApp()
    const { message } = await begin(app, world.site, undefined)
    const asked = world.ehr.ledger.length
    await workDoctor(app, world.site, { ...message, runId: 'an-older-run' })
    expect(world.ehr.ledger.length).toBe(asked)
    const told = await doctorStore(app.store, app.now).tell(
      world.site.tenantId,
      world.site.siteId,
      'an-older-run',
      {
        id: 'reachable',
        state: 'fail',
        what: 'old news',
      },
    )
    expect([told, (await lineOf('reachable'))?.state]).toEqual([false, 'waiting'])
    await workDoctor(app, world.site, message)
  })

  it('without a phone, texts, e-mails, a system account or writing leaves those lines out and passes', async () => {
    const { system: _system, emails: _emails, writeBack: _writeBack, ...rest } = world.site
    const { sender: _sender, ...texts } = rest.texts
    const quiet: Site = { ...rest, texts: { ...texts, on: false } }
    const { run, passed } = await world.run(quiet, undefined)
    expect(passed).toBe(true)
    const skipped = run.lines.filter(({ state }) => state === 'skip').map(({ id }) => id)
    expect(skipped).toEqual([
      'system_token',
      'system_scopes',
      'appointment_search',
      'locations',
      'video_visits',
      'patient',
      'write_back',
      'sender',
      'email',
      'test_text',
    ])
  })

  it('tries writing where the site writes, whatever scopes its system account has', async () => {
    const patches = () => world.ehr.ledger.filter(({ method }) => method === 'PATCH').length
    const before = patches()
    const { writeBack: _writeBack, ...reading } = world.site
    const { run } = await world.run(reading, undefined)
    expect(run.lines.find(({ id }) => id === 'write_back')).toMatchObject({ state: 'skip' })
    expect(patches()).toBe(before)
    const { system } = world.site
    if (!system) throw new Error('the clinic has a system account')
    const scopes = system.scopes.replace('system/Appointment.write ', '')
    const arrived = { links: false, arrived: true }
    const { run: refused } = await world.run(
      { ...world.site, system: { ...system, scopes }, writeBack: arrived },
      undefined,
    )
    expect(refused.lines.find(({ id }) => id === 'write_back')).toMatchObject({
      state: 'fail',
      code: 'ehr_write_refused',
    })
    expect(patches()).toBe(before + 1)
  })

  it('sees what was granted a moment ago, although a token from before is kept', async () => {
    const app = await world.newApp()
    const tenant = world.entra.tenants.find(({ id }) => id === world.site.tenantId)
    const consented = async () => {
      const { message } = await begin(app, world.site, undefined)
      await workDoctor(app, world.site, message)
      return (await lineOf('graph_consent'))?.state
    }
    tenant?.consented.delete('User.Read.All')
    try {
      expect(await consented()).toBe('fail')
    } finally {
      tenant?.consented.add('User.Read.All')
    }
    expect(await consented()).toBe('pass')
  })

  it('whose text arrived proves that carriers let the number through', async () => {
    const app = await world.newApp()
    const { tenantId, texts } = world.site
    const sender = texts.sender ?? ''
    const added = await app.senders.add(tenantId, { sender, kind: 'tollFree', country: 'US', by: ADMIN })
    expect(added).toMatchObject({ ok: true, value: { verification: 'not_submitted' } })
    await world.run()
    // The line is told first, then what the report proves.
    const read = async () => (await app.senders.read(tenantId, sender))?.value
    const proven = await until(read, (value) => value?.evidence !== undefined)
    expect(proven).toMatchObject({ verification: 'verified', evidence: 'delivered' })
    await app.senders.remove(tenantId, sender)
  })

  it('tells that visits were not written, though the EHR would let us', async () => {
    const app = await world.newApp()
    const { tenantId, siteId } = world.site
    const failure = { writeBackFailure: 'ehr_scope_missing', writeBackFailedAt: app.now().toISOString() }
    const row = visitRow({ start: app.now().toISOString(), ...failure })
    const keys = {
      partitionKey: visitPartition(tenantId, siteId, bayFor(row)),
      rowKey: `v:${'A'.repeat(22)}`,
    }
    expect((await app.store.tables.visits.insert({ ...keys, ...row })).ok).toBe(true)
    const { run } = await world.run()
    expect(run.lines.find(({ id }) => id === 'write_back')).toMatchObject({
      state: 'warn',
      code: 'ehr_write_failing',
      what: expect.stringContaining('one visit, last with ehr_scope_missing'),
    })
    await app.store.tables.visits.remove(keys)
  })

  it('logs and keeps nothing of a patient', async () => {
    const { run } = await world.run()
    const kept = JSON.stringify(run)
    for (const { id, name } of world.ehr.patients()) {
      expect(kept).not.toContain(id)
      expect(kept).not.toContain(name.split(',')[0])
    }
  })
})

describe('a result', () => {
  it('counts for the settings that it looked at, and for no others', async () => {
    const { run, passed } = await world.run()
    expect(passed).toBe(true)
    expect(doctorPassed(run, { ...world.site, writeBack: { links: false, arrived: false } })).toBe(false)
    const moved: Site = { ...world.site, organizers: world.site.organizers.slice(0, 1) }
    expect(doctorPassed(run, moved)).toBe(false)
    expect(doctorPassed(run, { ...world.site, name: 'Another name' })).toBe(true)
    expect(doctorPassed(undefined, world.site)).toBe(false)
    expect(doctorPassed({ ...run, finishedAt: undefined }, world.site)).toBe(false)
  })

  it('is read by its own tenant alone', async () => {
    const app = await world.newApp()
    await world.run()
    const sites = { ...app.sites, ofTenant: async () => [world.site] }
    const of = (tenantId: string) => doctorResults({ ...app, sites }, tenantId)
    expect((await of(world.site.tenantId)).get(world.site.siteId)).toMatchObject({ passed: true })
    expect((await of('b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302')).size).toBe(0)
    expect(await readDoctor(app, 'b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302', world.site.siteId)).toBeUndefined()
  })

  it('shows that everything was tried over the wire', async () => {
    const { run } = await world.run()
    expect(Object.values(statesOf(run))).not.toContain('waiting')
    const tried = world.graph.ledger.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)
    expect(tried.filter((one) => one === 'POST createOrGet').length).toBeGreaterThanOrEqual(2)
    expect(world.graph.meetings()).toEqual([])
    expect(world.graph.subscriptions()).toEqual([])
    const started = await startDoctor(await world.newApp(), world.site, ADMIN)
    expect(started.by).toBe(ADMIN)
  })
})

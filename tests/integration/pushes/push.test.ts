import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Registered } from '../functions/registered.ts'
import { at, DAY } from '../messaging/clinic.fixture.ts'
import { type Fixture, startFixture } from '../sandbox/acs.fixture.ts'
import { collect, type Storage, startStorage } from '../store/storage.fixture.ts'
import {
  BASE,
  type Engine,
  engine,
  OTHER_SITE,
  OTHER_TENANT,
  pushWorld,
  SITE,
  type World,
} from './engine.fixture.ts'

const registered = vi.hoisted(() => new Map() as Registered)
const running = vi.hoisted(() => ({ app: undefined as unknown }))
vi.mock('@azure/functions', async (original) => {
  const add = (name: string, options: never) => registered.set(name, options)
  return {
    ...(await original<typeof import('@azure/functions')>()),
    app: { http: add, timer: add, storageQueue: add },
  }
})
vi.mock('../../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: true }))

let storage: Storage
let vendor: Fixture
let world: World
let ours: Engine
let theirs: Engine

beforeAll(async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  ;[storage, vendor] = await Promise.all([startStorage(), startFixture()])
  ;[ours, theirs] = await Promise.all([engine('engine.lakeside'), engine('engine.harbor', 'RS384')])
  // The clinic's day begins at this hour.
  vendor.clock.advance((at('15:00', '2026-11-22').getTime() - vendor.clock.now().getTime()) / 1000)
  world = await pushWorld(storage, vendor, registered)
  running.app = world.app
  for (const file of ['push', 'sweeps', 'notices']) await import(`../../../src/functions/${file}.ts`)
  await world.save({ ...world.base, push: ours.push })
  const other = { tenantId: OTHER_TENANT, siteId: OTHER_SITE, fhirBaseUrl: 'https://ehr.other.example/r4' }
  await world.save({ ...world.base, ...other, push: theirs.push })
  for (const day of ['2026-11-22', DAY]) await world.sweep(day)
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await vendor?.acs.close()
  await storage?.close()
})

let booked = 0
/** An appointment that is new in the EHR, a minute later. */
function book(more = {}): string {
  const id = `push-${++booked}`
  world.ehr.book(id, at('16:00'), more, { phones: [`+1206555${String(1000 + booked)}`] })
  vendor.clock.advance(60)
  return id
}
const push = async (body: unknown, by: Engine = ours, siteId = SITE, headers: Record<string, string> = {}) =>
  world.post(
    body,
    { authorization: `Bearer ${await by.token(vendor.clock.now(), siteId)}`, ...headers },
    siteId,
  )
const reference = (id: string) => ({ reference: `Appointment/${id}` })
const textsTo = (id: string) =>
  vendor.acs
    .texts()
    .filter(({ to }) => to === world.ehr.patients.get(`patient of ${id}`)?.phones[0])
    .map(({ message }) => message.split(/[,:]| now | on /)[0])

// A minute's worth of pushes is used up by no test of its neighbours.
beforeEach(() => vendor.clock.advance(120))

describe('a push', () => {
  test('of a new appointment ends as a text, and its words come from the EHR alone', async () => {
    const id = book()
    const told = { resourceType: 'Appointment', id, status: 'cancelled', start: '1999-01-01T00:00:00Z' }
    const { status, said } = await push(told)
    expect([status, said]).toEqual([
      202,
      { accepted: 1, ignored: 0, reference: expect.stringMatching(/^[\da-f]{10}$/) },
    ])
    await world.work()
    expect(textsTo(id)).toEqual(['Video visit booked'])
  })

  test('leaves nothing in the queue that anybody could read', async () => {
    const id = book()
    await push({ resourceType: 'Appointment', id, description: 'Synthetic, Ana' })
    const [message] = await world.take('sweeps')
    expect(message).toMatchObject({ kind: 'pushed', siteId: SITE, tries: 0 })
    expect(JSON.stringify(message)).not.toMatch(new RegExp(`${id}|Synthetic`))
    await world.run('sweep', message)
    await world.work()
    expect(textsTo(id)).toEqual(['Video visit booked'])
  })

  test('that comes again, or at the same time as a sweep, does nothing twice', async () => {
    const id = book()
    for (let n = 0; n < 3; n++) {
      await push(reference(id))
      await world.work()
    }
    await world.sweep(DAY)
    await Promise.all([push(reference(id)), world.sweep(DAY), push(reference(id))])
    await world.work()
    await world.work()
    expect(textsTo(id)).toEqual(['Video visit booked'])
  })

  test('whose message is delivered twice before anything was sent sends one text', async () => {
    const id = book()
    await push(reference(id))
    const [message] = await world.take('sweeps')
    await world.run('sweep', message)
    await world.run('sweep', message)
    await world.work()
    await world.work()
    expect(textsTo(id)).toEqual(['Video visit booked'])
  })

  test('of a move to another day, and of a cancellation, tells each once', async () => {
    const id = book()
    await push(reference(id))
    await world.work()
    world.ehr.change(id, { start: at('17:00', '2026-11-26') })
    await push(reference(id))
    await world.work()
    world.ehr.change(id, { cancelled: true, status: 'cancelled' })
    await push({
      resourceType: 'Bundle',
      type: 'collection',
      entry: [{ request: { method: 'DELETE', url: `Appointment/${id}` } }],
    })
    await world.work()
    expect(textsTo(id)).toEqual(
      ['Video visit booked', 'Your video visit is', 'Video visit'].map((words) =>
        expect.stringContaining(words),
      ),
    )
  })

  test('of a Bundle looks at each appointment', async () => {
    const ids = [book(), book(), book({ video: false })]
    const entry = [
      ...ids.map((id) => ({ resource: { resourceType: 'Appointment', id } })),
      { resource: { resourceType: 'Patient', id: 'x' } },
    ]
    const { said } = await push({ resourceType: 'Bundle', type: 'message', entry })
    expect(said).toMatchObject({ accepted: 3, ignored: 1 })
    await world.work()
    expect(ids.map(textsTo)).toEqual([['Video visit booked'], ['Video visit booked'], []])
  })

  test('of what the EHR does not know, or of another department, changes nothing', async () => {
    const id = book({ locationIds: ['elsewhere'] })
    await push({
      resourceType: 'Bundle',
      entry: [id, 'never-was'].map((each) => ({ resource: { resourceType: 'Appointment', id: each } })),
    })
    const lines = await world.work()
    expect(lines.find((line) => line.includes('pushed_looked_at'))).toContain('"elsewhere":2')
    expect(textsTo(id)).toEqual([])
  })

  test('of a day that no sweep has seen keeps the rule of the first look, and confirms what was booked since', async () => {
    const far = at('16:00', '2027-06-01')
    const [old, young] = [book({ start: far }), book({ start: far, created: vendor.clock.now() })]
    for (const id of [old, young]) await push(reference(id))
    await world.work()
    expect([old, young].map(textsTo)).toEqual([[], ['Video visit booked']])
    // The day before comes into sight, then this one, while a confirmation still waits to be sent.
    await world.sweep('2027-05-31')
    vendor.clock.advance(60)
    const waiting = book({ start: far, created: vendor.clock.now() })
    await push(reference(waiting))
    for (const message of await world.take('sweeps')) await world.run('sweep', message)
    await world.sweep('2027-06-01')
    await world.work()
    expect([old, young, waiting].map(textsTo)).toEqual([[], ['Video visit booked'], ['Video visit booked']])
  })

  test('waits for an EHR that cannot be asked, and is asked again', async () => {
    const id = book()
    await push(reference(id))
    const [message] = await world.take('sweeps')
    world.ehr.failing = { code: 'ehr_unavailable', retryAfterSeconds: 1 }
    const lines = await world.run('sweep', message)
    world.ehr.failing = undefined
    expect(lines.join()).toContain('push_failed')
    expect(await world.take('sweeps')).toEqual([])
    await world.run('sweep', { ...(message as object), tries: 8 })
    await world.work()
    expect(textsTo(id)).toEqual(['Video visit booked'])
  })
})

describe('who may not push', () => {
  const refusedAlike = async (answers: readonly Awaited<ReturnType<World['post']>>[]) => {
    const bodies = answers.map(({ status, said, headers }) => {
      const { 'www-authenticate': asks, 'content-type': type } = headers
      return JSON.stringify([status, asks, type, said]).replace(/Reference [\da-f]{10}/, 'Reference …')
    })
    expect(new Set(bodies).size).toBe(1)
    expect(answers[0]).toMatchObject({
      status: 401,
      said: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'security' }] },
    })
    expect(await world.take('sweeps')).toEqual([])
    return answers.map(({ lines }) => /"detail":"(\w+)"/.exec(lines.join())?.[1])
  }

  test('is told the same whatever was wrong, and whether or not there is such a site', async () => {
    const now = vendor.clock.now()
    const body = reference(book())
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
    const used = await ours.token(now)
    expect((await world.post(body, bearer(used))).status).toBe(202)
    await world.take('sweeps')
    const old = { iat: now.getTime() / 1000 - 600, exp: now.getTime() / 1000 - 300 }
    const answers = [
      await world.post(body),
      await world.post(body, { authorization: 'Basic dXNlcjpwYXNz' }),
      // Another tenant's key, for this site's address and for its own.
      await world.post(body, bearer(await theirs.token(now))),
      await world.post(body, bearer(await theirs.token(now, SITE, { iss: 'engine.lakeside' }))),
      await world.post(body, bearer(await theirs.token(now, OTHER_SITE))),
      // Our key, for another site and for one that is none.
      await world.post(body, bearer(await ours.token(now, OTHER_SITE)), OTHER_SITE),
      await world.post(body, bearer(await ours.token(now, 'nosuchsite01')), 'nosuchsite01'),
      await world.post(body, bearer(await ours.token(now, '../tenants')), '../tenants'),
      await world.post(body, bearer(await ours.token(now, SITE, old))),
      await world.post(body, bearer(used)),
    ]
    expect(await refusedAlike(answers)).toEqual([
      'push_token_missing',
      'push_token_missing',
      'push_token_key',
      'push_token_key',
      'push_token_key',
      'push_token_key',
      'push_site_unknown',
      'push_site_unknown',
      'push_token_expired',
      'push_token_replayed',
    ])
  })

  test('is a site that registered no key, is in setup, or whose tenant may not use the deployment', async () => {
    const body = reference('1')
    const token = async () => ({ authorization: `Bearer ${await ours.token(vendor.clock.now())}` })
    const answers = []
    for (const site of [{ ...world.base }, { ...world.base, push: ours.push, setup: true }]) {
      await world.save(site)
      answers.push(await world.post(body, await token()))
    }
    await world.save({ ...world.base, push: ours.push })
    const allowed = world.app.settings.ALLOWED_TENANTS as unknown as string[]
    const kept = allowed.splice(0)
    answers.push(await world.post(body, await token()))
    allowed.push(...kept)
    expect(await refusedAlike(answers)).toEqual(Array(3).fill('push_site_unknown'))
  })
})

describe('bad input', () => {
  const refusedWith = async (body: unknown, headers: Record<string, string> = {}) => {
    const { status, said, headers: answered } = await push(body, ours, SITE, headers)
    expect(answered['content-type']).toBe('application/fhir+json; charset=utf-8')
    expect(said.resourceType).toBe('OperationOutcome')
    expect(await world.take('sweeps')).toEqual([])
    return [status, said.issue[0].code, said.issue[0].details.text.split('.')[0]]
  }

  test.each<[string, unknown, Record<string, string>, unknown[]]>([
    [
      'HTML',
      '<html></html>',
      { 'content-type': 'text/html' },
      [415, 'not-supported', 'The body must be FHIR R4 in JSON: Content-Type application/fhir+json'],
    ],
    ['HTML that is called JSON', '<html></html>', {}, [400, 'structure', 'The body is not JSON']],
    [
      'DSTU2 by its media type',
      '{}',
      { 'content-type': 'application/json+fhir' },
      [415, 'not-supported', 'The media type is of another FHIR version'],
    ],
    [
      'DSTU2 by its elements',
      { resourceType: 'Appointment', id: '1', type: {} },
      {},
      [
        422,
        'structure',
        'This is an Appointment of an older FHIR version (it has the element type or reason)',
      ],
    ],
    [
      'an empty Bundle',
      { resourceType: 'Bundle', entry: [] },
      {},
      [422, 'required', 'The Bundle has no Appointment'],
    ],
    [
      'a reference to another server',
      { reference: 'https://ehr.other.example/r4/Appointment/1' },
      {},
      [422, 'value', 'A reference leads to another server than the FHIR base URL of this site'],
    ],
  ])('%s', async (_name, body, headers, expected) =>
    expect(await refusedWith(body, headers)).toEqual(expected),
  )

  test('ten megabytes are refused by their length, and where none is said as soon as they are too many', async () => {
    const big = JSON.stringify({ resourceType: 'Appointment', id: '1', comment: 'x'.repeat(10_485_760) })
    expect(await refusedWith(big, { 'content-length': String(big.length) })).toEqual([
      413,
      'too-long',
      'The body is larger than 1 MiB',
    ])
    expect((await refusedWith(big))[0]).toBe(413)
  })

  test('a bad entry of a Bundle is named', async () => {
    const { said } = await push({
      resourceType: 'Bundle',
      entry: [{ resource: { resourceType: 'Appointment', id: '1,2' } }],
    })
    expect(said.issue[0].expression).toEqual(['Bundle.entry[0]'])
  })

  test('a body that was refused uses up no token', async () => {
    const authorization = `Bearer ${await ours.token(vendor.clock.now())}`
    expect((await world.post('<p>', { authorization })).status).toBe(400)
    expect((await world.post(reference('1'), { authorization })).status).toBe(202)
    await world.take('sweeps')
  })

  test('a site whose system account is missing says so', async () => {
    const { system: _none, ...rest } = world.base
    await world.save({ ...rest, push: ours.push })
    expect((await refusedWith(reference('1')))[0]).toBe(409)
    await world.save({ ...world.base, push: ours.push })
  })

  test('more than 120 pushes in a minute are asked to wait; the next minute is free again', async () => {
    const statuses: number[] = []
    for (let n = 0; n < 122; n++) statuses.push((await push(reference('never-was'))).status)
    expect(statuses.slice(0, 120)).toEqual(Array(120).fill(202))
    const over = await push(reference('never-was'))
    expect([over.status, over.headers['retry-after'], over.said.issue[0].code]).toEqual([
      429,
      '30',
      'throttled',
    ])
    vendor.clock.advance(70)
    expect((await push(reference('never-was'))).status).toBe(202)
    while ((await world.take('sweeps')).length > 0);
  })
})

test('what is kept of pushes is hashes, times and counts', async () => {
  const rows = await collect(storage.store.tables.consumed.all())
  expect(rows.length).toBeGreaterThan(10)
  for (const { rowKey, until, schema } of rows) {
    expect(rowKey).toMatch(/^[\w-]{43}$/)
    expect([schema, Number.isNaN(Date.parse(until))]).toEqual([1, false])
  }
  expect(JSON.stringify(rows)).not.toContain(BASE)
})

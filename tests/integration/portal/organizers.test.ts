import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { APPLICATION_PERMISSIONS } from '../../../sandbox/entra/permissions.ts'
import { ACCOUNTS, NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { checkRound, type RoundPorts } from '../../../src/core/setup/check-round.ts'
import type { Message } from '../../../src/core/store/messages.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { ana, grace, type Held, type PortalWorld, portalWorld } from './portal-world.ts'

const held = vi.hoisted(() => ({ http: new Map(), app: undefined }) as Held)
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => held.http.set(name, options) },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ https: false, app: async () => held.app }))

const { organizer, organizerWithoutTeams, disabled } = ACCOUNTS.woodgrove
const sent: { message: Message<'setupchecks'>; delay: number }[] = []

let world: PortalWorld
beforeAll(async () => {
  await import('../../../src/functions/portal-permissions.ts')
  await import('../../../src/functions/portal-organizers.ts')
  world = await portalWorld(held)
  const tenant = world.entra.tenants.find(({ id }) => id === WOODGROVE_CLINICS)
  for (const permission of APPLICATION_PERMISSIONS) tenant?.consented.add(permission)
  // A sign-in or a consent brings the application into the organization; this is the shortest of them.
  await world.consent(WOODGROVE_CLINICS, ACCOUNTS.woodgrove.administrator)
  const real = world.app.store.queues.setupchecks
  vi.spyOn(real, 'send').mockImplementation(async (message, delay = 0) => void sent.push({ message, delay }))
})
afterAll(() => world?.close())
beforeEach(async () => {
  sent.length = 0
  world.clock.at = new Date(world.clock.at.getTime() + 60_000)
  // The SDK keeps a token by the machine's clock; the test's has moved on.
  await world.app.renewedCredential(WOODGROVE_CLINICS)
  Object.assign(world.graph.faults, { throttled: false, unavailable: false })
  world.graph.accessPolicy.clear()
})

const version = async (tenantId: string = WOODGROVE_CLINICS) =>
  (await world.app.tenants.read(tenantId)).version
const organizersOf = async (tenantId: string = WOODGROVE_CLINICS) =>
  (await world.app.tenants.read(tenantId)).value.organizers
const checkOf = async (id: string) =>
  (await world.app.checks.read(WOODGROVE_CLINICS)).organizers.get(id)?.value
const post = async (name: string, path: string, fields: Record<string, string>, visitor = grace) =>
  world.call(name, path, {
    session: world.signedIn(visitor),
    fields: { version: await version(visitor.tenantId), ...fields },
  })
const add = (user: string) => post('portalOrganizerAdd', '/portal/permissions/organizers', { user })
const remove = (user: string) =>
  post('portalOrganizerRemove', '/portal/permissions/organizers/remove', { user })
/** A moment after whatever was found before. */
const check = () => {
  world.clock.at = new Date(world.clock.at.getTime() + 1000)
  return post('portalOrganizersCheck', '/portal/permissions/check', {})
}
const look = (visitor = grace) =>
  world.call('portalPermissions', '/portal/permissions', { session: world.signedIn(visitor) })

const ports = (): RoundPorts => {
  const { checks, tenants, graph, now, store } = world.app
  return { checks, tenants, graph, now, queue: store.queues.setupchecks }
}
/** What the queue does with the message that lies in it longest. */
const nextRound = async () => {
  const next = sent.shift()
  if (!next) throw new Error('no further look was asked for')
  world.clock.at = new Date(world.clock.at.getTime() + next.delay * 1000)
  await checkRound(ports(), next.message)
  return next.delay
}

describe('the people picker', () => {
  const find = (words: string, visitor = grace) =>
    world.call('portalPeople', `/portal/people?${new URLSearchParams({ find: words })}`, {
      session: world.signedIn(visitor),
    })

  test('finds people of the own organization by the beginning of a name or address', async () => {
    const { html } = await find('virt')
    expect(html).toContain('2 accounts were found.')
    expect(html).toContain('visits@woodgroveclinics.example')
    expect(html).toContain('Add<span class="sr-only"> Virtual visits, spare</span>')
    expect((await find('victor')).html).toContain('sign-in is blocked')
    expect((await find('okafor')).html).toContain('Nobody was found for “okafor”.')
    expect((await find('v')).html).toContain('Type at least two letters.')
  })

  test('takes quotation marks as words', async () => {
    const { status, html } = await find('x" OR "displayName:virtual')
    expect([status, html.includes('Nobody was found')]).toEqual([200, true])
  })

  test('says what went wrong where Microsoft does not answer', async () => {
    world.graph.faults.unavailable = true
    expect((await find('virt')).html).toContain('The search did not work. Microsoft did not answer.')
    Object.assign(world.graph.faults, { unavailable: false, throttled: true })
    expect((await find('virt')).html).toContain('Microsoft asked us to slow down.')
  })
})

describe('organizer accounts', () => {
  test('are added with what is known of them, and shown with what to do', async () => {
    expect((await add(organizer)).location).toBe('/portal/permissions?done=organizer-added#organizers')
    expect(await checkOf(organizer)).toMatchObject({ account: 'ok', teams: 'yes', policy: 'waiting' })
    await add(organizerWithoutTeams)
    expect(await checkOf(organizerWithoutTeams)).toMatchObject({ account: 'ok', teams: 'no' })
    await add(disabled)
    expect(await checkOf(disabled)).toMatchObject({ account: 'disabled' })
    const { html } = await look()
    for (const words of ['Access policy not in effect', 'No licence with Teams', 'Sign-in is blocked'])
      expect(html).toContain(words)
    expect(html).toContain(`-Identity &quot;${organizer}&quot;`)
    expect(html).toContain('aria-current="step"')
  })

  test('that are none, or another organization’s, are not added', async () => {
    const before = await organizersOf()
    for (const user of [
      '',
      'nobody',
      '00000000-0000-4000-8000-00000000dead',
      ACCOUNTS.northwind.organizer1,
    ]) {
      const refused = await add(user)
      expect([refused.status, refused.html.includes('organizer_unknown')]).toEqual([422, true])
    }
    expect(await organizersOf()).toEqual(before)
  })

  test('of two administrators who change them at once the second is told', async () => {
    const before = await organizersOf()
    const stale = await post('portalOrganizerRemove', '/portal/permissions/organizers/remove', {
      user: disabled,
      version: 'an older one',
    })
    expect([stale.status, stale.html.includes('config_changed')]).toEqual([409, true])
    expect(await organizersOf()).toEqual(before)
  })

  test('are removed with what was found of them; one that a site uses stays, with the reason', async () => {
    expect((await remove(disabled)).location).toBe('/portal/permissions?done=removed#organizers')
    expect(await organizersOf()).not.toContain(disabled)
    expect(await checkOf(disabled)).toBeUndefined()
    const using = siteOf({ tenantId: WOODGROVE_CLINICS, siteId: 'woodgrove001', organizers: [organizer] })
    await world.app.sites.save(using)
    const refused = await remove(organizer)
    expect([refused.status, refused.html.includes('A site still uses this account')]).toEqual([409, true])
    expect(await organizersOf()).toContain(organizer)
    expect((await look()).html).toContain('To remove it, choose another organizer there first.')
    expect((await remove(organizerWithoutTeams)).status).toBe(303)
    expect((await world.app.history.read(WOODGROVE_CLINICS, 1))[0]).toMatchObject({
      what: 'organizers_saved',
      by: grace.userId,
    })
  })

  test('of one organization are not shown to another', async () => {
    const { html } = await look(ana)
    expect(html).not.toContain(organizer)
    expect(await organizersOf(NORTHWIND_HEALTH)).toEqual([])
  })

  test('needed are told from the visits of a month; what is no number is shown again', async () => {
    const visits = (typed: string) => post('portalVisits', '/portal/permissions/visits', { visits: typed })
    const refused = await visits('a lot <b>')
    expect(refused.status).toBe(422)
    expect(refused.html).toContain('value="a lot &lt;b&gt;"')
    expect(refused.html).toContain('Enter how many visits')
    expect((await visits('3,600')).status).toBe(303)
    expect((await look()).html).toContain('2 accounts are needed; one is chosen.')
  })
})

describe('the check of the organizers', () => {
  test('waits for the access policy without any browser, looks ever less often, and leaves no meeting', async () => {
    expect((await check()).location).toBe('/portal/permissions#policy')
    const page = await look()
    expect(page.html).toContain('0 of 1 accounts is ready. Waiting for Teams.')
    expect(page.html).toContain('data-refresh="5"')
    expect(await nextRound()).toBe(15)
    world.clock.at = new Date(world.clock.at.getTime() + 6 * 60_000)
    expect(await nextRound()).toBe(15)
    expect(sent[0]?.delay).toBe(60)
    world.graph.accessPolicy.add(organizer)
    await nextRound()
    expect(sent).toEqual([])
    expect(await checkOf(organizer)).toMatchObject({ policy: 'ok', browserAddress: false })
    expect(world.graph.meetings()).toEqual([])
    const after = await look()
    expect(after.html).toContain('The account is ready.')
    expect(after.html).not.toContain('data-refresh')
  })

  test('tells whether patients get the address that opens in the browser', async () => {
    world.graph.accessPolicy.add(organizer)
    world.graph.faults.virtualAppointmentUrl = true
    await check()
    expect(await checkOf(organizer)).toMatchObject({ policy: 'ok', browserAddress: true })
    world.graph.faults.virtualAppointmentUrl = false
  })

  test('pressed twice does not look twice as often: the older run ends', async () => {
    await check()
    await check()
    expect(sent).toHaveLength(2)
    const asked = world.graph.ledger.length
    await nextRound()
    expect(world.graph.ledger.length).toBe(asked)
    await nextRound()
    expect(world.graph.ledger.length).toBeGreaterThan(asked)
    expect(sent).toHaveLength(1)
  })

  test('that ends while a newer one begins leaves the newer one open, and its messages are heard', async () => {
    await check()
    const first = sent.shift()?.message
    if (!first) throw new Error('no further look was asked for')
    world.graph.accessPolicy.add(organizer)
    world.clock.at = new Date(world.clock.at.getTime() + 61 * 60_000)
    const { checks } = world.app
    const newer = { run: 'newer-run', startedAt: world.clock.at.toISOString(), open: true }
    let reads = 0
    const read = async (tenantId: string) => {
      const known = await checks.read(tenantId)
      // "Check again" is pressed when the older run has looked for the last time.
      if (++reads === 2) await checks.saveRun(tenantId, newer)
      return known
    }
    await checkRound({ ...ports(), checks: { ...checks, read } }, first)
    expect(reads).toBe(2)
    expect((await checks.read(WOODGROVE_CLINICS)).run).toEqual(newer)
    await checkRound(ports(), { ...first, run: newer.run })
    expect((await checks.read(WOODGROVE_CLINICS)).run).toMatchObject({ run: newer.run, open: false })
  })

  test('gives up after an hour and says where to look', async () => {
    await check()
    world.clock.at = new Date(world.clock.at.getTime() + 61 * 60_000)
    await world.app.renewedCredential(WOODGROVE_CLINICS)
    await nextRound()
    expect(sent).toEqual([])
    expect((await look()).html).toContain('The access policy is still missing.')
  })

  test.each([
    ['throttled', 'graph_throttled'],
    ['unavailable', 'graph_unavailable'],
  ] as const)('goes on where Graph is %s, and keeps why nothing is known', async (fault, code) => {
    world.graph.faults[fault] = true
    await check()
    expect(await checkOf(organizer)).toMatchObject({ account: 'unknown', problem: code })
    world.graph.faults[fault] = false
    world.graph.accessPolicy.add(organizer)
    await nextRound()
    expect(await checkOf(organizer)).toMatchObject({ policy: 'ok' })
  })

  test('does not wait where waiting is of no use: consent is missing, the account is gone', async () => {
    const tenant = world.entra.tenants.find(({ id }) => id === WOODGROVE_CLINICS)
    tenant?.consented.delete('OnlineMeetings.ReadWrite.All')
    await world.app.renewedCredential(WOODGROVE_CLINICS)
    await check()
    expect(await checkOf(organizer)).toMatchObject({ policy: 'unknown', problem: 'graph_permission_missing' })
    expect(sent).toEqual([])
    expect((await look()).html).toContain('The permission for it is not granted yet.')
    tenant?.consented.add('OnlineMeetings.ReadWrite.All')
    await world.app.renewedCredential(WOODGROVE_CLINICS)

    const at = tenant?.users.findIndex(({ id }) => id === organizer) ?? -1
    const [gone] = tenant?.users.splice(at, 1) ?? []
    await check()
    expect(await checkOf(organizer)).toMatchObject({ account: 'gone' })
    expect(sent).toEqual([])
    expect((await look()).html).toContain('Account is gone')
    if (gone) tenant?.users.push(gone)
  })

  test.each(['Forbidden', 'Unauthorized'] as const)(
    'reads the refusal “%s” as a missing policy',
    async (said) => {
      world.graph.settings.policyRefusal = said
      await check()
      expect(await checkOf(organizer)).toMatchObject({ policy: 'waiting' })
    },
  )
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { closeServer } from '../../../sandbox/close-server.ts'
import { ACCOUNTS, WOODGROVE_CLINICS } from '../../../sandbox/entra/tenants.ts'
import { withOrganizer } from '../../../src/core/setup/organizers.ts'
import { site as siteOf } from '../../unit/sites/site.fixture.ts'
import { grace, type Held, omar, type PortalWorld, portalWorld } from './portal-world.ts'

const held = vi.hoisted(() => ({ http: new Map(), app: undefined }) as Held)
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => held.http.set(name, options) },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ https: false, app: async () => held.app }))

let world: PortalWorld
const ehr = { body: '', status: 200, asked: [] as string[] }
const server = createServer((request, response) => {
  ehr.asked.push(request.url ?? '')
  response.writeHead(ehr.status, { 'content-type': 'application/fhir+json' }).end(ehr.body)
})
beforeAll(async () => {
  await import('../../../src/functions/portal-begin.ts')
  await import('../../../src/functions/portal-guides.ts')
  world = await portalWorld(held)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(async () => {
  await world?.close()
  await closeServer(server)
})
beforeEach(() => Object.assign(world.graph.faults, { throttled: false, unavailable: false }))

const look = (visitor = grace) =>
  world.call('portalBegin', '/portal/begin', { session: world.signedIn(visitor) })
const tenantOf = () => world.app.tenants.read(WOODGROVE_CLINICS)

describe('what can be found out', () => {
  test('without consent is said to be unknown, with the way to Permissions, and is no error', async () => {
    const { status, html } = await look()
    expect(status).toBe(200)
    expect(html).toContain('Microsoft tells it once you have given consent')
    expect(html).toContain('href="/portal/permissions"')
    expect(html).toContain('It is asked for once you have entered a FHIR base URL')
  })

  test('with consent is how many licences have Teams, and which organizers have none', async () => {
    await world.consent(WOODGROVE_CLINICS, ACCOUNTS.woodgrove.administrator)
    await world.app.renewedCredential(WOODGROVE_CLINICS)
    const { value, version } = await tenantOf()
    const spare = ACCOUNTS.woodgrove.organizerWithoutTeams
    await world.app.tenants.save(
      withOrganizer(withOrganizer(value, ACCOUNTS.woodgrove.organizer), spare),
      version,
    )
    const { html } = await look()
    expect(html).toContain('<code>O365_BUSINESS_PREMIUM</code>: 5 of 7 assigned')
    expect(html).not.toContain('EXCHANGESTANDARD')
    expect(html).toContain('Without Teams: Virtual visits, spare.')
  })

  test('where Microsoft does not answer reads so, and the page still comes', async () => {
    world.graph.faults.unavailable = true
    const { status, html } = await look()
    expect([status, html.includes('Microsoft did not answer.')]).toEqual([200, true])
    Object.assign(world.graph.faults, { unavailable: false, throttled: true })
    expect((await look()).html).toContain('Microsoft asked us to slow down.')
  })

  test('of an EHR is its software, version and FHIR version, by its CapabilityStatement', async () => {
    const { port } = server.address() as AddressInfo
    const fhirBaseUrl = `http://127.0.0.1:${port}/r4/woodgrove`
    await world.app.sites.save(
      siteOf({ tenantId: WOODGROVE_CLINICS, siteId: 'woodgrove001', name: 'Woodgrove', fhirBaseUrl }),
    )
    const says = async (statement: unknown) => {
      ehr.body = typeof statement === 'string' ? statement : JSON.stringify(statement)
      return (await look()).html
    }
    const resourceType = 'CapabilityStatement'
    const software = { name: 'Millennium', version: '2024.1', releaseDate: '2024-02-01' }
    const recent = await says({ resourceType, fhirVersion: '4.0.1', software })
    expect(recent).toContain('Millennium 2024.1, released 2024-02-01, FHIR 4.0.1')
    expect(recent).toContain('Recent enough')
    expect(ehr.asked.at(-1)).toBe('/r4/woodgrove/metadata')
    const old = { ...software, version: '2017.09', releaseDate: '2017-09-30' }
    expect(await says({ resourceType, fhirVersion: '4.0.1', software: old })).toContain('Too old')
    expect(await says({ resourceType, fhirVersion: '1.0.2' })).toContain('Not FHIR R4')
    expect(await says({ resourceType })).toContain('It does not say')
    expect(await says({ resourceType: 'Bundle' })).toContain('What it answered is no CapabilityStatement.')
    expect(await says('<html>maintenance</html>')).toContain('What it answered is no CapabilityStatement.')
    ehr.status = 503
    expect(await says('')).toContain('It did not answer just now.')
    ehr.status = 200
  })
})

describe('what is asked', () => {
  test('is kept with its date and who answered, named live', async () => {
    const session = world.signedIn(grace)
    const answer = async (fields: Record<string, string>) =>
      world.call('portalAnswers', '/portal/begin', {
        session,
        fields: { version: (await tenantOf()).version, ...fields },
      })
    expect((await answer({ teams_adopted: 'yes', anonymous_join: 'no', is_admin: 'yes' })).location).toBe(
      '/portal/begin?done=saved',
    )
    const { answers } = (await tenantOf()).value
    expect(answers.map(({ id, answer: given, by }) => [id, given, by])).toEqual([
      ['teams_adopted', 'yes', grace.userId],
      ['anonymous_join', 'no', grace.userId],
    ])
    const seen = (await look(omar)).html
    expect(seen).toContain('by Grace Lindqvist')
    expect(seen).toContain('-AllowAnonymousUsersToJoinMeeting $true')
    expect(seen).not.toContain('type="radio"')
    const stale = await answer({ version: 'an older one', teams_adopted: 'no' })
    expect([stale.status, stale.html.includes('config_changed')]).toEqual([409, true])
    expect((await tenantOf()).value.answers).toEqual(answers)
  })

  test('is changed by administrators only', async () => {
    const refused = await world.call('portalAnswers', '/portal/begin', {
      session: world.signedIn(omar),
      fields: { teams_adopted: 'no', version: (await tenantOf()).version },
    })
    expect([refused.status, refused.html.includes('portal_read_only')]).toEqual([403, true])
  })
})

describe('the guides', () => {
  const guide = (name: string) =>
    world.call('portalGuide', `/portal/guides/${name}`, { session: world.signedIn(omar) })

  test('are those of this release, within the portal', async () => {
    const { status, html } = await guide('ehr-cerner')
    expect(status).toBe(200)
    expect(html).toContain('<h1>Oracle Health (Cerner): what to arrange, and where each value goes</h1>')
    expect(html).toContain('Register three applications')
  })

  test('that are none are not looked for anywhere', async () => {
    for (const name of ['security', '..%2Fpackage', 'constructor', '__proto__']) {
      const { status, html } = await guide(name)
      expect([status, html.includes('guide_unknown')]).toEqual([404, true])
    }
  })
})

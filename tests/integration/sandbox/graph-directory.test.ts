import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { certificateFor } from '../../../sandbox/certificates/authority.ts'
import { ana, ben, gone, graphFixture, organizer, token } from './graph.fixture.ts'

type Fixture = Awaited<ReturnType<typeof graphFixture>>
let fixture: Fixture
beforeAll(async () => {
  fixture = await graphFixture()
})
afterAll(() => fixture.graph.close())

const names = (answer: { body: { value: { displayName: string }[] } }) =>
  answer.body.value.map((one) => one.displayName)

describe('users', () => {
  it('are read by id and by user principal name; accountEnabled comes only when selected', async () => {
    const byId = await fixture.ask('GET', `/v1.0/users/${ana.id}`)
    const byName = await fixture.ask('GET', `/v1.0/users/${gone.upn}?$select=id,accountEnabled`)
    expect(byId.body).toMatchObject({ userPrincipalName: ana.upn, surname: 'Silva' })
    expect(byId.body).not.toHaveProperty('accountEnabled')
    expect(byName.body).toMatchObject({ id: gone.id, accountEnabled: false })
  })

  it('are found by filter and by search, page by page', async () => {
    const filtered = await fixture.ask(
      'GET',
      `/v1.0/users?$filter=${encodeURIComponent("startsWith(displayName,'ana') or startsWith(userPrincipalName,'ben')")}`,
    )
    expect(names(filtered)).toEqual([ana.displayName, ben.displayName])
    const enabled = await fixture.ask(
      'GET',
      `/v1.0/users?$filter=${encodeURIComponent("accountEnabled eq true and (startsWith(displayName,'g') or startsWith(displayName,'a'))")}`,
    )
    expect(names(enabled)).toEqual([ana.displayName])
    const searched = await fixture.ask('GET', '/v1.0/users?$search="displayName:okaf"&$count=true', {
      headers: { ConsistencyLevel: 'eventual' },
    })
    expect(names(searched)).toEqual([ben.displayName])
    expect(searched.body['@odata.count']).toBe(1)
    const first = await fixture.ask('GET', '/v1.0/users?$top=3')
    const second = await fixture.ask('GET', first.body['@odata.nextLink'].slice(fixture.graph.baseUrl.length))
    expect([...names(first), ...names(second)]).toHaveLength(4)
  })

  it('show the Teams plan in their licences where they have it', async () => {
    const plans = async (id: string) =>
      (await fixture.ask('GET', `/v1.0/users/${id}/licenseDetails`)).body.value.flatMap(
        (sku: { servicePlans: { servicePlanName: string }[] }) =>
          sku.servicePlans.map((plan) => plan.servicePlanName),
      )
    expect(await plans(ana.id)).toContain('TEAMS1')
    expect(await plans(ben.id)).not.toContain('TEAMS1')
  })
})

describe('subscribed products', () => {
  it('say how many licences with Teams there are and how many are given out', async () => {
    const { body } = await fixture.ask('GET', '/v1.0/subscribedSkus')
    const carriesTeams = (sku: { servicePlans: { servicePlanName: string }[] }) =>
      sku.servicePlans.some(({ servicePlanName }) => servicePlanName === 'TEAMS1')
    expect(body.value.filter(carriesTeams)).toMatchObject([
      { skuPartNumber: 'O365_BUSINESS_PREMIUM', consumedUnits: 3, prepaidUnits: { enabled: 5 } },
    ])
    const refused = await fixture.ask('GET', '/v1.0/subscribedSkus', {
      token: token({ roles: ['User.Read.All'] }),
    })
    expect(refused.status).toBe(403)
  })
})

describe('the service', () => {
  it('answers a batch step by step, each with its own status', async () => {
    const answer = await fixture.ask('POST', '/v1.0/$batch', {
      body: {
        requests: [
          { id: 'a', method: 'GET', url: '/organization' },
          { id: 'b', method: 'GET', url: '/users/nobody' },
        ],
      },
    })
    expect(
      answer.body.responses.map(({ id, status }: { id: string; status: number }) => [id, status]),
    ).toEqual([
      ['a', 200],
      ['b', 404],
    ])
  })

  it('asks a throttled caller to wait, in seconds', async () => {
    fixture.graph.faults.throttled = true
    const answer = await fixture.ask('GET', '/v1.0/organization')
    fixture.graph.faults.throttled = false
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('writes what it was asked and what it answered into its ledger', async () => {
    const body = { externalId: 'ledger' }
    await fixture.ask('POST', `/v1.0/users/${organizer.id}/onlineMeetings/createOrGet`, { body })
    expect(fixture.graph.ledger.at(-1)).toMatchObject({ method: 'POST', status: 201, body })
  })

  it('serves the unmodified Graph client in a process that trusts the authority', async () => {
    const { caFile, ...certificate } = await certificateFor(undefined)
    const own = await graphFixture({ certificate })
    const script = fileURLToPath(new URL('./graph-client.mjs', import.meta.url))
    const { stdout } = await promisify(execFile)(process.execPath, [script], {
      env: {
        NODE_EXTRA_CA_CERTS: caFile,
        GRAPH_BASE_URL: own.graph.baseUrl,
        ORGANIZER: organizer.id,
        TOKEN: token(),
      },
    })
    await own.graph.close()
    expect(JSON.parse(stdout)).toMatchObject({
      made: { subject: 'By the client' },
      patched: { lobbyBypassSettings: { scope: 'organization' }, allowMeetingChat: 'limited' },
      refused: { statusCode: 404, code: 'Request_ResourceNotFound' },
    })
  })
})

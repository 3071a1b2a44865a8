import { constants, createDecipheriv, createHmac, privateDecrypt } from 'node:crypto'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Participant } from '../../../sandbox/contracts.ts'
import type { GraphOptions } from '../../../sandbox/graph/graph.ts'
import {
  APP,
  ana,
  graphFixture,
  newMeeting,
  notificationCertificate,
  subscriptionBody,
  tenants,
  webhook,
} from './graph.fixture.ts'

const certificate = await notificationCertificate()
let hook: Awaited<ReturnType<typeof webhook>>
let fixture: Awaited<ReturnType<typeof graphFixture>>
let meeting: { id: string; joinWebUrl: string }
let subscriptionId: string

const patient: Participant = {
  id: 'p-1',
  displayName: 'Synthetic Patient',
  userId: undefined,
  inLobby: true,
  joinedAt: '2026-03-02T15:00:00.000Z',
}

async function begin(more: Partial<GraphOptions> = {}) {
  fixture = await graphFixture(more)
  meeting = await newMeeting(fixture.ask, 'watched')
  const body = subscriptionBody(meeting.joinWebUrl, hook.url, certificate.base64, fixture.clock.now())
  const answer = await fixture.ask('POST', '/beta/subscriptions', { body })
  expect(answer.status).toBe(201)
  subscriptionId = answer.body.id
}

beforeEach(async () => {
  hook = await webhook()
})
afterEach(async () => {
  await fixture.graph.close()
  await hook.close()
})

/** What an application does with a rich notification, written from Microsoft's steps. */
function opened(body: string) {
  const [item] = JSON.parse(body).value
  const { dataKey, data, dataSignature } = item.encryptedContent
  const key = privateDecrypt(
    { key: certificate.key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
    Buffer.from(dataKey, 'base64'),
  )
  const bytes = Buffer.from(data, 'base64')
  expect(createHmac('sha256', key).update(bytes).digest('base64')).toBe(dataSignature)
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16))
  return JSON.parse(Buffer.concat([decipher.update(bytes), decipher.final()]).toString())
}
const told = () =>
  hook.received.filter(({ path }) => path === '/notifications').map(({ body }) => opened(body))

describe('rich notifications', () => {
  it('tell of the call, the lobby, the admission, the leave and the end, readable by the key holder alone', async () => {
    await begin()
    const { graph } = fixture
    await graph.roster(meeting.id, { kind: 'joined', participant: patient })
    const clinician = { ...patient, id: 'p-2', displayName: ana.displayName, userId: ana.id, inLobby: false }
    await graph.roster(meeting.id, { kind: 'joined', participant: clinician })
    await graph.roster(meeting.id, { kind: 'admitted', participantId: 'p-1' })
    await graph.roster(meeting.id, { kind: 'left', participantId: 'p-1' })
    await graph.roster(meeting.id, { kind: 'left', participantId: 'p-2' })
    await graph.roster(meeting.id, { kind: 'ended' })
    const events = told()
    expect(events.map(({ eventType }) => eventType)).toEqual([
      'callStarted',
      ...Array(5).fill('rosterUpdated'),
      'callEnded',
    ])
    const deltas = events.flatMap((event) => event['participants@delta'] ?? [])
    expect(deltas.map((one) => [one.id, one.isInLobby, 'removedState' in one])).toEqual([
      ['p-1', true, false],
      ['p-2', false, false],
      ['p-1', false, false],
      ['p-1', false, true],
      ['p-2', false, true],
    ])
    expect(deltas[0].info.identity).toEqual({ guest: { id: 'p-1', displayName: 'Synthetic Patient' } })
    expect(deltas[1].info.identity.user).toMatchObject({ id: ana.id })
    expect(hook.received.map(({ body }) => body).join()).not.toContain('Synthetic Patient')
  })

  it('carry a token that the served keys verify, for our application, from the publisher', async () => {
    await begin()
    await fixture.graph.roster(meeting.id, { kind: 'joined', participant: patient })
    const { validationTokens, value } = JSON.parse(hook.received[0]?.body ?? '')
    const keys = await fixture.ask('GET', '/keys', { token: undefined })
    const tid = tenants()[0]?.id
    const { payload } = await jwtVerify(validationTokens[0], createLocalJWKSet(keys.body), {
      audience: APP,
      issuer: `https://sts.windows.net/${tid}/`,
      currentDate: fixture.clock.now(),
    })
    expect(payload).toMatchObject({ appid: '0bf30f3b-4a52-48df-9a82-234910c4a086', tid })
    expect(value[0]).toMatchObject({
      clientState: 'opaque',
      subscriptionId,
      tenantId: tid,
      changeType: 'updated',
    })
  })

  it("carry tokens that Entra's key signed where the stand-in is given it", async () => {
    const signed: unknown[] = []
    await begin({
      signWithEntra: async (claims) => {
        signed.push(claims)
        return "Entra's token"
      },
    })
    await fixture.graph.roster(meeting.id, { kind: 'joined', participant: patient })
    expect(JSON.parse(hook.received[0]?.body ?? '').validationTokens).toEqual(["Entra's token"])
    expect(signed[0]).toMatchObject({ aud: APP, appid: '0bf30f3b-4a52-48df-9a82-234910c4a086' })
  })

  it('spell the event and the participants either way', async () => {
    await begin()
    Object.assign(fixture.graph.settings.spelling, {
      eventType: 'callEventType',
      participants: 'participants',
      guest: 'azureCommunicationServicesUser',
    })
    await fixture.graph.roster(meeting.id, { kind: 'joined', participant: patient })
    const [, update] = told()
    expect(update.callEventType).toBe('rosterUpdated')
    expect(update.participants[0].info.identity).toHaveProperty('azureCommunicationServicesUser')
  })

  it('are tried again after an error until the webhook takes them', async () => {
    await begin()
    hook.mode = 'error'
    await fixture.graph.roster(meeting.id, { kind: 'joined', participant: patient })
    hook.mode = 'obey'
    fixture.clock.advance(5)
    await fixture.graph.tick()
    expect(fixture.graph.deliveries.map(({ kind, attempt, outcome }) => [kind, attempt, outcome])).toEqual([
      ['callStarted', 1, 500],
      ['rosterUpdated', 1, 500],
      ['callStarted', 2, 202],
      ['rosterUpdated', 2, 202],
    ])
  })

  it('are dropped once the webhook answers too many of them too slowly', async () => {
    await begin({ delivery: { timeoutMs: 30, minimum: 4, retryAfterMs: [] } })
    hook.mode = 'silent'
    for (const id of ['a', 'b', 'c', 'd']) {
      await fixture.graph.roster(meeting.id, { kind: 'joined', participant: { ...patient, id } })
    }
    const outcomes = fixture.graph.deliveries.map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['slow', 'slow', 'slow', 'slow', 'dropped'])
    hook.mode = 'obey'
    fixture.clock.advance(601)
    await fixture.graph.roster(meeting.id, { kind: 'joined', participant: { ...patient, id: 'e' } })
    expect(fixture.graph.deliveries.at(-1)?.outcome).toBe(202)
  })
})

describe('a subscription', () => {
  it('is renewed, read, listed and deleted', async () => {
    await begin()
    const path = `/beta/subscriptions/${subscriptionId}`
    const later = new Date(fixture.clock.now().getTime() + 8 * 3_600_000).toISOString()
    const renewed = await fixture.ask('PATCH', path, { body: { expirationDateTime: later } })
    expect(Date.parse(renewed.body.expirationDateTime)).toBe(Date.parse(later))
    expect((await fixture.ask('GET', path)).body).toMatchObject({
      id: subscriptionId,
      encryptionCertificate: null,
    })
    expect((await fixture.ask('GET', '/beta/subscriptions')).body.value).toHaveLength(1)
    expect((await fixture.ask('DELETE', path)).status).toBe(204)
    await fixture.graph.roster(meeting.id, { kind: 'joined', participant: patient })
    expect(hook.received).toEqual([])
  })

  it('draws an authorization challenge near its end and is gone after it', async () => {
    await begin()
    fixture.clock.advance(3.5 * 3600)
    await fixture.graph.tick()
    await fixture.graph.tick()
    const challenges = hook.received.filter(({ path }) => path === '/lifecycle')
    expect(challenges.map(({ body }) => JSON.parse(body).value[0].lifecycleEvent)).toEqual([
      'reauthorizationRequired',
    ])
    expect((await fixture.ask('POST', `/beta/subscriptions/${subscriptionId}/reauthorize`)).status).toBe(204)
    fixture.clock.advance(3600)
    await fixture.graph.tick()
    expect(fixture.graph.subscriptions()).toEqual([])
  })

  it('can be lost, and the application is told', async () => {
    await begin()
    await fixture.graph.lifecycle(subscriptionId, 'subscriptionRemoved')
    expect(JSON.parse(hook.received[0]?.body ?? '').value[0]).toMatchObject({
      lifecycleEvent: 'subscriptionRemoved',
      subscriptionId,
    })
    expect(fixture.graph.subscriptions()).toEqual([])
  })
})

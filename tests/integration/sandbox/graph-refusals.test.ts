import { generate } from 'selfsigned'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { REFUSALS } from '../../../sandbox/graph/refusals.ts'
import {
  type Answered,
  ana,
  graphFixture,
  newMeeting,
  notificationCertificate,
  organizer,
  stranger,
  subscriptionBody,
  tenants,
  token,
  type WebhookMode,
  webhook,
} from './graph.fixture.ts'

type Fixture = Awaited<ReturnType<typeof graphFixture>>
let fixture: Fixture
let hook: Awaited<ReturnType<typeof webhook>>
let certificate: Awaited<ReturnType<typeof notificationCertificate>>
let ecCertificate: string

beforeAll(async () => {
  fixture = await graphFixture()
  hook = await webhook()
  certificate = await notificationCertificate()
  const made = await generate([{ name: 'commonName', value: 'x' }], { keyType: 'ec', algorithm: 'sha256' })
  ecCertificate = made.cert.replace(/-----[A-Z ]+-----|\s/g, '')
})
afterAll(async () => {
  await fixture.graph.close()
  await hook.close()
})

const meetings = `/v1.0/users/${organizer.id}/onlineMeetings`
const create = (body: unknown, more = {}) => fixture.ask('POST', `${meetings}/createOrGet`, { body, ...more })
const aMeeting = () => newMeeting(fixture.ask, 'refused')
const patch = async (body: unknown) => fixture.ask('PATCH', `${meetings}/${(await aMeeting()).id}`, { body })

/** A subscription for a meeting of its own, with something wrong in it. */
async function subscribe(
  id: string,
  wrong: Record<string, unknown> = {},
  mode: WebhookMode = 'obey',
  version = 'beta',
) {
  const { joinWebUrl } = await newMeeting(fixture.ask, `subscribed ${id}`)
  hook.mode = mode
  const body = {
    ...subscriptionBody(joinWebUrl, hook.url, certificate.base64, fixture.clock.now()),
    ...wrong,
  }
  const answer = await fixture.ask('POST', `/${version}/subscriptions`, { body })
  hook.mode = 'obey'
  return { answer, body }
}
const refusedSubscription = async (id: string, wrong: Record<string, unknown>) =>
  (await subscribe(id, wrong)).answer
const inMinutes = (minutes: number) =>
  new Date(fixture.clock.now().getTime() + minutes * 60_000).toISOString()
const while_ = async (fault: 'throttled' | 'unavailable') => {
  fixture.graph.faults[fault] = true
  const answer = await fixture.ask('GET', '/v1.0/organization')
  fixture.graph.faults[fault] = false
  return answer
}
const handshake = async (mode: WebhookMode) => (await subscribe(`handshake ${mode}`, {}, mode)).answer
const records = '/v1.0/communications/callRecords'
const asRecorder = (path: string) =>
  fixture.ask('GET', path.replaceAll(' ', '%20'), { token: token({ roles: ['CallRecords.Read.All'] }) })
const steps = (ids: string[]) => ({
  requests: ids.map((id) => ({ id, method: 'GET', url: '/organization' })),
})

const PROVOKE: Record<string, () => Promise<Answered>> = {
  'no-token': () => fixture.ask('GET', '/v1.0/organization', { token: undefined }),
  'bad-token': () => fixture.ask('GET', '/v1.0/organization', { token: 'forged' }),
  'foreign-issuer-tenant': () =>
    fixture.ask('GET', '/v1.0/organization', { token: token({ tid: 'nobody' }) }),
  'permission-missing': () =>
    fixture.ask('GET', `/v1.0/users/${ana.id}`, {
      token: token({ roles: ['OnlineMeetings.ReadWrite.All'] }),
    }),
  'unknown-version': () => fixture.ask('GET', '/v2.0/users'),
  'unknown-segment': () => fixture.ask('GET', '/v1.0/nothing'),
  'method-not-allowed': () => fixture.ask('DELETE', '/v1.0/organization'),
  'invalid-json': () => fixture.ask('POST', `${meetings}/createOrGet`, { text: '{"externalId":' }),
  throttled: () => while_('throttled'),
  unavailable: () => while_('unavailable'),
  'external-id-missing': () => create({ subject: 'Visit' }),
  'end-without-start': () => create({ externalId: 'a', endDateTime: '2026-03-03T10:00:00Z' }),
  'end-before-start': () =>
    create({ externalId: 'a', startDateTime: '2026-03-03T10:00:00Z', endDateTime: '2026-03-03T09:00:00Z' }),
  'unknown-organizer': () =>
    fixture.ask('POST', `/v1.0/users/${stranger.id}/onlineMeetings/createOrGet`, {
      body: { externalId: 'a' },
    }),
  'no-access-policy': () =>
    fixture.ask('POST', `/v1.0/users/${ana.id}/onlineMeetings/createOrGet`, { body: { externalId: 'a' } }),
  'no-access-policy-older-wording': async () => {
    fixture.graph.settings.policyRefusal = 'Unauthorized'
    const path = `/v1.0/users/${ana.id}/onlineMeetings/createOrGet`
    const answer = await fixture.ask('POST', path, { body: { externalId: 'a' } })
    fixture.graph.settings.policyRefusal = 'Forbidden'
    return answer
  },
  'policy-names-another-app': () => create({ externalId: 'a' }, { token: token({ appid: 'another' }) }),
  'meetings-per-month': async () => {
    const own = await graphFixture()
    const batchOf = (from: number) => ({
      requests: Array.from({ length: 20 }, (_, i) => ({
        id: String(i),
        method: 'POST',
        url: `/users/${organizer.id}/onlineMeetings/createOrGet`,
        body: { externalId: `visit ${from + i}` },
      })),
    })
    for (let from = 0; from < 2000; from += 20) await own.ask('POST', '/v1.0/$batch', { body: batchOf(from) })
    const answer = await own.ask('POST', `${meetings}/createOrGet`, { body: { externalId: 'one too many' } })
    await own.graph.close()
    return answer
  },
  'one-time-alone': () => patch({ startDateTime: '2026-03-03T10:00:00Z' }),
  'unknown-lobby-scope': () => patch({ lobbyBypassSettings: { scope: 'nobody' } }),
  'unknown-presenters': () => patch({ allowedPresenters: 'doctors' }),
  'unknown-property': () => patch({ joinWebUrl: 'https://example.com' }),
  'attendee-without-upn': () => patch({ participants: { attendees: [{ role: 'presenter' }] } }),
  'attendee-without-role': () => patch({ participants: { attendees: [{ upn: ana.upn }] } }),
  'meeting-of-another-organizer': async () => {
    fixture.graph.accessPolicy.add(ana.id)
    const answer = await fixture.ask('GET', `/v1.0/users/${ana.id}/onlineMeetings/${(await aMeeting()).id}`)
    fixture.graph.accessPolicy.delete(ana.id)
    return answer
  },
  'meeting-deleted': async () => {
    const { id } = await newMeeting(fixture.ask, 'short-lived')
    await fixture.ask('DELETE', `${meetings}/${id}`)
    return fixture.ask('GET', `${meetings}/${id}`)
  },
  'find-without-filter': () => fixture.ask('GET', meetings),
  'virtual-appointment': async () =>
    fixture.ask('GET', `${meetings}/${(await aMeeting()).id}/getVirtualAppointmentJoinWebUrl`),
  'unknown-report': async () =>
    fixture.ask('GET', `${meetings}/${(await aMeeting()).id}/attendanceReports/none`),
  'subscription-on-v1': async () => (await subscribe('v1', {}, 'obey', 'v1.0')).answer,
  'subscription-resource': async () => {
    const { joinWebUrl } = await aMeeting()
    const resource = `communications/onlineMeetings(joinWebUrl='${joinWebUrl.replaceAll('%', '%%')}')/meetingCallEvents`
    return refusedSubscription('resource', { resource })
  },
  'subscription-change-type': () => refusedSubscription('change', { changeType: 'created' }),
  'subscription-client-state': () => refusedSubscription('state', { clientState: 'x'.repeat(129) }),
  'subscription-expiry-too-far': () => refusedSubscription('far', { expirationDateTime: inMinutes(4231) }),
  'subscription-expiry-past': () => refusedSubscription('past', { expirationDateTime: inMinutes(-1) }),
  'subscription-without-lifecycle-url': () =>
    refusedSubscription('life', { lifecycleNotificationUrl: undefined }),
  'subscription-plain-http': () =>
    refusedSubscription('http', { notificationUrl: 'http://example.com/hook' }),
  'subscription-without-certificate': () => refusedSubscription('bare', { encryptionCertificate: undefined }),
  'subscription-weak-certificate': () => refusedSubscription('ec', { encryptionCertificate: ecCertificate }),
  'subscription-without-certificate-id': () =>
    refusedSubscription('id', { encryptionCertificateId: undefined }),
  'subscription-unknown-meeting': async () => {
    const { joinWebUrl } = await aMeeting()
    return refusedSubscription('unknown', {
      resource: `communications/onlineMeetings(joinWebUrl='${joinWebUrl}')/meetingCallEvents`,
    })
  },
  'subscription-second': async () => {
    const { body } = await subscribe('twice')
    return fixture.ask('POST', '/beta/subscriptions', { body })
  },
  'handshake-status': () => handshake('202'),
  'handshake-content-type': () => handshake('json'),
  'handshake-body': () => handshake('encoded'),
  'handshake-unreachable': () =>
    refusedSubscription('nobody', { notificationUrl: 'http://127.0.0.1:9/hook' }),
  'subscription-lifecycle-url-later': async () => {
    const { answer } = await subscribe('later')
    return fixture.ask('PATCH', `/beta/subscriptions/${answer.body.id}`, {
      body: { lifecycleNotificationUrl: hook.url },
    })
  },
  'unknown-subscription': () =>
    fixture.ask('PATCH', '/beta/subscriptions/none', { body: { expirationDateTime: inMinutes(5) } }),
  'call-records-permission': () =>
    fixture.ask('GET', records, { token: token({ roles: ['User.Read.All'] }) }),
  'call-records-filter': () => asRecorder(`${records}?$filter=joinWebUrl eq 'x'`),
  'call-records-expand': () => asRecorder(`${records}?$expand=sessions`),
  'call-record-unknown': () => asRecorder(`${records}/none`),
  'call-record-expand': async () => {
    const { id } = await newMeeting(fixture.ask, 'recorded')
    const joinedAt = fixture.clock.now().toISOString()
    const participant = { id: 'p', userId: ana.id, displayName: 'Ana', inLobby: false, joinedAt }
    await fixture.graph.roster(id, { kind: 'joined', participant })
    await fixture.graph.roster(id, { kind: 'ended' })
    fixture.clock.advance(3600)
    const { body } = await asRecorder(records)
    return asRecorder(`${records}/${body.value[0].id}?$expand=segments`)
  },
  'unknown-user': () => fixture.ask('GET', `/v1.0/users/${stranger.id}`),
  'users-filter': () => fixture.ask('GET', "/v1.0/users?$filter=contains(displayName,'a')"),
  'users-search-header': () => fixture.ask('GET', '/v1.0/users?$search="displayName:ana"'),
  'users-top': () => fixture.ask('GET', '/v1.0/users?$top=1000'),
  'batch-too-many': () =>
    fixture.ask('POST', '/v1.0/$batch', { body: steps(Array.from({ length: 21 }, (_, i) => String(i))) }),
  'batch-same-id': () => fixture.ask('POST', '/v1.0/$batch', { body: steps(['1', '1']) }),
}

describe('the Graph stand-in refuses as Graph does', () => {
  it.each(REFUSALS)('$id: $request', async (refusal) => {
    const provoke = PROVOKE[refusal.id]
    if (!provoke) throw new Error(`Nothing provokes ${refusal.id}.`)
    const answer = await provoke()
    expect({ status: answer.status, code: answer.body.error.code }).toEqual({
      status: refusal.status,
      code: refusal.body,
    })
    expect(answer.body.error.message).not.toBe('')
    expect(answer.body.error.innerError['request-id']).toBe(answer.headers['request-id'])
  })

  it('keeps tenants apart: another tenant sees neither users nor meetings nor subscriptions', async () => {
    const { answer } = await subscribe('private')
    const foreign = { token: token({ tid: tenants()[1]?.id ?? '' }) }
    const { id } = await aMeeting()
    for (const path of [
      `/v1.0/users/${ana.id}`,
      `${meetings}/${id}`,
      `/beta/subscriptions/${answer.body.id}`,
    ]) {
      expect((await fixture.ask('GET', path, foreign)).status, path).toBe(404)
    }
    expect((await fixture.ask('GET', '/beta/subscriptions', foreign)).body.value).toEqual([])
    expect((await fixture.ask('GET', '/v1.0/users', foreign)).body.value).toHaveLength(1)
  })
})

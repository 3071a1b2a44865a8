import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { REFUSALS, SANDBOX_EMAIL_SENDER, SANDBOX_NUMBER } from '../../../sandbox/acs/acs.ts'
import { type Fixture, patient, type Raw, startFixture } from './acs.fixture.ts'

let fixture: Fixture
beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture.acs.close())

const id = '0d3a1f62-9a3b-4c1e-8f57-2b6d5e4c3a21'
const sentAt = 'Mon, 02 Mar 2026 15:00:00 GMT'
const version = 'api-version=2025-06-01'

const post = (path: string, body: unknown, headers?: Record<string, string>) =>
  fixture.raw('POST', `${path}?${version}`, body, headers)
const get = (path: string, headers?: Record<string, string>) =>
  fixture.raw('GET', `${path}?${version}`, undefined, headers)

function text(changes: Record<string, unknown> = {}) {
  return post('/sms', {
    from: SANDBOX_NUMBER,
    smsRecipients: [{ to: patient }],
    message: 'Hello',
    ...changes,
  })
}
const to = (...numbers: string[]) => text({ smsRecipients: numbers.map((number) => ({ to: number })) })
const repeatable = (recipient: Record<string, unknown>, message = 'Hello') =>
  text({ smsRecipients: [{ to: patient, ...recipient }], message })

const wanted = {
  phoneNumberType: 'tollFree',
  assignmentType: 'application',
  capabilities: { calling: 'none', sms: 'inbound+outbound' },
}
const search = (changes: Record<string, unknown> = {}) =>
  post('/availablePhoneNumbers/countries/US/:search', { ...wanted, ...changes })
const buy = (searchId: unknown) => post('/availablePhoneNumbers/:purchase', { searchId })
const found = async () => (await search()).headers['search-id']

function email(changes: Record<string, unknown> = {}, operationId?: string) {
  const message = {
    senderAddress: SANDBOX_EMAIL_SENDER,
    content: { subject: 'Your visit', plainText: 'Booked' },
    recipients: { to: [{ address: 'ana@example.com' }] },
    ...changes,
  }
  return post('/emails:send', message, operationId === undefined ? {} : { 'operation-id': operationId })
}

async function repeated(times: number, call: () => Promise<Raw>): Promise<Raw> {
  let last = await call()
  for (let done = 1; done < times; done += 1) last = await call()
  return last
}

const provocations: Record<string, () => Promise<Raw>> = {
  'no-token': () => get('/phoneNumbers', { authorization: '' }),
  'wrong-token': () => get('/phoneNumbers', { authorization: 'Bearer stolen' }),
  'shared-key': () =>
    get('/phoneNumbers', { authorization: 'HMAC-SHA256 SignedHeaders=x-ms-date;host&Signature=AAAA' }),
  'no-api-version': () => fixture.raw('GET', '/phoneNumbers'),
  'bad-api-version': () => fixture.raw('GET', '/phoneNumbers?api-version=latest'),
  'unknown-path': () => get('/chat/threads'),
  'not-json': () => post('/sms', '{"from":'),
  'too-large': () => post('/emails:send', `"${'x'.repeat(10 * 1024 * 1024)}"`),
  throttled: () => {
    fixture.acs.faults.throttled = true
    return text()
  },
  unavailable: () => {
    fixture.acs.faults.unavailable = true
    return text()
  },
  'sms-empty-message': () => text({ message: '' }),
  'sms-long-message': () => text({ message: 'x'.repeat(2049) }),
  'sms-no-recipient': () => text({ smsRecipients: [] }),
  'sms-many-recipients': () => to(...Array.from({ length: 101 }, () => patient)),
  'sms-foreign-sender': () => text({ from: '+18335550199' }),
  'sms-half-repeatable': () => repeatable({ repeatabilityRequestId: id }),
  'sms-first-sent-form': () =>
    repeatable({ repeatabilityRequestId: id, repeatabilityFirstSent: '2026-03-02T15:00:00Z' }),
  'sms-id-reused': async () => {
    const ids = { repeatabilityRequestId: id, repeatabilityFirstSent: sentAt }
    await repeatable(ids)
    return repeatable(ids, 'Something else')
  },
  'sms-rate': async () => {
    await repeated(2, () => to(...Array.from({ length: 100 }, () => patient)))
    return text()
  },
  'sms-malformed-recipient': () => to('2065550101'),
  'sms-555-3400': () => to('+12065553400'),
  'sms-555-3404': () => to('+12065553404'),
  'sms-555-3500': () => to('+12065553500'),
  'search-malformed': () => search({ capabilities: undefined }),
  'search-not-offered': () => search({ phoneNumberType: 'mobile' }),
  'search-area-code': () => search({ areaCode: '425' }),
  'search-quota': () => repeated(6, search),
  'search-unknown': () => get(`/availablePhoneNumbers/searchResults/${id}`),
  'purchase-malformed': () => buy(undefined),
  'purchase-unknown': () => buy(id),
  'purchase-twice': async () => {
    const searchId = await found()
    return repeated(2, () => buy(searchId))
  },
  'purchase-quota': async () => {
    await buy(await found())
    return buy(await found())
  },
  'operation-unknown': () => get(`/phoneNumbers/operations/search_${id}`),
  'number-unknown': () => get('/phoneNumbers/%2B18335550199'),
  'release-unknown': () => fixture.raw('DELETE', `/phoneNumbers/%2B18335550199?${version}`),
  'list-page': () => fixture.raw('GET', `/phoneNumbers?top=0&${version}`),
  'email-operation-id': () => email({}, 'first'),
  'email-no-recipient': () => email({ recipients: { to: [] } }),
  'email-no-content': () => email({ content: { subject: 'Your visit' } }),
  'email-foreign-sender': () => email({ senderAddress: 'clinic@contoso.com' }),
  'email-id-reused': async () => {
    await email({}, id)
    return email({ content: { subject: 'Another', plainText: 'Booked' } }, id)
  },
  'email-rate': () => repeated(31, email),
  'email-rate-hour': async () => {
    for (let minute = 0; minute < 4; minute++) {
      await repeated(25, email)
      fixture.clock.advance(60)
    }
    return email()
  },
  'email-unknown': () => get(`/emails/operations/${id}`),
}

describe('Communication Services refuses', () => {
  it.each(REFUSALS.map((refusal) => [refusal.id, refusal] as const))('%s', async (name, refusal) => {
    const provoke = provocations[name]
    if (provoke === undefined) throw new Error(`No request provokes ${name}.`)
    const answer = await provoke()
    expect(answer.status).toBe(refusal.status)
    expect(JSON.stringify(answer.body)).toContain(refusal.body)
    if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  })

  it('nothing that its table does not list', () => {
    expect(Object.keys(provocations).sort()).toEqual(REFUSALS.map((refusal) => refusal.id).sort())
  })

  it('without sending, buying or mailing anything', async () => {
    await text({ message: '' })
    await to('+12065553400')
    await buy(id)
    await email({ recipients: { to: [] } })
    expect([fixture.acs.texts(), fixture.acs.purchases(), fixture.acs.emails()]).toEqual([[], [], []])
  })
})

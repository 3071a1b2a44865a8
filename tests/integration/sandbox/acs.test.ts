import { EmailClient } from '@azure/communication-email'
import { PhoneNumbersClient } from '@azure/communication-phone-numbers'
import { SmsClient } from '@azure/communication-sms'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SANDBOX_EMAIL_SENDER, SANDBOX_NUMBER } from '../../../sandbox/acs/acs.ts'
import { credential, type Fixture, patient, startFixture, startWebhook } from './acs.fixture.ts'

const reportType = 'Microsoft.Communication.SMSDeliveryReportReceived'
const receivedType = 'Microsoft.Communication.SMSReceived'

let fixture: Fixture
let webhook: Awaited<ReturnType<typeof startWebhook>>
let sms: SmsClient

beforeEach(async () => {
  fixture = await startFixture()
  webhook = await startWebhook()
  sms = new SmsClient(fixture.acs.endpoint, credential, clientOptions())
  await fixture.acs.subscribe([reportType, receivedType], webhook.url)
})
afterEach(async () => {
  await fixture.acs.close()
  await webhook.close()
})

function clientOptions() {
  return { tlsOptions: { ca: fixture.certificate.ca }, retryOptions: { maxRetries: 0 } }
}

function body(id: string, message = 'Your visit is booked.', to = patient) {
  return {
    from: SANDBOX_NUMBER,
    smsRecipients: [
      { to, repeatabilityRequestId: id, repeatabilityFirstSent: 'Mon, 02 Mar 2026 15:00:00 GMT' },
    ],
    message,
    smsSendOptions: { enableDeliveryReport: true, tag: 'notice-1' },
  }
}
const requestId = '0d3a1f62-9a3b-4c1e-8f57-2b6d5e4c3a21'
const send = (sent: unknown) => fixture.raw('POST', '/sms?api-version=2021-03-07', sent)
const write = (to: string) =>
  sms.send(
    { from: SANDBOX_NUMBER, to: [to], message: 'Hello' },
    { enableDeliveryReport: true, tag: 'notice-1' },
  )

describe('texts', () => {
  it('the unmodified SDK sends a text and its delivery report carries the tag', async () => {
    const [result] = await write(patient)
    expect(result).toMatchObject({ to: patient, httpStatusCode: 202, successful: true })
    const [report] = await webhook.arrived(1)
    expect(report).toMatchObject({
      type: 'Notification',
      eventType: reportType,
      data: { messageId: result?.messageId, to: patient, deliveryStatus: 'Delivered', tag: 'notice-1' },
    })
    expect(fixture.acs.texts()).toMatchObject([
      { to: patient, message: 'Hello', deliveryStatus: 'Delivered' },
    ])
  })

  it('a repeated request inside the window sends one text and answers the same', async () => {
    const first = await send(body(requestId))
    fixture.clock.advance(299)
    expect((await send(body(requestId))).body).toEqual(first.body)
    expect(fixture.acs.texts()).toHaveLength(1)
  })

  it('a repeated request after the window sends a second text', async () => {
    await send(body(requestId))
    fixture.clock.advance(300)
    await send(body(requestId))
    expect(fixture.acs.texts()).toHaveLength(2)
  })

  it('with a window of zero nothing is ever remembered', async () => {
    fixture.acs.faults.repeatabilitySeconds = 0
    await send(body(requestId))
    await send(body(requestId))
    expect(fixture.acs.texts()).toHaveLength(2)
  })

  it('a lost answer leaves a text that the sender does not know of', async () => {
    fixture.acs.faults.loseAnswers = true
    await expect(write(patient)).rejects.toThrow()
    expect(fixture.acs.texts()).toHaveLength(1)
    await webhook.arrived(1)
    expect(fixture.acs.ledger.at(-1)).toMatchObject({
      status: 202,
      note: 'connection broken after acceptance',
    })
  })

  it('a full minute frees its places as it slides', async () => {
    fixture.acs.faults.messagesPerMinute = 2
    await write(patient)
    fixture.clock.advance(30)
    await write(patient)
    await expect(write(patient)).rejects.toMatchObject({ statusCode: 429 })
    fixture.clock.advance(30)
    await expect(write(patient)).resolves.toHaveLength(1)
  })

  it('an unverified toll-free number is accepted and then blocked', async () => {
    fixture.acs.setVerified(SANDBOX_NUMBER, false)
    await write(patient)
    const [report] = await webhook.arrived(1)
    expect(report?.data).toMatchObject({ deliveryStatus: 'Failed' })
    expect(report?.data.deliveryStatusDetails).toMatch(/^4010: /)
  })

  it.each(['4001', '4004', '4005', '4006', '4007', '9999'])(
    'a number ending in 555 %s fails so',
    async (code) => {
      await write(`+1206555${code}`)
      const [report] = await webhook.arrived(1)
      expect(report?.data.deliveryStatusDetails).toMatch(new RegExp(`^${code}: `))
    },
  )

  it('a number ending in 555 5002 is never reported', async () => {
    await write('+12065555002')
    await write(patient)
    const events = await webhook.arrived(1)
    expect(events.map((event) => event.data.to)).toEqual([patient])
    expect(fixture.acs.texts()[0]?.deliveryStatus).toBe('pending')
  })
})

describe('delivery reports', () => {
  it('a report refused by the webhook comes again', async () => {
    webhook.answers.push(500, 503)
    await write(patient)
    const events = await webhook.arrived(3)
    expect(new Set(events.map((event) => event.id)).size).toBe(1)
  })

  it('held reports come in reverse order and doubled when asked', async () => {
    Object.assign(fixture.acs.faults, { holdReports: true, doubleReports: true })
    await write(patient)
    await write('+12065550102')
    await expect.poll(() => fixture.acs.texts().at(-1)?.deliveryStatus).toBe('Delivered')
    expect(webhook.received).toHaveLength(0)
    await fixture.acs.flushReports('reversed')
    expect(webhook.received.map((event) => event.data.to)).toEqual([
      '+12065550102',
      '+12065550102',
      patient,
      patient,
    ])
  })

  it('spells the tag and the numbers the other way when asked', async () => {
    Object.assign(fixture.acs.faults, { tagSpelling: 'Tag', numbersWithoutPlus: true })
    await write(patient)
    const [report] = await webhook.arrived(1)
    expect(report?.data).toMatchObject({ Tag: 'notice-1', to: '12065550101', from: '18335550100' })
    expect(report?.data.tag).toBeUndefined()
  })

  it('a webhook that echoes a wrong code is not subscribed', async () => {
    const stranger = await startWebhook({ echo: () => 'guess' })
    await expect(fixture.acs.subscribe([reportType], stranger.url)).rejects.toThrow(/did not prove/)
    await write(patient)
    await webhook.arrived(1)
    expect(stranger.received).toHaveLength(0)
    await stranger.close()
  })
})

describe('answers of patients', () => {
  it('STOP is answered and enforced by the network, and START undoes it', async () => {
    await fixture.acs.reply(patient, SANDBOX_NUMBER, ' stop ')
    expect(fixture.acs.texts().at(-1)?.message).toMatch(/blocks all texts/)
    await write(patient)
    const events = await webhook.arrived(2)
    expect(events[0]).toMatchObject({ eventType: receivedType, data: { from: patient, message: ' stop ' } })
    expect(events[1]?.data.deliveryStatusDetails).toMatch(/^4007/)
    await fixture.acs.reply(patient, SANDBOX_NUMBER, 'START')
    await write(patient)
    expect((await webhook.arrived(4)).at(-1)?.data.deliveryStatus).toBe('Delivered')
  })

  it('HELP is only handed on', async () => {
    await fixture.acs.reply(patient, SANDBOX_NUMBER, 'HELP')
    expect(webhook.received).toMatchObject([{ eventType: receivedType, data: { message: 'HELP' } }])
    expect(fixture.acs.texts()).toHaveLength(0)
  })
})

describe('phone numbers', () => {
  const wanted = {
    countryCode: 'US',
    phoneNumberType: 'tollFree',
    assignmentType: 'application',
    capabilities: { calling: 'none', sms: 'inbound+outbound' },
    quantity: 1,
  } as const

  it('the unmodified SDK searches, buys, lists and releases a number', async () => {
    const client = new PhoneNumbersClient(fixture.acs.endpoint, credential, clientOptions())
    const search = await client.beginSearchAvailablePhoneNumbers(wanted)
    await search.poll()
    expect(search.isDone()).toBe(false)
    fixture.clock.advance(6)
    await search.poll()
    const found = search.getResult()
    expect(found).toMatchObject({
      cost: { amount: 2, currencyCode: 'USD' },
      phoneNumbers: [expect.any(String)],
    })
    expect(found?.searchExpiresBy.getTime()).toBe(Date.parse('2026-03-02T15:15:00.000Z'))

    const purchase = await client.beginPurchasePhoneNumbers(found?.searchId ?? '')
    expect(fixture.acs.purchases()).toHaveLength(0)
    fixture.clock.advance(6)
    await purchase.poll()
    expect(purchase.isDone()).toBe(true)
    const bought = found?.phoneNumbers[0] ?? ''
    expect(fixture.acs.purchases()).toMatchObject([{ searchId: found?.searchId, phoneNumber: bought }])
    expect(fixture.acs.numbers()).toContainEqual({ phoneNumber: bought, kind: 'tollFree', verified: false })
    expect(await client.getPurchasedPhoneNumber(bought)).toMatchObject({
      phoneNumber: bought,
      countryCode: 'US',
    })

    const release = await client.beginReleasePhoneNumber(bought)
    fixture.clock.advance(6)
    await release.poll()
    const left: string[] = []
    for await (const number of client.listPurchasedPhoneNumbers()) left.push(number.phoneNumber)
    expect(left).toEqual([SANDBOX_NUMBER])
  })

  it('a failed search ends with its error', async () => {
    fixture.acs.faults.searchError = 'OutOfStock'
    const client = new PhoneNumbersClient(fixture.acs.endpoint, credential, clientOptions())
    const search = await client.beginSearchAvailablePhoneNumbers(wanted)
    fixture.clock.advance(6)
    await expect(search.poll()).rejects.toMatchObject({ message: expect.stringContaining('OutOfStock') })
  })

  it('a search that was left too long cannot be bought', async () => {
    const searched = await fixture.raw(
      'POST',
      '/availablePhoneNumbers/countries/US/:search?api-version=2025-06-01',
      wanted,
    )
    fixture.clock.advance(15 * 60)
    const searchId = searched.headers['search-id']
    await fixture.raw('POST', '/availablePhoneNumbers/:purchase?api-version=2025-06-01', { searchId })
    fixture.clock.advance(6)
    const operation = await fixture.raw(
      'GET',
      `/phoneNumbers/operations/purchase_${searchId}?api-version=2025-06-01`,
    )
    expect(operation.body).toMatchObject({ status: 'failed', error: { code: 'ReservationExpired' } })
    expect(fixture.acs.purchases()).toHaveLength(0)
  })
})

describe('e-mail', () => {
  const message = {
    senderAddress: SANDBOX_EMAIL_SENDER,
    content: { subject: 'Your visit', plainText: 'Booked', html: '<p>Booked</p>' },
    recipients: { to: [{ address: 'ana@example.com' }] },
    attachments: [{ name: 'visit.ics', contentType: 'text/calendar', contentInBase64: 'QkVHSU4=' }],
  }

  it('the unmodified SDK sends once under one operation id', async () => {
    fixture.acs.faults.emailSeconds = 0
    const client = new EmailClient(fixture.acs.endpoint, credential, clientOptions())
    for (const attempt of [1, 2]) {
      const poller = await client.beginSend(message, { operationId: requestId })
      await poller.poll()
      expect([attempt, poller.getOperationState().status]).toEqual([attempt, 'succeeded'])
    }
    expect(fixture.acs.emails()).toMatchObject([
      { id: requestId, to: 'ana@example.com', subject: 'Your visit', attachments: [{ name: 'visit.ics' }] },
    ])
  })

  it('every e-mail is reported once, by the id that it was sent under', async () => {
    const webhook = await startWebhook()
    await fixture.acs.subscribe(['Microsoft.Communication.EmailDeliveryReportReceived'], webhook.url)
    const client = new EmailClient(fixture.acs.endpoint, credential, clientOptions())
    const send = (address: string, operationId: string) =>
      client.beginSend({ ...message, recipients: { to: [{ address }] } }, { operationId })
    for (const [n, who] of ['ana', 'ana+bounced', 'ana+bounced', 'ana+spam'].entries()) {
      await send(`${who}@example.com`, requestId.replace(/.$/, String(n)))
      await webhook.arrived(n + 1)
    }
    expect(webhook.received.map(({ data }) => [data.messageId, data.status])).toEqual([
      [requestId.replace(/.$/, '0'), 'Delivered'],
      [requestId.replace(/.$/, '1'), 'Bounced'],
      [requestId.replace(/.$/, '2'), 'Suppressed'],
      [requestId.replace(/.$/, '3'), 'FilteredSpam'],
    ])
    expect(webhook.received[0]?.data).toMatchObject({
      sender: SANDBOX_EMAIL_SENDER,
      recipient: 'ana@example.com',
    })
    await webhook.close()
  })
})

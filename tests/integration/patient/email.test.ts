import { EmailClient } from '@azure/communication-email'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SANDBOX_EMAIL_SENDER } from '../../../sandbox/acs/acs.ts'
import { composeEmail } from '../../../src/core/messaging/email/compose-email.ts'
import { type Email, emailSender } from '../../../src/core/messaging/email/send-email.ts'
import { ok } from '../../../src/core/result.ts'
import { credential, type Fixture, startFixture } from '../sandbox/acs.fixture.ts'

const OPERATION = '6b2f8f0e-5c1d-8a53-9f0e-2f6a7c1b9d10'
let fixture: Fixture

beforeEach(async () => {
  fixture = await startFixture()
})
afterEach(() => fixture?.acs.close())

const sender = () =>
  emailSender(
    new EmailClient(fixture.acs.endpoint, credential, {
      retryOptions: { maxRetries: 0 },
      tlsOptions: { ca: fixture.certificate.ca },
    }),
  )

function email(more: Partial<Email> = {}): Email {
  const from = SANDBOX_EMAIL_SENDER
  const to = 'patient@example.com'
  const composed = composeEmail({
    kind: 'booked',
    language: 'en',
    start: new Date('2026-06-09T19:30:00Z'),
    minutes: 30,
    timeZone: 'America/Chicago',
    link: 'https://v.example.org/v/SyntheticToken22Chars_',
    from,
    to,
    uid: 'synthetic@v.example.org',
    sequence: 1,
    since: new Date('2026-06-01T08:00:00Z'),
  })
  return { ...composed, from, to, operationId: OPERATION, ...more }
}

describe('an e-mail', () => {
  test('reaches the vendor with both bodies and the calendar entry', async () => {
    expect(await sender()(email())).toEqual(ok(undefined))
    expect(fixture.acs.emails()).toMatchObject([
      { id: OPERATION, to: 'patient@example.com', subject: 'Your video visit is booked' },
    ])
    const [sent] = fixture.acs.emails()
    expect(sent?.plainText).toContain('https://v.example.org/v/SyntheticToken22Chars_')
    expect(sent?.html).toContain('<h1')
  })

  test('of the same notice goes out once, however often it is tried', async () => {
    for (let tries = 0; tries < 3; tries++) expect(await sender()(email())).toEqual(ok(undefined))
    expect(fixture.acs.emails()).toHaveLength(1)
  })

  test('tried again with other words counts as sent: the first one is out', async () => {
    await sender()(email())
    expect(await sender()(email({ subject: 'Other words' }))).toEqual(ok(undefined))
    expect(fixture.acs.emails()).toHaveLength(1)
  })

  test('beyond the vendor’s limit is to be tried later, when the vendor says', async () => {
    fixture.acs.faults.emailsPerMinute = 1
    await sender()(email())
    const second = await sender()(email({ operationId: OPERATION.replace('6b', '7c') }))
    expect(second).toMatchObject({ ok: false, failure: { code: 'email_throttled' } })
    expect(second.ok ? 0 : second.failure.retryAfterSeconds).toBeGreaterThan(0)
    expect(fixture.acs.emails()).toHaveLength(1)
  })

  test('from a domain that is not linked is refused for good', async () => {
    expect(await sender()(email({ from: 'visits@elsewhere.example' }))).toMatchObject({
      failure: { code: 'email_refused' },
    })
  })

  test('that no sign-in could be had for surely was not sent', async () => {
    const noToken = async () => {
      throw Object.assign(new Error('no token'), { name: 'CredentialUnavailableError' })
    }
    expect(await emailSender({ beginSend: noToken })(email())).toMatchObject({
      failure: { code: 'email_not_asked' },
    })
  })

  test('while the vendor is down is in doubt', async () => {
    fixture.acs.faults.unavailable = true
    expect(await sender()(email())).toMatchObject({ failure: { code: 'email_outcome_unknown' } })
  })
})

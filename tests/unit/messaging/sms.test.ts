import { describe, expect, test } from 'vitest'
import { type SmsClientLike, type Text, textSender } from '../../../src/core/messaging/sms.ts'

const text: Text = {
  from: '+18005550100',
  to: '+18165550101',
  body: 'words',
  repeatabilityId: 'id',
  firstSentAt: new Date('2026-11-24T10:00:00Z'),
  tag: 'tag',
}
const answering = (send: SmsClientLike['send']) => textSender({ send })(text)
const throwing = (error: object) => answering(() => Promise.reject(Object.assign(new Error('no'), error)))
const codeOf = async (sent: ReturnType<typeof answering>) => {
  const result = await sent
  return result.ok ? 'ok' : result.failure.code
}

describe('a request for a text', () => {
  test('asks for one recipient, a report, and under the id and tag of the notice', async () => {
    const asked: unknown[] = []
    await answering(async (...request) => {
      asked.push(...request)
      return [{ successful: true, httpStatusCode: 202 }]
    })
    expect(asked).toEqual([
      { from: text.from, to: [text.to], message: text.body },
      { enableDeliveryReport: true, tag: 'tag', repeatability: { id: 'id', firstSent: text.firstSentAt } },
    ])
  })

  test.each([
    [true, 202, 'ok'],
    [false, 400, 'sms_recipient_refused'],
    [false, 404, 'sms_recipient_refused'],
    [false, 429, 'sms_throttled'],
    [false, 500, 'sms_outcome_unknown'],
    [false, 503, 'sms_outcome_unknown'],
  ])('whose recipient is answered %s with %i is %s', async (successful, httpStatusCode, code) =>
    expect(await codeOf(answering(async () => [{ successful, httpStatusCode }]))).toBe(code),
  )

  test('without an answer for its recipient is in doubt', async () =>
    expect(await codeOf(answering(async () => []))).toBe('sms_outcome_unknown'))

  test.each([
    [{ statusCode: 400 }, 'sms_request_refused'],
    [{ statusCode: 401 }, 'sms_request_refused'],
    [{ statusCode: 429 }, 'sms_throttled'],
    [{ statusCode: 500 }, 'sms_outcome_unknown'],
    [{ statusCode: 502 }, 'sms_outcome_unknown'],
    [{ code: 'ECONNRESET' }, 'sms_outcome_unknown'],
    [{ name: 'AbortError' }, 'sms_outcome_unknown'],
    [{ name: 'CredentialUnavailableError' }, 'sms_not_asked'],
    [{ name: 'AuthenticationError', statusCode: 400 }, 'sms_not_asked'],
  ])('that fails with %j is %s', async (error, code) => expect(await codeOf(throwing(error))).toBe(code))

  test('that is throttled says how long to wait, where the vendor does', async () => {
    const headers = (value: string | undefined) => ({
      statusCode: 429,
      response: { headers: { get: () => value } },
    })
    expect(await throwing(headers('17'))).toMatchObject({ failure: { retryAfterSeconds: 17 } })
    for (const value of [undefined, 'soon', '0', '-3'])
      expect(await throwing(headers(value))).not.toHaveProperty('failure.retryAfterSeconds')
  })
})

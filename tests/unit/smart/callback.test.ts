import { describe, expect, test } from 'vitest'
import { checkCallbackIssuer, parseCallback } from '../../../src/core/smart/callback.ts'
import { plainText, shownError } from '../../../src/core/smart/shown-error.ts'
import { AUTH, codeOf, config, site } from './wire.ts'

const parse = (query: Record<string, string> | string) => parseCallback(new URLSearchParams(query))

describe('the callback', () => {
  test('gives code and state', () => {
    expect(parse({ code: 'c', state: 's', iss: AUTH })).toEqual({
      state: 's',
      iss: AUTH,
      answer: { ok: true, value: { code: 'c' } },
    })
  })

  test.each([
    ['nothing', ''],
    ['no state', 'code=c'],
    ['no code', 'state=s'],
    ['an empty code', 'state=s&code='],
    ['a code given twice', 'code=a&code=b&state=s'],
    ['a state given twice', 'code=a&state=s&state=t'],
    ['an error given twice', 'error=a&error=b&state=s'],
    ['an endless code', `state=s&code=${'x'.repeat(8_193)}`],
  ])('%s is refused', (_name, query) => {
    expect(codeOf(parse(query).answer)).toBe('smart_callback_invalid')
  })

  test.each([
    ['access_denied', 'smart_authorize_refused'],
    ['login_required', 'smart_authorize_refused'],
    ['server_error', 'smart_authorize_unavailable'],
    ['temporarily_unavailable', 'smart_authorize_unavailable'],
    ['invalid_scope', 'smart_scope_refused'],
    ['unauthorized_client', 'smart_client_rejected'],
    ['invalid_request', 'smart_authorize_invalid'],
    ['constructor', 'smart_authorize_invalid'],
    ['urn:cerner:error:x', 'smart_authorize_invalid'],
  ])('the error %s keeps its state and becomes %s', (error, code) => {
    const callback = parse({ error, state: 's', code: 'ignored' })
    expect(callback.state).toBe('s')
    expect(codeOf(callback.answer)).toBe(code)
  })

  test('every word of the server reaches the clinician, as plain text', () => {
    const { answer } = parse({
      error: 'access_denied',
      error_description: 'You may\r\n not\u0000 enter \u202Eevil\u2066 <b>here</b>',
      error_uri: 'https://login.ehr.example.org/errors/42',
      state: 's',
    })
    expect(answer).toMatchObject({
      failure: {
        detail: 'access_denied',
        shown: {
          error: 'access_denied',
          error_description: 'You may not enter evil <b>here</b>',
          error_uri: 'https://login.ehr.example.org/errors/42',
        },
      },
    })
  })

  test('the log learns no words of the outside', () => {
    const { answer } = parse({ error: 'Maria Example 1980', error_description: 'Maria', state: 's' })
    expect(JSON.stringify(answer.ok ? '' : answer.failure.detail)).not.toContain('Maria')
  })
})

describe('shown errors', () => {
  test.each(['javascript:alert(1)', 'http://x.example/', 'https://u:p@x.example/', 'nonsense', ''])(
    'error_uri %s is not shown',
    (uri) => expect(shownError({ error: 'e', error_uri: uri })).toEqual({ error: 'e' }),
  )

  test('long texts are cut between letters', () => {
    expect(plainText('😀'.repeat(500), 400)).toBe(`${'😀'.repeat(399)}…`)
    expect(shownError({ error_description: 'x'.repeat(5_000) }).error_description).toHaveLength(400)
  })
})

describe('the issuer in the callback (RFC 9207)', () => {
  test('is the asked one or an allowed one', () => {
    expect(codeOf(checkCallbackIssuer(config, site, undefined))).toBe('ok')
    expect(codeOf(checkCallbackIssuer(config, site, AUTH))).toBe('ok')
    expect(codeOf(checkCallbackIssuer(config, site, site.allowedIssuers[0]))).toBe('ok')
  })

  test.each(['https://evil.example', `${AUTH}/`, AUTH.toUpperCase()])('%s is a mix-up', (iss) => {
    expect(codeOf(checkCallbackIssuer(config, site, iss))).toBe('smart_issuer_mismatch')
  })

  test('must be there where the server promises it', () => {
    const promised = { ...config, sendsIssuer: true }
    expect(codeOf(checkCallbackIssuer(promised, site, undefined))).toBe('smart_issuer_mismatch')
    expect(codeOf(checkCallbackIssuer(promised, site, AUTH))).toBe('ok')
  })
})

import { expect, test } from 'vitest'
import { baseHeaders, pageHeaders } from '../../../src/core/http/security-headers.ts'

const plain = { styleHashes: [], scriptHashes: [], https: true }
const directive = (headers: Record<string, string>, name: string) =>
  headers['content-security-policy']?.split('; ').find((one) => one.startsWith(`${name} `))

test('nothing runs or loads but what the page brought by hash', () => {
  const headers = pageHeaders({ ...plain, styleHashes: ['sha256-a'], scriptHashes: ['sha256-b', 'sha256-c'] })
  expect(directive(headers, 'default-src')).toBe("default-src 'none'")
  expect(directive(headers, 'style-src')).toBe("style-src 'sha256-a'")
  expect(directive(headers, 'script-src')).toBe("script-src 'sha256-b' 'sha256-c'")
  expect(directive(pageHeaders(plain), 'script-src')).toBe("script-src 'none'")
  expect(headers['content-security-policy']).not.toContain('unsafe')
})

test('no page is shown in a frame, but the one that offers a way out, and that in its EHR alone', () => {
  const closed = pageHeaders(plain)
  expect(directive(closed, 'frame-ancestors')).toBe("frame-ancestors 'none'")
  expect(closed['x-frame-options']).toBe('DENY')
  const open = pageHeaders({ ...plain, frameAncestors: ['https://ehr.example.org'] })
  expect(directive(open, 'frame-ancestors')).toBe('frame-ancestors https://ehr.example.org')
  expect(open).not.toHaveProperty('x-frame-options')
})

test('forms lead to us and to the origins that are named', () => {
  const headers = pageHeaders({
    ...plain,
    formTargets: ['https://teams.microsoft.com', 'http://localhost:7074'],
  })
  expect(directive(headers, 'form-action')).toBe(
    "form-action 'self' https://teams.microsoft.com http://localhost:7074",
  )
})

test('what is no plain origin cannot widen the policy', () => {
  const hostile = [
    "https://a.example; script-src 'unsafe-inline'",
    '*',
    'https://a.example/path',
    "'self'",
    '',
  ]
  const headers = pageHeaders({ ...plain, formTargets: hostile, frameAncestors: hostile })
  expect(headers).toEqual(pageHeaders(plain))
})

test('no answer is cached, sniffed or told to other sites', () => {
  expect(baseHeaders(true)).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  })
  expect(baseHeaders(true)).toHaveProperty('strict-transport-security')
  expect(baseHeaders(false)).not.toHaveProperty('strict-transport-security')
})

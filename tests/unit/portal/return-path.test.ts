import { expect, test } from 'vitest'
import { returnPath } from '../../../src/core/portal/return-path.ts'

test('somebody who followed a link into the portal comes back to that page', () => {
  for (const path of ['/portal', '/portal/sites', '/portal/sites/abcdef123456?done=saved', '/portal?x=1'])
    expect(returnPath(path)).toBe(path)
})

test.each([
  undefined,
  null,
  '',
  'https://evil.example/portal',
  '//evil.example/portal',
  '/\\evil.example',
  '/portal\\..\\..\\evil',
  '/portalevil',
  '/portal/../launch/x/visit',
  '/portal/%2e%2e/launch',
  '/PORTAL',
  '/portal/sites\r\nset-cookie: a=b',
  '/portal/signin?code=stolen',
  '/portal/signin/start',
  `/portal/${'x'.repeat(600)}`,
])('nobody is led elsewhere by %j', (path) => {
  expect(returnPath(path)).toBe('/portal')
})

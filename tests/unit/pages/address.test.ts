import { expect, test } from 'vitest'
import { countdown } from '../../../src/pages/layout/countdown.ts'
import { safeHref, telHref } from '../../../src/pages/layout/href.ts'
import { liveRefresh } from '../../../src/pages/layout/live-refresh.ts'

test('paths of this host, web addresses and the Teams app may be linked', () => {
  for (const good of ['/v/abc', '/', '?lang=es', '#main', '', 'https://teams.example/x', 'msteams:/l/x'])
    expect(safeHref(good)).toBe(good)
})

test('no other address becomes a link', () => {
  for (const bad of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'evil',
  ])
    expect(safeHref(bad), bad).toBeUndefined()
  expect(safeHref(undefined)).toBeUndefined()
})

test('a phone number as written becomes one that can be dialled', () => {
  expect(telHref('+1 (312) 555-0100')).toBe('tel:+13125550100')
  expect(telHref('01 23 45 67 89')).toBe('tel:0123456789')
  expect(telHref('+1 312 555 0142', '123 456 789#')).toBe('tel:+13125550142,,123456789%23')
  expect(telHref('"><script>1</script>')).toBe('tel:1')
})

test('the scripts survive being put on one line', () => {
  for (const script of [countdown, liveRefresh]) {
    expect(() => new Function(script)).not.toThrow()
    expect(script).not.toMatch(/<\/script|\n/i)
  }
})

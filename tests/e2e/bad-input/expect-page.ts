import { expect } from 'vitest'
import { eventually } from '../../../sandbox/story/step.ts'
import { type FailureCode, wordsOf } from '../../../src/core/failures.ts'
import type { Page } from './browser.ts'
import type { World } from './world.ts'

/** The page of one failure: its status, its words, its code, a reference that the log has too, and nothing inside out. */
export async function expectFailure(world: World, page: Page, code: FailureCode): Promise<void> {
  const { status, title, what, why, next } = wordsOf({ code })
  expect({ code, status: page.status }).toEqual({ code, status })
  for (const words of [title, what, why, ...next]) expect(page.text).toContain(words.replace(/\s+/g, ' '))
  expect(page.text).toContain(`code ${code}`)
  expectSafe(page)
  const reference = /reference ([0-9a-f]{10})/.exec(page.text)?.[1]
  const line = await eventually('the log line of the reference', () =>
    world.sandbox.host
      .logs()
      .find((one) => one.includes('"event":"request"') && one.includes(`${reference}`)),
  )
  expect(line).toContain(`"code":"${code}"`)
}

/** What every page keeps to, whatever went wrong. */
export function expectSafe({ headers, html }: Page): void {
  const policy = headers.get('content-security-policy') ?? ''
  for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
    expect(policy).toContain(part)
  expect(policy).not.toContain('unsafe')
  expect(headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('referrer-policy')).toBe('same-origin')
  expect(html).not.toMatch(/\bat \S+ \(|\.m?[jt]s:\d+|node_modules|Error:/)
}

/** Where the button "Try again" leads. */
export function tryAgain({ html }: Page): string | undefined {
  const link = /<a [^>]*href="([^"]+)"[^>]*>\s*Try again/.exec(html)?.[1]
  return link?.replaceAll('&amp;', '&')
}

import { expect, test } from 'vitest'
import { Browser } from './browser.ts'
import { expectSafe } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

export function requestCases(world: () => World): void {
  const ask = (method: string, path: string, more: RequestInit = {}) =>
    leavesNothing(world(), () =>
      fetch(`${world().sandbox.appUrl}${path}`, { method, redirect: 'manual', ...more }),
    )

  test.each([
    '/nothing',
    '/launch',
    '/launch/',
    '/launch/provider/more',
    '/v',
    '/v/',
    '/.env',
    '/wp-login.php',
    '/v/a/b/c',
    `/${'x'.repeat(4000)}`,
  ])('GET %s is nothing, and tells nothing', async (path) => {
    const answer = await ask('GET', path)
    expect(answer.status).toBe(404)
    expect(await answer.text()).toBe('')
  })

  test.each([
    ['POST', '/'],
    ['POST', '/launch/provider'],
    ['PUT', '/v/AAAAAAAAAAAAAAAAAAAAAA'],
    ['DELETE', '/v/AAAAAAAAAAAAAAAAAAAAAA'],
    ['OPTIONS', '/v/AAAAAAAAAAAAAAAAAAAAAA'],
    ['OPTIONS', '/launch/AAAAAAAAAAAAAAAAAAAAAA/forget'],
    ['PATCH', '/health'],
  ])('%s %s is not answered', async (method, path) => {
    const answer = await ask(method, path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })

  test('HEAD begins no sign-in and uses up no answer', async () => {
    const { appUrl } = world().sandbox
    const browser = new Browser()
    const stopAt = (location: string) => location.startsWith(`${appUrl}/launch/callback`)
    const answered = await browser.get(world().launchUrl(world().book(20)), { stopAt })
    const callback = answered.headers.get('location') ?? ''
    const headers = { cookie: browser.cookieHeader(callback) }
    const path = callback.slice(appUrl.length)
    expect((await ask('HEAD', path, { headers })).status).toBe(404)
    expect((await ask('HEAD', '/launch/provider?iss=a&launch=b')).status).toBe(404)
    expect((await browser.get(callback)).text).toContain('Join in Teams')
  })

  test.each(['/', '/health', '/.well-known/jwks.json'])(
    'HEAD %s answers like GET, without a body',
    async (path) => {
      const [get, head] = [await ask('GET', path), await ask('HEAD', path)]
      expect(head.status).toBe(get.status)
      expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
      expect(await head.text()).toBe('')
    },
  )

  test('the home page says what this address is, and keeps to the rules of every page', async () => {
    const page = await new Browser().get(`${world().sandbox.appUrl}/`)
    expect(page.status).toBe(200)
    expectSafe(page)
  })

  test('health and keys are JSON; health is never kept, keys are for an hour', async () => {
    const health = await ask('GET', '/health')
    expect(health.status).toBe(200)
    expect(health.headers.get('content-type')).toMatch(/^application\/json/)
    expect(health.headers.get('cache-control')).toBe('no-store')
    const body = (await health.json()) as { status: string; dependencies: Record<string, { state: string }> }
    expect(body.status).toBe('ok')
    expect(Object.values(body.dependencies).map(({ state }) => state)).toEqual(Array(5).fill('ok'))
    const keys = await ask('GET', '/.well-known/jwks.json')
    expect(keys.headers.get('cache-control')).toBe('public, max-age=3600')
    expect(keys.headers.get('x-content-type-options')).toBe('nosniff')
    const { keys: list } = (await keys.json()) as { keys: Record<string, unknown>[] }
    expect(list.length).toBeGreaterThan(0)
    for (const key of list) expect(key).not.toHaveProperty('d')
  })

  test('a launch in a frame offers one way out, to be framed by its own EHR alone', async () => {
    const headers = { 'sec-fetch-dest': 'iframe' }
    const origin = new URL(world().sandbox.ehr.fhirBaseUrl).origin
    const own = await new Browser().get(world().launchUrl(world().book(20)), { headers })
    expect(own.status).toBe(200)
    expect(own.headers.get('content-security-policy')).toContain(`frame-ancestors ${origin}`)
    expect(own.headers.get('x-frame-options')).toBeNull()
    expect(own.headers.getSetCookie()).toEqual([])
    const foreign = `${world().sandbox.appUrl}/launch/provider?iss=https://evil.example.org&launch=x`
    const page = await new Browser().get(foreign, { headers })
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  })
}

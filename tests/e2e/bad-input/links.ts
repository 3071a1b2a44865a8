import { expect, test } from 'vitest'
import { eventually } from '../../../sandbox/story/step.ts'
import { csrfToken } from '../../../src/core/http/csrf.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { Browser, field, hidden } from './browser.ts'
import { expectSafe } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

const DAY = 86_400_000

export function linkCases(world: () => World): void {
  const tap = (url: string, headers: Record<string, string> = {}) =>
    leavesNothing(world(), () => new Browser().get(url, { headers }))

  /** The patient's own page of a link that opens nothing: what it is, what to do, nothing about visits. */
  async function expectNotFound(url: string): Promise<void> {
    const page = await tap(url)
    expect({ url, status: page.status }).toEqual({ url, status: 404 })
    expect(page.text).toContain('This link does not open a visit')
    expect(page.text).toContain('Open the link again from the latest message we sent you.')
    expectSafe(page)
  }

  test('a link that was changed, cut short or made longer opens nothing, and all look the same', async () => {
    const { link } = await world().openVisit(20)
    const token = link.slice(-22)
    const flipped = token.startsWith('A') ? 'B' : 'A'
    const wrong = [
      flipped + token.slice(1),
      token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A'),
      token.slice(0, 21),
      `${token}A`,
      token.repeat(40),
      token.toUpperCase() === token ? token.toLowerCase() : token.toUpperCase(),
      `${token}%00`,
      '%2e%2e%2fhealth',
      "'%20or%20PartitionKey%20ne%20'",
      'AAAAAAAAAAAAAAAAAAAAAA',
    ]
    for (const one of wrong) await expectNotFound(link.replace(token, one))
  })

  test("the page of a wrong link speaks the phone's language", async () => {
    const url = `${world().sandbox.appUrl}/v/AAAAAAAAAAAAAAAAAAAAAA`
    const page = await tap(url, { 'accept-language': 'xx, es-MX;q=0.9, en;q=0.8' })
    expect(page.html).toContain('<html lang="es"')
  })

  test('a wrong link cannot be joined', async () => {
    const url = `${world().sandbox.appUrl}/v/AAAAAAAAAAAAAAAAAAAAAA/join`
    const page = await leavesNothing(world(), () => new Browser().post(url, { csrf: 'x' }))
    expect(page.status).toBe(404)
  })

  test('opening a link changes nothing, and HEAD, as scanners ask, finds it', async () => {
    const { link } = await world().openVisit(20)
    const page = await tap(link)
    expect(page.status).toBe(200)
    expectSafe(page)
    const head = await leavesNothing(world(), () => fetch(link, { method: 'HEAD' }))
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    expect(head.headers.get('content-security-policy')).toBe(page.headers.get('content-security-policy'))
    expect((await fetch(`${link.slice(0, -1)}!`, { method: 'HEAD' })).status).toBe(404)
  })

  test('before its time a visit counts down, and a forged join is sent back to the countdown', async () => {
    const { link, page: clinicians } = await world().openVisit(120)
    expect(clinicians.status).toBe(200)
    const browser = new Browser()
    const early = await leavesNothing(world(), () => browser.get(link))
    expect(early.text).toContain('You are early')
    expect(early.html).not.toContain('/join"')
    // The token of a form does not depend on the time: one from later would do.
    const token = tokenOf(world(), link)
    const page = await leavesNothing(world(), () => browser.post(`${link}/join`, { csrf: token }))
    expect(page.url).toBe(link)
    expect(page.text).toContain('You are early')
  })

  test('joining twice leads to the same meeting', async () => {
    const { link } = await world().openVisit(20)
    const browser = new Browser()
    const csrf = field(await browser.get(link), 'csrf')
    const meetings = world().sandbox.graph.meetings().length
    const joins = [1, 2].map(() => browser.post(`${link}/join`, { csrf }, { follow: false }))
    const [first, second] = await Promise.all(joins)
    expect(first?.status).toBe(303)
    expect(first?.headers.get('location')).toContain(world().sandbox.teams.url)
    expect(second?.headers.get('location')).toBe(first?.headers.get('location'))
    expect(world().sandbox.graph.meetings().length).toBe(meetings)
  })

  test('a browser that opens the address of the join again sees the visit', async () => {
    const { link } = await world().openVisit(20)
    const page = await tap(`${link}/join`)
    expect(page.url).toBe(link)
    expect(page.status).toBe(200)
  })

  test('a cancelled visit says so, and cannot be joined from a page that stood open', async () => {
    const { link, appointmentId } = await world().openVisit(20)
    const browser = new Browser()
    const fields = hidden(await browser.get(link))
    world().sandbox.ehr.cancel(appointmentId)
    const page = await leavesNothing(world(), () => browser.post(`${link}/join`, fields))
    expect(page.text).toContain('This visit was cancelled')
  })

  test('a week after the visit the link opens nothing, before and after what is sealed is erased', async () => {
    const { sandbox } = world()
    const { link } = await world().openVisit(20)
    await sandbox.clock.advance(8 * DAY)
    await expectNotFound(link)
    const erasures = () => sandbox.host.logs().filter((line) => line.includes('"event":"erased"')).length
    const before = erasures()
    await sandbox.clock.advance(DAY)
    await sandbox.host.invoke('eraseTimer')
    await eventually('the erasure', () => erasures() > before || undefined)
    for await (const row of sandbox.store.tables.links.all())
      expect(Date.parse(row.eraseAfter)).toBeGreaterThan(sandbox.clock.now().getTime())
    await expectNotFound(link)
  })
}

/** The token that the link's form has once there is one. */
function tokenOf({ sandbox }: World, link: string): string {
  return csrfToken(keyRing(Buffer.from(sandbox.keys.sessionKey, 'base64')), `link|${link.slice(-22)}`)
}

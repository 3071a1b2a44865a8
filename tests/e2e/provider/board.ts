import { expect, test } from 'vitest'
import { Browser } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'
import { lookOf } from './look.ts'

export function boardCases(world: () => World): void {
  test('shows today’s video visits of this clinician by name, who waits first, and opens each', async () => {
    const { sandbox } = world()
    const visit = await world().openVisit(60)
    const name = sandbox.ehr.patients().find(({ id }) => id === visit.patientId)?.name ?? ''
    const [family = '', given = ''] = name.split(', ')
    const browser = new Browser()
    const board = await browser.get(world().launchUrl({}, 'none'))
    expect(board.url).toMatch(/\/board$/)
    expect(board.text).toContain(`${given.split(' ')[0]} ${family}`)
    const before = (await browser.get(lookOf(board))).headers.get('etag') ?? ''
    expect((await browser.get(lookOf(board), { headers: { 'if-none-match': before } })).status).toBe(304)
    const links = [...board.html.matchAll(/href="([^"]*\/visit\?choice=[^"]+)"/g)].map(
      ([, href = '']) => href,
    )
    expect(links.length).toBeGreaterThan(0)
    const opened = await browser.get(new URL(links[0] ?? '', board.url).href)
    expect(opened.status).toBe(200)
    expect(opened.text).toContain('Join in Teams')
  })

  test('is not there while a chart is open: one launch, one patient', async () => {
    const visit = await world().openVisit(20)
    const board = await visit.browser.get(visit.page.url.replace(/visit.*$/, 'board'))
    expect(board.status).toBe(404)
    expect(visit.page.html).not.toContain('/board')
  })
}

import { expect, test } from 'vitest'
import type { Page } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'
import { eventually } from '../patient/world.ts'
import { send } from './forms.ts'

/** Where the page looks for news. */
export function lookOf(page: Page): string {
  const path = /data-look="([^"]+)"/.exec(page.html)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return new URL(path, page.url).href
}

export function lookCases(world: () => World): void {
  test('costs neither the EHR nor Graph anything, and answers 304 until something changed', async () => {
    const { ehr, graph } = world().sandbox
    const visit = await world().openVisit(20)
    const first = await visit.browser.get(lookOf(visit.page))
    expect(first.text).toContain('The patient is not here yet')
    const etag = first.headers.get('etag') ?? ''
    await quiet(world())
    const asked = () => [ehr.ledger.length, graph.ledger.length]
    const before = asked()
    const current = (await visit.browser.get(lookOf(visit.page))).headers.get('etag') ?? etag
    for (let times = 0; times < 5; times++) {
      const again = await visit.browser.get(lookOf(visit.page), { headers: { 'if-none-match': current } })
      expect(again.status).toBe(304)
    }
    expect(asked()).toEqual(before)
    await send({ browser: visit.browser, page: await visit.browser.get(visit.link) }, '', {}).catch(() => {})
    const tapped = await visit.browser.get(visit.link)
    const csrf = /name="csrf" value="([^"]+)"/.exec(tapped.html)?.[1] ?? ''
    await visit.browser.post(`${visit.link}/join`, { csrf }, { follow: false })
    const changed = await visit.browser.get(lookOf(visit.page), { headers: { 'if-none-match': current } })
    expect(changed.status).toBe(200)
    expect(changed.text).toContain('on the way to the lobby')
    expect(changed.headers.get('etag')).not.toBe(current)
  })

  test('says that the EHR changed the appointment, where a sweep saw it', async () => {
    const { sandbox } = world()
    const visit = await world().openVisit(40)
    const [row] = sandbox.ehr.board().filter((one) => one.appointmentId === visit.appointmentId)
    sandbox.ehr.move(visit.appointmentId, new Date(Date.parse(row?.start ?? '') + 5 * 60_000))
    await eventually('the change in the page', async () => {
      // One that meets the visit just as its subscription is written down leaves it to the next.
      await sweep(world())
      return (await visit.browser.get(lookOf(visit.page))).text.includes('The appointment changed in the EHR')
    })
  })

  test('of another launch, or of nothing, is not answered', async () => {
    const [mine, other] = [await world().openVisit(20), await world().openVisit(25)]
    const foreign = new URL(lookOf(other.page)).search
    const swapped = `${lookOf(mine.page).split('?')[0]}${foreign}`
    expect((await mine.browser.get(swapped)).status).toBe(404)
    expect((await mine.browser.get(`${lookOf(mine.page).split('?')[0]}?at=x`)).status).toBe(404)
  })
}

/** Waits until nothing more is written about: a subscription made on a queue changes a row of its own accord. */
async function quiet({ sandbox }: World): Promise<void> {
  for (let still = 0, last = -1; still < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    const now = sandbox.graph.ledger.length
    still = now === last ? still + 1 : 0
    last = now
  }
}

export async function sweep({ sandbox }: World): Promise<void> {
  const before = sandbox.ehr.ledger.length
  await sandbox.host.invoke('sweepTimer')
  for (let still = 0, last = before; still < 4; ) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    const now = sandbox.ehr.ledger.length
    still = now === last && now > before ? still + 1 : 0
    last = now
  }
}

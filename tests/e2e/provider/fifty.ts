import { expect, test } from 'vitest'
import { Browser, type Page } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'

const LAUNCHES = 50

/** Mulberry32: the same order at every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Initials that no other of the fifty has: AA, AB … */
const initialsOf = (index: number): string =>
  `${String.fromCharCode(65 + Math.floor(index / 10))}${String.fromCharCode(75 + (index % 10))}`

export function fiftyLaunches(world: () => World): void {
  test('each page is of its own patient, whatever order the answers come in', async () => {
    const { sandbox } = world()
    const jar = new Browser()
    const started = []
    for (let index = 0; index < LAUNCHES; index++) {
      const [given = '', family = ''] = initialsOf(index)
      const { patientId } = sandbox.ehr.newChart(`${family}ynthetic`, `${given}ri`)
      const booked = world().book(10 + index, { patientId })
      const callback = await jar.get(world().launchUrl(booked), {
        stopAt: (url) => url.includes('/launch/callback'),
      })
      started.push({ index, callback: callback.headers.get('location') ?? '' })
    }
    const random = seeded(20_310_304)
    const order = started.map((one) => ({ ...one, at: random() })).sort((a, b) => a.at - b.at)
    const pages: Page[] = []
    for (const { index, callback } of order) pages[index] = await jar.get(callback)
    // All are open now; each is looked at again, as a clinician going through their windows does.
    for (let index = 0; index < LAUNCHES; index++) {
      const page = await jar.get(pages[index]?.url ?? '')
      expect(page.status).toBe(200)
      const heading = /<h1>Patient ([^,<]*),/.exec(page.html)?.[1]
      expect(heading).toBe(initialsOf(index))
      for (let other = 0; other < LAUNCHES; other++)
        if (other !== index) expect(page.html).not.toContain(`Patient ${initialsOf(other)},`)
    }
    expect(new Set(pages.map(({ url }) => url)).size).toBe(LAUNCHES)
  })
}

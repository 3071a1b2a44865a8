import { expect, test } from 'vitest'
import { Browser, field } from './browser.ts'
import { expectFailure } from './expect-page.ts'
import { leavesNothing } from './unchanged.ts'
import type { World } from './world.ts'

export function formCases(world: () => World): void {
  test('a form without our token, or with the token of another launch, changes nothing', async () => {
    const [mine, other] = [await world().openVisit(20), await world().openVisit(25)]
    for (const name of ['join', 'choose', 'forget', 'confirm'])
      for (const fields of [{}, { csrf: '' }, { csrf: field(other.page, 'csrf') }]) {
        const url = mine.page.url.replace(/visit$/, name)
        const page = await leavesNothing(world(), () => mine.browser.post(url, { ...fields, answer: 'yes' }))
        await expectFailure(world(), page, 'form_foreign')
      }
  })

  test.each(['https://evil.example.org', 'null', 'http://localhost'])(
    'a form that comes from %s changes nothing, even with the right token',
    async (origin) => {
      const { browser, page } = await world().openVisit(20)
      const fields = { csrf: field(page, 'csrf') }
      const forget = page.url.replace(/visit$/, 'forget')
      const headers = { origin }
      const answer = await leavesNothing(world(), () => browser.post(forget, fields, { headers }))
      await expectFailure(world(), answer, 'form_foreign')
    },
  )

  test('a form of 20,000 bytes is not read', async () => {
    const { browser, page } = await world().openVisit(20)
    const fields = { csrf: field(page, 'csrf'), choice: 'x'.repeat(20_000) }
    const answer = await leavesNothing(world(), () =>
      browser.post(page.url.replace(/visit$/, 'choose'), fields),
    )
    await expectFailure(world(), answer, 'form_too_large')
  })

  test('a JSON body is no form', async () => {
    const { browser, page } = await world().openVisit(20)
    const headers = { 'content-type': 'application/json' }
    const forget = page.url.replace(/visit$/, 'forget')
    const answer = await leavesNothing(world(), () => browser.post(forget, {}, { headers }))
    await expectFailure(world(), answer, 'form_foreign')
  })

  test("the patient's form without our token, from elsewhere or too large joins nobody and shows the page anew", async () => {
    const { link } = await world().openVisit(20)
    const browser = new Browser()
    const csrf = field(await browser.get(link), 'csrf')
    const wrong: [Record<string, string>, Record<string, string>][] = [
      [{}, {}],
      [{ csrf: `${csrf}x` }, {}],
      [{ csrf }, { origin: 'https://evil.example.org' }],
      [{ csrf, more: 'x'.repeat(20_000) }, {}],
    ]
    for (const [fields, headers] of wrong) {
      const page = await leavesNothing(world(), () => browser.post(`${link}/join`, fields, { headers }))
      expect(page.url).toBe(link)
      expect(page.text).toContain('Join the visit')
    }
  })
}

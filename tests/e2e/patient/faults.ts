import { expect, test } from 'vitest'
import type { Rig } from './rig.ts'
import { open } from './world.ts'

/** EHR or Graph down: the page says so, and what can still be done can be done. */
export function faultCases(rig: () => Rig): void {
  test('the EHR: the page keeps trying, and still lets the patient join where the meeting is known', async () => {
    const { world, browsers } = rig()
    const { ehr, teams } = world.sandbox
    const [known, unknown] = [await world.visit(20), await world.visit(25)]
    const first = await open(browsers.granted, known.link)
    await first.page.getByRole('button', { name: 'Join the visit' }).click()
    await first.page.waitForURL((url) => url.href.startsWith(teams.url))
    await first.done()
    ehr.faults.fhirUnavailable = true
    try {
      const again = await open(browsers.granted, known.link)
      await again.page.getByRole('heading', { name: 'We cannot check your visit right now' }).waitFor()
      await again.page.getByRole('button', { name: 'Join the visit' }).click()
      await again.page.waitForURL((url) => url.href.startsWith(teams.url))
      await again.done()
      const without = await open(browsers.granted, unknown.link)
      await without.page.getByRole('heading', { name: 'We cannot check your visit right now' }).waitFor()
      expect(await without.page.getByRole('button', { name: 'Join the visit' }).count()).toBe(0)
      expect(await without.page.getByRole('link', { name: /816-555-0199/ }).isVisible()).toBe(true)
      ehr.faults.fhirUnavailable = false
      await without.page.evaluate(() => document.dispatchEvent(new Event('look')))
      await without.page.getByRole('button', { name: 'Join the visit' }).waitFor()
      await without.done()
    } finally {
      ehr.faults.fhirUnavailable = false
    }
  })

  test('Graph: pressing Join says that it did not work, and works once Graph is back', async () => {
    const { world, browsers } = rig()
    const { graph, teams } = world.sandbox
    const { link } = await world.visit(20)
    graph.faults.unavailable = true
    try {
      const { page, done } = await open(browsers.granted, link, { javaScriptEnabled: false })
      const answer = page.waitForResponse((response) => response.url().endsWith('/join'))
      await page.getByRole('button', { name: 'Join the visit' }).click()
      expect((await answer).status()).toBe(503)
      await page.getByText('The visit could not be opened just now').waitFor()
      graph.faults.unavailable = false
      await page.getByRole('button', { name: 'Join the visit' }).click()
      await page.waitForURL((url) => url.href.startsWith(teams.url))
      await done()
    } finally {
      graph.faults.unavailable = false
    }
  })
}

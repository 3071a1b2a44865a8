import { expect, test } from 'vitest'
import type { Rig } from './rig.ts'
import { open, PATIENTS } from './world.ts'

/** The EHR's language for the patient, else the browser's, else the site's; and what the patient chooses before all. */
export function languageCases(rig: () => Rig): void {
  const langOf = async (link: string, locale: string) => {
    const { page, done } = await open(rig().browsers.granted, link, { locale })
    const lang = await page.locator('html').getAttribute('lang')
    await done()
    return lang
  }

  test.each([
    ['the chart’s, whatever the browser says', PATIENTS.es, 'fr-FR', 'es'],
    ['the chart’s in an English browser', PATIENTS.fr, 'en-US', 'fr'],
    ['the browser’s where the chart names one that we do not have', PATIENTS.vi, 'fr-CA', 'fr'],
    ['the browser’s where the chart names none', PATIENTS.none, 'es-MX', 'es'],
    ['the site’s where neither helps', PATIENTS.vi, 'vi-VN', 'en'],
  ])('is %s', async (_why, patientId, locale, lang) => {
    const { link } = await rig().world.visit(20, patientId)
    expect(await langOf(link, locale)).toBe(lang)
  })

  test('is the chosen one from then on: on the page, when it looks again, and in the calendar', async () => {
    const { world, browsers } = rig()
    const { link } = await world.visit(72, PATIENTS.es)
    const { page, done } = await open(browsers.granted, link)
    await page.getByRole('link', { name: 'Français' }).click()
    await page.getByRole('heading', { name: 'Vous êtes en avance' }).waitFor()
    const asked = world.sandbox.ehr.ledger.length
    const again = page.waitForResponse((response) => response.url() === page.url())
    await page.evaluate(() => document.dispatchEvent(new Event('look')))
    expect(await (await again).text()).toContain('lang="fr"')
    const patients = world.sandbox.ehr.ledger.slice(asked).filter(({ path }) => path.includes('/Patient'))
    expect(patients).toEqual([])
    const href = await page.getByRole('link', { name: 'Ajouter au calendrier' }).getAttribute('href')
    expect(await (await fetch(new URL(href ?? '', link))).text()).toContain('SUMMARY:Consultation vidéo')
    await done()
  })

  test('costs one read of the patient when the page is opened, and none when it looks again', async () => {
    const { world, browsers } = rig()
    const { link } = await world.visit(72, PATIENTS.es)
    const reads = () => world.sandbox.ehr.ledger.filter(({ path }) => path.includes('/Patient')).length
    const before = reads()
    const { page, done } = await open(browsers.granted, link)
    expect(reads() - before).toBe(1)
    const again = page.waitForResponse((response) => response.url() === page.url())
    await page.evaluate(() => document.dispatchEvent(new Event('look')))
    expect(await (await again).text()).toContain('lang="es"')
    expect(reads() - before).toBe(1)
    await done()
  })
}

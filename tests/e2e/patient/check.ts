import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { ACCOUNTS } from '../../../sandbox/entra/tenants.ts'
import type { Devices, Rig } from './rig.ts'
import { eventually, open, overflow, PATIENTS, violations } from './world.ts'

/** Camera, microphone, speaker and connection, on the page itself. */
export function checkCases(rig: () => Rig): void {
  async function started(
    devices: Devices,
    options: Parameters<typeof open>[2] = {},
    patientId = PATIENTS.en,
  ) {
    const { world, browsers } = rig()
    const one = await world.visit(20, patientId)
    const opened = await open(browsers[devices], one.link, options)
    await opened.page.locator('#check button').click()
    const column = (expected: RegExp) =>
      eventually(`the visit to say ${expected}`, async () => {
        const { deviceCheck = '' } = await world.row(one)
        return expected.test(deviceCheck) && deviceCheck
      })
    return { ...opened, one, column }
  }
  const part = (page: Page, name: string) => page.locator('.checks li').filter({ hasText: name })

  test('shows the picture and the level, and when the sound was heard, that everything works', async () => {
    const { page, problems, column, done } = await started('granted')
    await page.getByLabel('Picture from your camera').waitFor()
    for (const name of ['Camera', 'Microphone', 'Connection'])
      await part(page, name).getByText('Works').waitFor()
    expect(await page.getByRole('meter', { name: 'Loudness of your voice' }).count()).toBe(1)
    await page.getByRole('button', { name: 'Play a sound' }).click()
    await page.getByRole('button', { name: 'Yes, I heard it' }).click()
    await page.locator('#check').getByText('Everything works').first().waitFor()
    expect(await column(/speaker/)).toBe('camera:pass microphone:pass speaker:pass connection:pass')
    expect(problems).toEqual([])
    await done()
  })

  test.each(['End the test', 'Join the visit'])('switches the camera off at "%s"', async (name) => {
    const { page, done } = await started('granted')
    await part(page, 'Camera').getByText('Works').waitFor()
    await part(page, 'Microphone').getByText('Works').waitFor()
    const kept = await page.evaluateHandle(() => document.querySelector('video')?.srcObject as MediaStream)
    const states = () => kept.evaluate((stream) => stream.getTracks().map(({ readyState }) => readyState))
    expect(await states()).toEqual(['live', 'live'])
    // Stays on the page, so that it can be looked at after Join was pressed.
    await page.evaluate(() => addEventListener('submit', (event) => event.preventDefault()))
    await page.getByRole('button', { name }).click()
    expect(await states()).toEqual(['ended', 'ended'])
    expect(await page.locator('video').count()).toBe(0)
    await done()
  })

  test('that was refused says where to allow it on this phone, offers ways out, and tells the clinician', async () => {
    const userAgent =
      'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Mobile Safari/537.36'
    const { page, column, one, done } = await started('denied', { userAgent })
    await part(page, 'Camera').getByText('Does not work').waitFor()
    await part(page, 'Camera').getByText('then Permissions').waitFor()
    await column(/^camera:blocked microphone:blocked connection:pass$/)
    await page.getByRole('button', { name: 'Play a sound' }).click()
    await page.getByRole('button', { name: 'No, I did not' }).click()
    await part(page, 'Speaker').getByText('media volume').waitFor()
    await page.getByText('You can take part anyway').waitFor()
    await page.getByText('Contact your clinic and say what does not work.').waitFor()
    expect(await page.getByRole('button', { name: 'Join the visit' }).isVisible()).toBe(true)
    await column(/speaker:fail/)
    await done()
    expect(await clinicianPage(one.appointmentId)).toMatch(
      /Device check by the patient at .+: camera not allowed in the browser, microphone not allowed in the browser, speaker does not work, connection works\./,
    )
  })

  test.each([
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15', 'Website Settings'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/147.0.0.0',
      'Choose the button to the left',
    ],
  ])('fits its words to the device: %s', async (userAgent, words) => {
    const { page, done } = await started('denied', { userAgent })
    await part(page, 'Camera').getByText(words).waitFor()
    await done()
  })

  test('without a camera still hears the microphone', async () => {
    const { page, column, done } = await started('noCamera')
    await part(page, 'Camera').getByText('No camera was found').waitFor()
    await part(page, 'Microphone').getByText('Works').waitFor()
    await column(/^camera:missing microphone:pass/)
    await done()
  })

  test('without any device says so, in the patient’s language, and can be tried again', async () => {
    const { page, column, done } = await started('missing', {}, PATIENTS.fr)
    await part(page, 'Caméra').getByText('Aucune caméra trouvée').waitFor()
    await part(page, 'Micro').getByText('Aucun micro trouvé').waitFor()
    await column(/^camera:missing microphone:missing/)
    await page.getByRole('button', { name: 'Écouter un son' }).click()
    await page.getByRole('button', { name: 'Non, rien entendu' }).click()
    await page.getByRole('button', { name: 'Refaire le test' }).click()
    await part(page, 'Caméra').getByText('Aucune caméra trouvée').waitFor()
    await done()
  })

  test.each(['light', 'dark'] as const)(
    'breaks no rule of accessibility while it runs, in %s',
    async (colorScheme) => {
      for (const devices of ['granted', 'denied'] as const) {
        const { page, problems, done } = await started(devices, {
          colorScheme,
          viewport: { width: 320, height: 568 },
        })
        await part(page, 'Connection').getByText('Works').waitFor()
        await part(page, 'Camera').locator('.ok, .bad').waitFor()
        await page.getByRole('button', { name: 'Play a sound' }).click()
        expect(await violations(page)).toEqual([])
        expect(await overflow(page)).toBe(0)
        await page.getByRole('button', { name: 'No, I did not' }).click()
        await part(page, 'Microphone').locator('.ok, .bad').waitFor()
        expect(await violations(page)).toEqual([])
        expect(problems).toEqual([])
        await done()
      }
    },
  )

  test('can be worked by keyboard alone', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const { page, done } = await open(browsers.granted, one.link)
    const start = page.getByRole('button', { name: 'Start the test' })
    await start.focus()
    await page.keyboard.press('Enter')
    await part(page, 'Connection').waitFor()
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('End the test')
    await done()
  })

  test('is not offered where nothing can be joined any more', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const { page, done } = await open(browsers.granted, one.link)
    await page.getByRole('button', { name: 'Start the test' }).waitFor()
    world.sandbox.ehr.cancel(one.appointmentId)
    await page.evaluate(() => document.dispatchEvent(new Event('look')))
    await page.getByRole('heading', { name: 'This visit was cancelled' }).waitFor()
    expect(await page.getByRole('button', { name: 'Start the test' }).isVisible()).toBe(false)
    await done()
  })

  test('takes no result without the page’s token, none from elsewhere, and none that it does not know', async () => {
    const { world, browsers } = rig()
    const one = await world.visit(20)
    const { page, done } = await open(browsers.granted, one.link)
    const csrf = (await page.locator('#check').getAttribute('data-csrf')) ?? ''
    await done()
    const before = (await world.row(one)).deviceCheck
    const send = async (fields: Record<string, string>, headers: Record<string, string> = {}) =>
      (await fetch(`${one.link}/check`, { method: 'POST', body: new URLSearchParams(fields), headers }))
        .status
    expect(await send({ camera: 'pass' })).toBe(403)
    expect(await send({ camera: 'pass', csrf }, { origin: 'https://evil.example' })).toBe(403)
    expect(await send({ camera: 'FaceTime HD Camera', csrf })).toBe(400)
    expect((await world.row(one)).deviceCheck).toBe(before)
    expect(await send({ camera: 'pass', csrf })).toBe(204)
  })

  async function clinicianPage(appointmentId: string): Promise<string> {
    const { world, browsers } = rig()
    const { ehr, appUrl } = world.sandbox
    const context = await browsers.granted.newContext()
    const page = await context.newPage()
    const practitionerId = ehr.practitioners()[0]?.id ?? ''
    await page.goto(
      ehr.launchUrl(`${appUrl}/launch/provider`, { practitionerId, appointmentId }, 'appointment'),
    )
    const picker = page.locator(`button[name="account"][value="${ACCOUNTS.northwind.familyDoctor}"]`)
    const heading = page.getByRole('heading', { name: /^Patient / })
    await picker.or(heading).first().waitFor()
    if (await picker.count()) {
      await picker.click()
      await page.getByRole('button', { name: 'Yes, continue' }).click()
    }
    await heading.waitFor()
    const text = (await page.locator('#state').textContent()) ?? ''
    await context.close()
    return text
  }
}

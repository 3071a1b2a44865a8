import type { BrowserContext, Browser as Chromium, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../../../sandbox/browser.ts'
import { ACCOUNTS } from '../../../sandbox/entra/tenants.ts'
import { enterMeeting } from '../../../sandbox/story/visit.ts'
import { Browser as Caller, field } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'

export function browserCases(world: () => World): void {
  let chromium: Chromium
  let clinician: BrowserContext
  beforeAll(async () => {
    chromium = await launchBrowser()
    clinician = await chromium.newContext({ viewport: { width: 1280, height: 800 } })
    clinician.setDefaultTimeout(60_000)
  })
  afterAll(() => chromium?.close())

  /** "Not you?", the account, and the question that only a Yes answers: from then on this browser knows who joins. */
  async function signIn(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Not you?' }).click()
    await page.locator(`button[name="account"][value="${ACCOUNTS.northwind.familyDoctor}"]`).click()
    await page.getByRole('button', { name: 'Yes, continue' }).click()
    await page.locator('#state').waitFor()
  }

  test('inside a frame of the EHR there is one button, and sign-in and session are outside of it', async () => {
    const { sandbox } = world()
    const booked = world().book(20)
    const page = await clinician.newPage()
    await page.goto(`${sandbox.ehr.fhirBaseUrl}/metadata`)
    await page.evaluate((src) => {
      document.documentElement.innerHTML = '<body></body>'
      const frame = document.createElement('iframe')
      frame.src = src
      document.body.append(frame)
    }, world().launchUrl(booked))
    const frame = page.frameLocator('iframe')
    await frame.getByRole('heading', { name: 'Open the video visit' }).waitFor()
    expect(await frame.locator('form, input').count()).toBe(0)
    expect(await clinician.cookies(sandbox.appUrl)).toEqual([])
    await frame.getByRole('link', { name: 'Open video visit' }).click()
    await page.waitForURL(/\/visit/)
    await signIn(page)
    expect(await page.locator('h1').textContent()).toMatch(/^Patient /)
    expect(page.frames()).toHaveLength(1)
    await page.close()
  })

  test('the page says within moments that the patient waits: banner, tab and announcement, until they are let in', async () => {
    const { sandbox } = world()
    const visit = await world().openVisit(15)
    const page = await clinician.newPage()
    await page.goto(world().launchUrl(visit))
    await page.locator('#state').waitFor()
    const phone = await chromium.newContext({ viewport: { width: 390, height: 844 } })
    const patient = await phone.newPage()
    await patient.goto(visit.link)
    await patient.getByRole('button', { name: 'Join the visit' }).click()
    await enterMeeting(patient, 'Quill Synthetic')
    await patient.locator('[data-testid="lobby"]').waitFor()
    await page.getByText('Your patient is waiting').waitFor()
    expect(await page.title()).toMatch(/^● Patient waiting/)
    expect(await page.locator('#announce').textContent()).toContain('waiting in the lobby')
    const [teams] = await Promise.all([
      clinician.waitForEvent('page'),
      page.getByRole('button', { name: 'Join in the browser' }).click(),
    ])
    await enterMeeting(teams)
    await teams.locator('[data-testid="admit"]').first().click()
    await page.getByRole('heading', { name: 'The patient is in the visit' }).waitFor()
    expect(await page.title()).not.toContain('waiting')
    await patient.locator('[data-testid="leave"]').first().click()
    await page.getByRole('heading', { name: 'The patient has left' }).waitFor()
    expect(sandbox.graph.meetings().length).toBeGreaterThan(0)
    await Promise.all([page.close(), phone.close(), teams.close()])
  })

  /** What keeps changing on an open page while a source is silent, and the way into Teams, before and after a reload. */
  async function staysOfUse(title: string, begin: () => void, end: () => void): Promise<void> {
    const visit = await world().openVisit(15)
    const page = await clinician.newPage()
    await page.goto(world().launchUrl(visit))
    await page.getByRole('heading', { name: 'The patient is not here yet' }).waitFor()
    const joins = async () => {
      const [teams] = await Promise.all([
        clinician.waitForEvent('page'),
        page.getByRole('button', { name: 'Join in the browser' }).click(),
      ])
      await teams.waitForURL(/\/l\/meetup-join\//)
      await teams.close()
    }
    begin()
    try {
      const phone = new Caller()
      const tapped = await phone.get(visit.link)
      await phone.post(`${visit.link}/join`, { csrf: field(tapped, 'csrf') }, { follow: false })
      await page.getByText('on the way to the lobby').first().waitFor()
      await joins()
      await page.reload()
      await page.getByText(title).waitFor()
      await page.getByText('on the way to the lobby').first().waitFor()
      await joins()
    } finally {
      end()
    }
    await page.getByRole('link', { name: 'Refresh' }).click()
    await page.getByText(title).waitFor({ state: 'detached' })
    expect(await page.locator('h1').textContent()).toMatch(/^Patient /)
    await page.close()
  }

  test('the EHR refuses its tokens while the page is open: the page lives on, and Join leads into the meeting', async () => {
    const { faults } = world().sandbox.ehr
    await staysOfUse(
      'The EHR’s permission has run out',
      () => Object.assign(faults, { fhirTokenRefused: true }),
      () => Object.assign(faults, { fhirTokenRefused: false }),
    )
  })

  test.each([
    ['throttled', 'Teams asks us to slow down'],
    ['unavailable', 'Teams does not answer'],
  ] as const)(
    'Graph is %s while the page is open: the page lives on, and Join leads into the meeting',
    async (fault, title) => {
      const { faults } = world().sandbox.graph
      await staysOfUse(
        title,
        () => Object.assign(faults, { [fault]: true }),
        () => Object.assign(faults, { [fault]: false }),
      )
    },
  )

  test('a lost connection is told, so that nobody trusts an old state', async () => {
    const visit = await world().openVisit(15)
    const page = await clinician.newPage()
    await page.goto(world().launchUrl(visit))
    await page.locator('#state').waitFor()
    await page.route('**/look**', (route) => route.abort())
    await page.getByText('Live updates have stopped').waitFor()
    await page.unroute('**/look**')
    await page.getByText('Live updates have stopped').waitFor({ state: 'hidden' })
    await page.close()
  })
}

import type { Browser as Chromium, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { SANDBOX_EMAIL_SENDER } from '../../../sandbox/acs/acs.ts'
import { launchBrowser } from '../../../sandbox/browser.ts'
import { queueNames } from '../../../src/core/store/store.ts'
import { dump, type World } from '../bad-input/world.ts'
import { withSite } from './forms.ts'

/** A patient whose chart has an e-mail address and no number. */
const ZOE = { patientId: '12724109', address: 'zoe@example.com' }
const GUEST = 'rosa.interpreter@example.org'
/** A link that was sent by hand ends a day after the visit. */
const A_DAY_LATER = 26 * 3_600_000

export function linkEmailCases(world: () => World): void {
  let chromium: Chromium
  beforeAll(async () => {
    chromium = await launchBrowser()
  })
  afterAll(() => chromium?.close())

  const mailed = (address: string) =>
    world()
      .sandbox.acs.emails()
      .filter(({ to }) => to === address)
  const linkIn = (text: string | undefined) => /https?:\/\/\S+\/v\/[\w-]{22}/.exec(text ?? '')?.[0] ?? ''

  /** Fills the form in as a clinician does, and sends it. @returns the link that came into the mailbox. */
  async function mail(page: Page, role: string, address: string, typed: string): Promise<string> {
    const before = mailed(address).length
    await page.getByLabel('To', { exact: true }).selectOption({ label: role })
    await page.getByLabel('By', { exact: true }).selectOption({ label: 'E-mail' })
    await page.getByLabel('Number or e-mail address').fill(typed)
    await page.getByRole('button', { name: 'Send the link' }).click()
    await page.getByText('The link was sent.').waitFor()
    await page.getByText(`${role}, by e-mail`).first().waitFor()
    expect(mailed(address)).toHaveLength(before + 1)
    const link = linkIn(mailed(address).at(-1)?.plainText)
    expect(mailed(address).at(-1)?.html).toContain(link)
    return link
  }

  /** What a phone shows that taps the link. */
  async function tap(link: string): Promise<string> {
    const phone = await chromium.newContext({ viewport: { width: 390, height: 844 } })
    const page = await phone.newPage()
    await page.goto(link)
    const words = await page.locator('main').innerText()
    await phone.close()
    return words
  }

  /** Rows, messages on their way, and the log: what outlives the request. */
  async function traces(): Promise<string[]> {
    const { storage, host } = world().sandbox
    const queued: string[] = []
    for (const name of queueNames)
      for (const { messageText } of (await storage.queue(name).peekMessages({ numberOfMessages: 32 }))
        .peekedMessageItems)
        queued.push(`${name} ${Buffer.from(messageText, 'base64').toString()}`)
    return [...(await dump(world())), ...queued, ...host.logs()]
  }

  /** The site sends e-mails from now on, and no more afterwards. */
  const withEmails = (work: () => Promise<void>) => {
    const since = world().sandbox.clock.now().toISOString()
    const emails = { on: true, sender: SANDBOX_EMAIL_SENDER, since }
    return withSite(world(), (site) => ({ ...site, emails }), work)
  }

  test('reaches the mailbox, opens the visit until it is taken back or its time is over, and leaves no address', async () => {
    await withEmails(async () => {
      const booked = world().book(20, { patientId: ZOE.patientId })
      const context = await chromium.newContext({ viewport: { width: 1280, height: 800 } })
      const page = await context.newPage()
      await page.goto(world().launchUrl(booked))
      const [patients, guests] = [
        await mail(page, 'Patient', ZOE.address, ''),
        await mail(page, 'Interpreter', GUEST, GUEST),
      ]
      expect(guests).not.toBe(patients)
      for (const link of [patients, guests]) expect(await tap(link)).toContain('Join the visit')

      await page.getByRole('button', { name: 'Take back the link to Interpreter' }).click()
      await page.getByText('The link was taken back').waitFor()
      expect(await tap(guests)).toContain('This link does not open a visit')
      expect(await tap(patients)).toContain('Join the visit')

      const kept = await traces()
      for (const secret of [ZOE.address, GUEST, 'rosa.interpreter', patients.slice(-22), guests.slice(-22)])
        expect(kept.filter((line) => line.toLowerCase().includes(secret.toLowerCase()))).toEqual([])

      await world().sandbox.clock.advance(A_DAY_LATER)
      const ended = await tap(patients)
      expect(ended).toContain('This link does not open a visit')
      await context.close()
    })
  })

  test('to an address that is none says so in the page, and keeps what was typed', async () => {
    await withEmails(async () => {
      const visit = await world().openVisit(20)
      const context = await chromium.newContext({ viewport: { width: 390, height: 844 } })
      const page = await context.newPage()
      await page.goto(world().launchUrl(visit))
      await page.getByLabel('By', { exact: true }).selectOption({ label: 'E-mail' })
      await page.getByLabel('Number or e-mail address').fill('rosa.interpreter')
      await page.getByRole('button', { name: 'Send the link' }).click()
      await page.getByText('This is no e-mail address').waitFor()
      expect(await page.getByLabel('Number or e-mail address').inputValue()).toBe('rosa.interpreter')
      await context.close()
    })
  })
}

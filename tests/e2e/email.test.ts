import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EmailShown } from '../../sandbox/acs/contract.ts'
import { launchBrowser } from '../../sandbox/browser.ts'
import { isIdle, runsOf } from '../../sandbox/story/runs.ts'
import { eventually, open, overflow, PATIENTS, startWorld, violations, type World } from './patient/world.ts'

const MINUTE = 60_000
/** Patients whose charts have an address: a Spanish and a French one, one without a phone, one whose mailbox is gone. */
const MAILED = { es: PATIENTS.es, fr: PATIENTS.fr, noPhone: '12724109', bounces: '12724102' }

let browser: Browser
let world: World

beforeAll(async () => {
  browser = await launchBrowser()
  world = await startWorld(browser, { emails: true, settings: { EMAILS_PER_MINUTE: '4' } })
  world.sandbox.acs.faults.emailsPerMinute = 4
  await sweep()
  const { sandbox } = world
  const days = Number(sandbox.settings.SWEEP_HORIZON_DAYS) + 1
  await eventually('the baseline of every window', async () => {
    let windows = 0
    for await (const _ of sandbox.store.tables.sweeps.all()) windows++
    return windows >= sandbox.ehr.locations().length * days
  })
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
})

const sweep = () => world.sandbox.host.invoke('sweepTimer')
const emailsTo = (address: string) => world.sandbox.acs.emails().filter(({ to }) => to === address)

function book(patientId: string, minutes: number): string {
  const { ehr, clock } = world.sandbox
  const start = new Date(Math.ceil(clock.now().getTime() / MINUTE) * MINUTE + minutes * MINUTE)
  const [practitioner, location] = [ehr.practitioners()[0], ehr.locations()[0]]
  const who = { patientId, practitionerId: practitioner?.id ?? '', locationId: location?.id ?? '' }
  return ehr.book({ ...who, start, minutes: 30, video: true }).appointmentId
}

/** Sweeps until a mailbox has so many e-mails. */
function mailed(address: string, count: number): Promise<EmailShown[]> {
  return eventually(`${count} e-mails to ${address}`, async () => {
    const found = emailsTo(address)
    return found.length >= count ? found : undefined
  })
}

const calendarOf = (email: EmailShown | undefined) =>
  Buffer.from(email?.attachments[0]?.contentInBase64 ?? '', 'base64').toString()
const field = (email: EmailShown | undefined, name: string) =>
  new RegExp(`^${name}[:;](.*)\r$`, 'm').exec(calendarOf(email))?.[1]

const startOf = (email: EmailShown | undefined) => /^DTSTART;TZID=(\S+)/m.exec(calendarOf(email))?.[1]

/** State and reason of the e-mail notices, by kind. */
async function noticeStates(): Promise<string[]> {
  const found: string[] = []
  for await (const row of world.sandbox.store.tables.visits.all())
    if (row.type === 'notice' && row.rowKey.endsWith('@email'))
      found.push([row.rowKey.split(':')[3], row.state, row.reason].filter(Boolean).join(' '))
  return found
}

const nothingUnderWay = () => isIdle(world.sandbox, 'confirmations')
const workedOff = () => runsOf(world.sandbox, 'confirmations', 'Executed')

describe('a site with e-mail on, through the whole host', () => {
  let appointmentId = ''

  test('confirms a booking by text and by e-mail, with an entry for the calendar, and learns that both came', async () => {
    appointmentId = book(MAILED.es, 120)
    await sweep()
    const [email] = await mailed('alba@example.com', 1)
    expect(email?.subject).toBe('Su consulta por video está programada')
    expect([field(email, 'METHOD'), field(email, 'SEQUENCE')]).toEqual(['REQUEST', '1'])
    const texts = world.sandbox.acs.texts().map(({ message }) => message)
    const link = /https?:\/\/\S+\/v\/[\w-]{22}/.exec(email?.plainText ?? '')?.[0]
    expect(texts.filter((text) => link !== undefined && text.includes(link))).toHaveLength(1)
    await eventually('the report', async () => (await noticeStates()).includes('booked@email delivered'))
  })

  test('the link in it opens the visit', async () => {
    const link = /https?:\/\/\S+\/v\/[\w-]{22}/.exec(emailsTo('alba@example.com')[0]?.plainText ?? '')?.[0]
    const { page, done } = await open(browser, link ?? '')
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true)
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('es')
    await done()
  })

  test('a move updates the very same entry', async () => {
    const { ehr } = world.sandbox
    ehr.move(appointmentId, new Date(world.sandbox.clock.now().getTime() + 180 * MINUTE))
    await sweep()
    const [booked, moved] = await mailed('alba@example.com', 2)
    expect(moved?.subject).toBe('Su consulta por video tiene un nuevo horario')
    expect(field(moved, 'UID')).toBe(field(booked, 'UID'))
    expect([field(moved, 'METHOD'), field(moved, 'SEQUENCE')]).toEqual(['REQUEST', '2'])
    expect(startOf(moved)).not.toBe(startOf(booked))
  })

  test('a cancellation takes it out, and its e-mail has no link to join by', async () => {
    world.sandbox.ehr.cancel(appointmentId)
    await sweep()
    const [booked, , cancelled] = await mailed('alba@example.com', 3)
    expect(field(cancelled, 'UID')).toBe(field(booked, 'UID'))
    expect([field(cancelled, 'METHOD'), field(cancelled, 'SEQUENCE')]).toEqual(['CANCEL', '3'])
    expect(field(cancelled, 'STATUS')).toBe('CANCELLED')
    expect(cancelled?.plainText).not.toContain('/v/')
  })

  test('a patient without a phone is reached by e-mail, in the language of the chart', async () => {
    await world.sandbox.clock.advance(75_000)
    book(MAILED.noPhone, 130)
    book(MAILED.fr, 140)
    await sweep()
    const [english] = await mailed('zoe@example.com', 1)
    const [french] = await mailed('chloe@example.com', 1)
    expect(english?.subject).toBe('Your video visit is booked')
    expect(french?.subject).toBe('Votre consultation vidéo est programmée')
  })

  test('a mailbox that is gone is told to staff', async () => {
    book(MAILED.bounces, 150)
    await sweep()
    await eventually('the report', async () =>
      (await noticeStates()).includes('booked@email undelivered email_bounced'),
    )
  })

  test('a morning’s worth of bookings goes out at the vendor’s pace: nothing is refused, and each leaves once', async () => {
    const { acs, clock } = world.sandbox
    await clock.advance(120_000)
    const before = acs.emails().length
    for (let n = 0; n < 10; n++) book(MAILED.noPhone, 200 + n)
    await sweep()
    const left = () => acs.emails().length - before
    await eventually('the first e-mails', async () => left() >= 4)
    for (let minutes = 0; left() < 10 && minutes < 8; minutes++) {
      await eventually('the rest to wait for its place', nothingUnderWay)
      const worked = workedOff()
      // Places lie seventy seconds apart and are ten wide: a jump beyond the next one would miss it each time, and the
      // more so the slower the machine. The last seconds go by themselves.
      await clock.advance(62_000)
      await eventually('the next ones', async () => workedOff() > worked && (await nothingUnderWay()))
    }
    expect(left()).toBe(10)
    const sends = acs.ledger.filter(({ path }) => path === '/emails:send')
    expect(sends.map(({ status }) => status).filter((status) => status !== 202)).toEqual([])
    const links = acs.emails().slice(before)
    expect(new Set(links.map(({ plainText }) => /\/v\/([\w-]{22})/.exec(plainText)?.[1])).size).toBe(10)
  })

  test('no table holds an address', async () => {
    const { tables } = world.sandbox.store
    for (const table of [tables.visits, tables.emailids, tables.pace, tables.links, tables.visitindex])
      for await (const row of table.all()) expect(JSON.stringify(row)).not.toMatch(/@example\.com|alba|zoe/)
  })

  test('the mail itself breaks no rule of accessibility, light and dark, and fits a phone', async () => {
    for (const colorScheme of ['light', 'dark'] as const)
      for (const email of world.sandbox.acs.emails().slice(0, 5)) {
        const { page, done } = await open(browser, 'about:blank', {
          colorScheme,
          viewport: { width: 320, height: 568 },
        })
        await page.setContent(email.html)
        expect(await overflow(page)).toBe(0)
        expect(await violations(page)).toEqual([])
        await done()
      }
  })

  test('the console shows each mail, what became of it, and what its entry does', async () => {
    const { page, done } = await open(browser, world.sandbox.consoleUrl, {
      viewport: { width: 1280, height: 900 },
      isMobile: false,
    })
    const emails = page.locator('.emails')
    await emails.locator('summary').first().click()
    expect(
      await emails
        .getByText(/Puts \d{4}-\d\d-\d\d \d\d:\d\d America\/Chicago in the calendar/)
        .first()
        .isVisible(),
    ).toBe(true)
    expect(
      await emails
        .getByText(/Delivered/)
        .first()
        .isVisible(),
    ).toBe(true)
    await done()
  })
})

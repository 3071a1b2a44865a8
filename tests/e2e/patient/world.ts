import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import type { Sandbox, SandboxOptions } from '../../../sandbox/sandbox.ts'
import { startStorySandbox } from '../../../sandbox/story/stage.ts'
import { buildApp } from '../../../scripts/build.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { type Visit, visitRef } from '../../../src/core/visits/visit.ts'
import { type VisitStore, visitStore } from '../../../src/core/visits/visit-store.ts'
import { makeAppFolder } from '../support/app-folder.ts'

const MINUTE = 60_000

/** Synthetic patients of the sandbox, by the language that their chart names. */
export const PATIENTS = { en: '12724110', es: '12724101', fr: '12724103', vi: '12724104', none: '12724119' }

export const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
  locale: 'en-US',
}

export type Booked = {
  readonly appointmentId: string
  readonly patientId: string
  readonly start: Date
  /** The patient's link, as the text would carry it. */
  readonly link: string
}

/** A running sandbox and the moves that the patient's tests are made of. */
export type World = {
  readonly sandbox: Sandbox
  /** Books a visit by video so many minutes from now and gives its link, as a launch from the portal made it. */
  visit(minutes: number, patientId?: string): Promise<Booked>
  row(booked: Pick<Booked, 'appointmentId'>): Promise<Visit['row']>
  change(booked: Booked, change: (row: VisitRow) => VisitRow): Promise<void>
  close(): Promise<void>
}

export async function startWorld(browser: Browser, more: Partial<SandboxOptions> = {}): Promise<World> {
  const folder = await makeAppFolder()
  await buildApp(folder.dist)
  const sandbox = await startStorySandbox({
    appRoot: folder.root,
    ...more,
    // Nobody watches meetings here: what the clinician sees is what our own page told.
    settings: { GRAPH_NOTIFICATION_CERTIFICATE: '', ...more.settings },
  })
  const visits = visitStore(sandbox.store, keyRing(Buffer.from(sandbox.keys.linkKey, 'base64')), 7)
  const close = async () => {
    await sandbox.close()
    await folder.remove()
  }
  return { sandbox, close, ...moves(sandbox, visits, browser) }
}

function moves(sandbox: Sandbox, visits: VisitStore, browser: Browser): Omit<World, 'sandbox' | 'close'> {
  const { ehr, clock, keys, appUrl } = sandbox
  const identity = identityKeys(Buffer.from(keys.stampSecret, 'base64'))
  const ref = (appointmentId: string) =>
    visitRef(identity, { tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE }, appointmentId)
  const found = async (appointmentId: string): Promise<Visit> => {
    const visit = await visits.find(ref(appointmentId))
    if (!visit) throw new Error('the visit has no row')
    return visit
  }
  const practitionerId = ehr.practitioners()[0]?.id ?? ''
  const locationId = ehr.locations()[0]?.id ?? ''
  return {
    async visit(minutes, patientId = PATIENTS.en) {
      const start = new Date(Math.ceil(clock.now().getTime() / MINUTE) * MINUTE + minutes * MINUTE)
      const who = { patientId, practitionerId, locationId }
      const { appointmentId } = ehr.book({ ...who, start, minutes: 30, video: true })
      const context = await browser.newContext()
      const page = await context.newPage()
      await page.goto(ehr.patientLaunchUrl(`${appUrl}/launch/patient`, { patientId, appointmentId }))
      const link = page.url()
      await context.close()
      if (!/\/v\/[\w-]{22}$/.test(link)) throw new Error(`the portal did not lead to the visit: ${link}`)
      return { appointmentId, patientId, start, link }
    },
    row: async ({ appointmentId }) => (await found(appointmentId)).row,
    async change({ appointmentId }, change) {
      await visits.update(ref(appointmentId), change)
    },
  }
}

/** Opens a page in a phone of its own; `done` closes the phone. Whatever its policy blocks or its script throws is kept. */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; problems: string[]; done(): Promise<void> }> {
  const context = await browser.newContext({ ...PHONE, ...options })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text())
  })
  await page.goto(url)
  return { page, context, problems, done: () => context.close() }
}

export { violations } from '../support/accessibility.ts'

/** How much wider than the screen the page is. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** Waits for something that another process does, asking again and again. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const end = performance.now() + 20_000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined && answer !== false) return answer
    if (performance.now() > end) throw new Error(`waited in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

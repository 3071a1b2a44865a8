import { ACCOUNTS, NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import type { Sandbox } from '../../../sandbox/sandbox.ts'
import { startStorySandbox } from '../../../sandbox/story/stage.ts'
import { eventually } from '../../../sandbox/story/step.ts'
import { buildApp } from '../../../scripts/build.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { openNoticeRowKey } from '../../../src/core/messaging/notice.ts'
import { visitRef } from '../../../src/core/visits/visit.ts'
import { Browser, hidden, type Page } from '../bad-input/browser.ts'
import { makeAppFolder } from '../support/app-folder.ts'
import { type BubbleShown, type ConsoleForms, consoleForms } from '../support/console-forms.ts'

/** Synthetic patients of the sandbox: chart, and number as the phone network writes it. */
export const PEOPLE = {
  hannah: { id: '12724110', phone: '+18168888886' },
  james: { id: '12724102', phone: '+18165550102' },
  ruth: { id: '12724107', phone: '+18165550107' },
  samuel: { id: '12724111', phone: '+18165550111' },
  grace: { id: '12724122', phone: '+18165550122' },
  alba: { id: '12724101', phone: '+18165550101' },
  jan: { id: '12724121', phone: '+18165550121' },
} as const
export type Person = (typeof PEOPLE)[keyof typeof PEOPLE]

const WITHIN_MS = 30_000
const QUEUES = ['sweeps', 'confirmations', 'reminders', 'receipts'] as const
const WORKERS = [
  'sweep',
  'confirmations',
  'reminders',
  'receipts',
  'smsEvents',
  'sweepTimer',
  'reminderTimer',
]

export type World = {
  readonly sandbox: Sandbox
  readonly console: ConsoleForms
  /** Books by the console's form. @returns the appointment's id, as the board has it. */
  book(who: Person, minutes: number): Promise<string>
  /** The sweep's timer, and everything that follows from it. */
  sweep(): Promise<void>
  /** The reminders' timer, the same. */
  remind(): Promise<void>
  /** Nothing is being worked on, and no message is visible. */
  settled(): Promise<void>
  /** Lets time pass in small steps, with all that falls due in it, until something is so. */
  passUntil(what: string, seconds: number, is: () => Promise<boolean> | boolean): Promise<void>
  /** Waits for so many bubbles on a phone. */
  shows(who: Person, count: number): Promise<BubbleShown[]>
  /** State and reason of the notices of an appointment, by `version:kind`. */
  notices(appointmentId: string): Promise<Record<string, string>>
  log(...parts: string[]): string[]
  portal(account?: string): Promise<{ browser: Browser; page: Page; csrf: string }>
  close(): Promise<void>
}

export async function startMessagingWorld(): Promise<World> {
  const folder = await makeAppFolder()
  await buildApp(folder.dist)
  const sandbox = await startStorySandbox({
    appRoot: folder.root,
    settings: { GRAPH_NOTIFICATION_CERTIFICATE: '', SWEEP_HORIZON_DAYS: '1' },
  })
  const console = consoleForms(sandbox)
  const { host, storage, store, clock, ehr, appUrl } = sandbox
  const log = (...parts: string[]) => host.logs().filter((line) => parts.every((part) => line.includes(part)))
  const running = (name: string) =>
    log(`Executing 'Functions.${name}'`).length - log(`Executed 'Functions.${name}'`).length
  const idle = async () => {
    for (const name of QUEUES)
      if ((await storage.queue(name).peekMessages()).peekedMessageItems.length > 0) return false
    return WORKERS.every((name) => running(name) === 0)
  }
  // Twice in a row: between two queues a piece of work may be on its way from the one to the other.
  const settled = async () => {
    await eventually(
      'the work to be done',
      async () => ((await idle()) && (await idle())) || undefined,
      WITHIN_MS,
    )
  }
  const timer = async (name: string, event: string) => {
    const before = log(`"event":"${event}"`).length
    await host.invoke(name)
    await eventually(name, () => log(`"event":"${event}"`).length > before || undefined, WITHIN_MS)
    await settled()
  }
  const identity = identityKeys(Buffer.from(sandbox.keys.stampSecret, 'base64'))
  const world: World = {
    sandbox,
    console,
    log,
    settled,
    sweep: () => timer('sweepTimer', 'sweep_fanned_out'),
    remind: () => timer('reminderTimer', 'reminders_queued'),
    async book({ id }, minutes) {
      const before = new Set(ehr.board().map(({ appointmentId }) => appointmentId))
      const [practitioner, location] = [ehr.practitioners()[0], ehr.locations()[0]]
      await console.press(
        'book',
        {},
        {
          patient: id,
          practitioner: practitioner?.id ?? '',
          location: location?.id ?? '',
          minutes: String(minutes),
        },
      )
      const made = ehr.board().find(({ appointmentId }) => !before.has(appointmentId))
      if (!made) throw new Error('the board does not show what was booked')
      return made.appointmentId
    },
    async passUntil(what, seconds, is) {
      for (let passed = 0; !(await is()); passed += 5) {
        if (passed > seconds) throw new Error(`${seconds} s passed in vain: ${what}`)
        await clock.advance(5_000)
        await settled()
      }
    },
    shows: ({ phone }, count) =>
      eventually(
        `${count} texts at ${phone}`,
        async () => {
          const bubbles = await console.phone(phone)
          return bubbles.length >= count ? bubbles : undefined
        },
        WITHIN_MS,
      ),
    async notices(appointmentId) {
      const { visitKey } = visitRef(
        identity,
        { tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE },
        appointmentId,
      )
      const found: Record<string, string> = {}
      for await (const row of store.tables.visits.all()) {
        const name = row.type === 'notice' ? openNoticeRowKey(row.rowKey) : undefined
        if (row.type !== 'notice' || name?.visitKey !== visitKey) continue
        found[`${name.version}:${name.kind}`] = [row.state, row.reason].filter(Boolean).join(' ')
      }
      return found
    },
    async portal(account = ACCOUNTS.northwind.administrator) {
      const browser = new Browser()
      const picker = await browser.get(`${appUrl}/portal/messages`)
      const page = await browser.post(picker.url, { account })
      // Whoever is refused the page has no form on it.
      return { browser, page, csrf: hidden(page).csrf ?? '' }
    },
    async close() {
      await sandbox.close()
      await folder.remove()
    },
  }
  await world.sweep()
  return world
}

import { ACCOUNTS, NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import type { Sandbox } from '../../../sandbox/sandbox.ts'
import { startStorySandbox } from '../../../sandbox/story/stage.ts'
import { buildApp } from '../../../scripts/build.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { tableNames } from '../../../src/core/store/store.ts'
import { visitRef } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { makeAppFolder } from '../support/app-folder.ts'
import { Browser, field, type Page } from './browser.ts'

const MINUTE = 60_000

export type Context = 'appointment' | 'encounter' | 'patient' | 'none'
export type Booked = { readonly appointmentId: string; readonly patientId: string }

/** A running sandbox, whose first practitioner has signed in once, and the moves that the tests are made of. */
export type World = {
  readonly sandbox: Sandbox
  /** The EHR user that is mapped already; the others never signed in. */
  readonly known: string
  readonly unknown: string
  /** Books an appointment so many minutes from now; by video unless told otherwise. Of another patient each time. */
  book(minutes: number, more?: { video?: boolean; patientId?: string }): Booked
  launchUrl(
    who: { appointmentId?: string; patientId?: string },
    context?: Context,
    practitionerId?: string,
  ): string
  /** Opens the launch of an appointment that begins so many minutes from now, up to its page. */
  openVisit(minutes: number, browser?: Browser): Promise<Visit>
  /** A patient whose chart has no appointment at all. */
  emptyChart(): string
  /** A practitioner signs in with this account and says that it is theirs. */
  confirm(practitionerId: string, account: string): Promise<void>
  close(): Promise<void>
}

export type Visit = Booked & { readonly browser: Browser; readonly page: Page; readonly link: string }

/** @param settings of the host, besides or instead of these. */
export async function startWorld(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const folder = await makeAppFolder()
  await buildApp(folder.dist)
  const sandbox = await startStorySandbox({
    appRoot: folder.root,
    // Only one of the two tenants that have signed up may use this deployment; nobody watches meetings.
    settings: { ALLOWED_TENANTS: NORTHWIND_HEALTH, GRAPH_NOTIFICATION_CERTIFICATE: '', ...settings },
  })
  const close = async () => {
    await sandbox.close()
    await folder.remove()
  }
  try {
    const world = moves(sandbox, close)
    await world.confirm(world.known, ACCOUNTS.northwind.familyDoctor)
    // The system account is used once, which leaves a row of its own.
    const { browser, link } = await world.openVisit(20)
    await browser.get(link)
    return world
  } catch (error) {
    await close()
    throw error
  }
}

function moves(sandbox: Sandbox, close: () => Promise<void>): World {
  const { ehr, appUrl, clock } = sandbox
  const [known = '', unknown = ''] = ehr.practitioners().map(({ id }) => id)
  const locationId = ehr.locations()[0]?.id ?? ''
  // Pages speak the patient's language, these tests English.
  const english = ehr.patients().filter(({ language }) => language === 'en')
  const [empty = '', ...patients] = english.map(({ id }) => id)
  let booked = 0
  const book: World['book'] = (minutes, { video = true, patientId } = {}) => {
    const patient = patientId ?? patients[booked++ % patients.length] ?? ''
    const start = new Date(Math.ceil((clock.now().getTime() + minutes * MINUTE) / MINUTE) * MINUTE)
    const who = { patientId: patient, practitionerId: known, locationId }
    return { ...ehr.book({ ...who, start, minutes: 30, video }), patientId: patient }
  }
  const launchUrl: World['launchUrl'] = (who, context = 'appointment', practitionerId = known) =>
    ehr.launchUrl(`${appUrl}/launch/provider`, { practitionerId, ...who }, context)
  return {
    sandbox,
    known,
    unknown,
    book,
    launchUrl,
    async openVisit(minutes, browser = new Browser()) {
      const one = book(minutes)
      const page = await browser.get(launchUrl(one))
      if (page.status !== 200) throw new Error(`the visit did not open: ${page.status} ${page.url}`)
      return { ...one, browser, page, link: await linkOf(sandbox, one.appointmentId) }
    },
    emptyChart() {
      for (const row of ehr.board()) if (row.patientId === empty) ehr.cancel(row.appointmentId)
      return empty
    },
    async confirm(practitionerId, account) {
      const browser = new Browser()
      const page = await signIn(browser, launchUrl(book(20), 'appointment', practitionerId), account)
      const visit = await browser.post(page.url, { csrf: field(page, 'csrf'), answer: 'yes' })
      if (visit.status !== 200) throw new Error(`the sign-in did not end at a visit: ${visit.status}`)
    },
    close,
  }
}

/** Every row of every table, to be compared with what is there later. */
export async function dump({ sandbox }: World, except: readonly string[] = []): Promise<string[]> {
  const rows: string[] = []
  for (const name of tableNames.filter((table) => !except.includes(table)))
    for await (const row of sandbox.store.tables[name].all()) rows.push(`${name} ${JSON.stringify(row)}`)
  return rows.sort()
}

/** The patient's link of a visit, as the text would carry it. */
async function linkOf({ store, keys, appUrl }: Sandbox, appointmentId: string): Promise<string> {
  const visits = visitStore(store, keyRing(Buffer.from(keys.linkKey, 'base64')), 7)
  const identity = identityKeys(Buffer.from(keys.stampSecret, 'base64'))
  const site = { tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE }
  const visit = await visits.find(visitRef(identity, site, appointmentId))
  return `${appUrl}/v/${visit && visits.patientToken(visit)}`
}

/** From a launch to Microsoft's account picker, and from there back to the page that asks who it is. */
export async function signIn(browser: Browser, launchUrl: string, account: string): Promise<Page> {
  const picker = await browser.get(launchUrl)
  return browser.post(picker.url, { account })
}

import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { VisitRow } from '../../src/core/store/rows.ts'
import type { Stored } from '../../src/core/store/table.ts'
import type { Sandbox } from '../sandbox.ts'

/** What the steps of one story share. */
export type Scene = {
  readonly sandbox: Sandbox
  /** The clinician's browser: PowerChart's embedded one in a real hospital. */
  readonly clinician: BrowserContext
  /** The patient's phone; script is off from the text to the lobby. */
  readonly phone: BrowserContext
  /** EHR ids and names of what was made, for the steps that follow and for the search for leaks. */
  readonly facts: Facts
}

export type Facts = {
  appointmentId: string
  practitionerId: string
  patientId: string
  patientPhone: string
  /** Of the second patient, whose visit is an hour later and who is reminded. */
  laterPhone: string
  link: string
  launchUrl: string
  visitPage: Page | undefined
  lobbyPage: Page | undefined
  meetingPage: Page | undefined
}

const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 800 }

export async function openScene(sandbox: Sandbox, browser: Browser): Promise<Scene> {
  return {
    sandbox,
    clinician: await browser.newContext({ viewport: DESKTOP }),
    phone: await browser.newContext({
      viewport: PHONE,
      javaScriptEnabled: false,
      isMobile: true,
      hasTouch: true,
    }),
    facts: {
      appointmentId: '',
      practitionerId: '',
      patientId: '',
      patientPhone: '',
      laterPhone: '',
      link: '',
      launchUrl: '',
      visitPage: undefined,
      lobbyPage: undefined,
      meetingPage: undefined,
    },
  }
}

/** Every visit row there is, read from the table itself. */
export async function visitRows({ sandbox }: Scene): Promise<Stored<VisitRow>[]> {
  const rows: Stored<VisitRow>[] = []
  for await (const row of sandbox.store.tables.visits.all()) if (row.type === 'visit') rows.push(row)
  return rows
}

/** The last ten digits: how the EHR writes a number differs from how it is texted. */
export function digits(phone: string): string {
  return phone.replace(/\D/g, '').slice(-10)
}

export function textsTo({ sandbox }: Scene, phone: string) {
  return sandbox.acs.texts().filter(({ to }) => digits(to) === phone)
}

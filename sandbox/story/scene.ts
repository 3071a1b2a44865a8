import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { VisitRow } from '../../src/core/store/rows.ts'
import type { Stored } from '../../src/core/store/table.ts'
import type { Meeting, SmsRecord } from '../contracts.ts'
import type { Sandbox } from '../sandbox.ts'
import { type Cast, NORTHWIND_CAST } from './cast.ts'

/** What the steps of one story share. */
export type Scene = {
  readonly sandbox: Sandbox
  readonly cast: Cast
  /** The clinician's browser: PowerChart's embedded one in a real hospital. */
  readonly clinician: BrowserContext
  /** The patient's phone; script is off from the text to the lobby. */
  readonly phone: BrowserContext
  /** How long a step waits for what another process does, in milliseconds. */
  readonly withinMs: number
  /** What was there before: a story may be played again on a sandbox that has played one. */
  readonly before: { readonly texts: number; readonly meetings: number }
  /** EHR ids and names of what was made, for the steps that follow and for the search for leaks. */
  readonly facts: Facts
}

export type Facts = {
  appointmentId: string
  laterAppointmentId: string
  practitionerId: string
  patientId: string
  patientPhone: string
  /** Of the second patient, whose visit is an hour later and who is reminded. */
  laterPatientId: string
  laterPhone: string
  link: string
  laterLink: string
  launchUrl: string
  visitPage: Page | undefined
  lobbyPage: Page | undefined
  meetingPage: Page | undefined
}

export type SceneOptions = { readonly withinMs?: number; readonly cast?: Cast }

/** What the guest types before the lobby: a name that nothing else in the sandbox has. Synthetic. */
export const GUEST_NAME = 'Quillon Zephyrine'

const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1280, height: 800 }

export async function openScene(
  sandbox: Sandbox,
  browser: Browser,
  { withinMs = 15_000, cast = NORTHWIND_CAST }: SceneOptions = {},
): Promise<Scene> {
  const phone = { viewport: PHONE, javaScriptEnabled: false, isMobile: true, hasTouch: true }
  const scene = {
    sandbox,
    cast,
    clinician: await browser.newContext({ viewport: DESKTOP }),
    phone: await browser.newContext(phone),
    withinMs,
    before: { texts: sandbox.acs.texts().length, meetings: sandbox.graph.meetings().length },
    facts: noFacts(),
  }
  for (const context of [scene.clinician, scene.phone]) context.setDefaultTimeout(withinMs)
  return scene
}

export async function closeScene({ clinician, phone }: Scene): Promise<void> {
  await Promise.all([clinician.close(), phone.close()])
}

function noFacts(): Facts {
  return {
    appointmentId: '',
    laterAppointmentId: '',
    practitionerId: '',
    patientId: '',
    patientPhone: '',
    laterPatientId: '',
    laterPhone: '',
    link: '',
    laterLink: '',
    launchUrl: '',
    visitPage: undefined,
    lobbyPage: undefined,
    meetingPage: undefined,
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

/** Texts of this story, oldest first. */
export function texts({ sandbox, before }: Scene): SmsRecord[] {
  return sandbox.acs.texts().slice(before.texts)
}

export function textsTo(scene: Scene, phone: string): SmsRecord[] {
  return texts(scene).filter(({ to }) => digits(to) === phone)
}

/** Meetings that Graph made in this story. */
export function meetings({ sandbox, before }: Scene): Meeting[] {
  return sandbox.graph.meetings().slice(before.meetings)
}

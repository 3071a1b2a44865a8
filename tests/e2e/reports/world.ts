import type { Browser as Chromium } from 'playwright-core'
import { ACCOUNTS, NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { NORTHWIND_SITE } from '../../../sandbox/northwind.ts'
import { monthOf, reportPartition } from '../../../src/core/reports/report-keys.ts'
import { recordId, type VisitRecord } from '../../../src/core/reports/visit-record.ts'
import { writeDay } from '../../../src/core/reports/write-day.ts'
import type { VisitRow } from '../../../src/core/store/rows.ts'
import { eventually, PATIENTS } from '../patient/world.ts'
import type { PortalWorld } from '../portal/world.ts'

const MINUTE = 60_000
export const SITE = { tenantId: NORTHWIND_HEALTH, siteId: NORTHWIND_SITE }
export const GUEST = 'Patience Canary'

/** What the tests of the reports do in a sandbox, and what the reports then say. */
export function reportMoves({ sandbox }: PortalWorld, chromium: Chromium) {
  const { ehr, clock, graph, appUrl, store } = sandbox
  const moves = {
    /** Books a visit by video and gives the patient's link. */
    async book(minutes: number): Promise<{ link: string; visitKey: string; start: string }> {
      const start = new Date(Math.ceil(clock.now().getTime() / MINUTE) * MINUTE + minutes * MINUTE)
      const practitionerId = ehr.practitioners()[0]?.id ?? ''
      const locationId = ehr.locations()[0]?.id ?? ''
      const patientId = PATIENTS.en
      const { appointmentId } = ehr.book({
        patientId,
        practitionerId,
        locationId,
        start,
        minutes: 30,
        video: true,
      })
      const context = await chromium.newContext()
      const page = await context.newPage()
      await page.goto(ehr.patientLaunchUrl(`${appUrl}/launch/patient`, { patientId, appointmentId }))
      const link = page.url()
      await context.close()
      const row = await eventually('the row of the visit', async () => {
        for await (const one of store.tables.visits.all())
          if (one.type === 'visit' && one.start === start.toISOString()) return one
        return undefined
      })
      return { link, visitKey: row.rowKey.slice(2), start: start.toISOString() }
    },
    /** The patient presses Join on the page of the link; the meeting is made and watched. */
    async join(link: string): Promise<string> {
      const before = new Set(graph.meetings().map(({ id }) => id))
      const watching = new Set(graph.subscriptions().map(({ id }) => id))
      const context = await chromium.newContext()
      const page = await context.newPage()
      await page.goto(link)
      await page.locator('form[action$="/join"] button').first().click()
      await eventually('the meeting', async () => graph.meetings().some(({ id }) => !before.has(id)))
      await context.close()
      const meeting = graph.meetings().find(({ id }) => !before.has(id))
      await eventually('that somebody watches', async () =>
        graph.subscriptions().some(({ id }) => !watching.has(id)),
      )
      return meeting?.id ?? ''
    },
    /** The whole visit as Teams tells it: lobby, clinician, admission, end. */
    async meet(meetingId: string): Promise<void> {
      const joinedAt = clock.now().toISOString()
      const guest = { id: 'guest-1', userId: undefined, displayName: GUEST, inLobby: true, joinedAt }
      const userId = ACCOUNTS.northwind.familyDoctor
      const staff = { id: 'staff-1', userId, displayName: 'Maya Okafor, MD', inLobby: false, joinedAt }
      await graph.roster(meetingId, { kind: 'joined', participant: guest })
      await clock.advance(MINUTE)
      await graph.roster(meetingId, { kind: 'joined', participant: staff })
      await clock.advance(MINUTE)
      await graph.roster(meetingId, { kind: 'admitted', participantId: guest.id })
      await clock.advance(20 * MINUTE)
      await graph.roster(meetingId, { kind: 'left', participantId: guest.id })
      await graph.roster(meetingId, { kind: 'ended' })
    },
    async row(visitKey: string): Promise<VisitRow | undefined> {
      for await (const one of store.tables.visits.all())
        if (one.type === 'visit' && one.rowKey === `v:${visitKey}`) return one
      return undefined
    },
    async record({ visitKey, start }: { visitKey: string; start: string }) {
      const key = reportPartition(SITE, monthOf(start))
      const row = await store.tables.reports.get(key, `v:${start}:${recordId(visitKey)}`)
      return row?.type === 'visit' ? row : undefined
    },
    /** Writes records of a day as the application does. */
    async seed(day: string, records: readonly VisitRecord[]): Promise<void> {
      await writeDay(
        store,
        SITE,
        day,
        records.map((next, index) => ({
          id: `seeded${String(index).padStart(10, '0')}`,
          start: next.start,
          next,
        })),
      )
    },
  }
  return moves
}
export type ReportMoves = ReturnType<typeof reportMoves>

export function seeded(start: string, more: Partial<VisitRecord> = {}): VisitRecord {
  return {
    schema: 1,
    type: 'visit',
    start,
    minutes: 30,
    departmentId: 'family-medicine',
    outcome: 'completed',
    basis: 'attendance',
    seconds: 1200,
    waited: 60,
    attendees: 2,
    device: 'passed',
    rating: 'none',
    messages: '[{"kind":"booked","version":1,"state":"delivered","at":"2026-01-01T10:00:00.000Z"}]',
    ...more,
  }
}

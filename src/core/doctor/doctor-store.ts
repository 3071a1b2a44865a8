import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Site } from '../sites/site.ts'
import { parsed } from '../sites/site-row.ts'
import type { Row } from '../store/rows.ts'
import type { Store } from '../store/store.ts'
import type { Stored } from '../store/table.ts'
import { checkIds, isFinal, type Line, line } from './line.ts'

/** The last run of the doctor on a site, finished or under way. */
export type DoctorRun = {
  readonly runId: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string | undefined
  /** Entra user id of who started it. */
  readonly by: string
  /** Of the settings that the run looked at; another one means that they changed since. */
  readonly fingerprint: string
  readonly lines: readonly Line[]
}

/** A run that has not told anything for so long was lost with its process. Milliseconds. */
export const LOST_AFTER = 10 * 60_000

/** A line for every check, none of them begun. */
export const WAITING: readonly Line[] = checkIds.map((id) => ({ id, state: 'waiting', what: '' }))

export type DoctorStore = {
  read(tenantId: string, siteId: string): Promise<DoctorRun | undefined>
  /** The last run of every site of a tenant. */
  ofTenant(tenantId: string): Promise<ReadonlyMap<string, DoctorRun>>
  /** Puts a new run in place of the one before. @returns false where one is under way, or somebody was quicker. */
  begin(tenantId: string, siteId: string, run: DoctorRun): Promise<boolean>
  /**
   * Writes one line of a run; what is at its end does not begin again, so that a delivery report may come before the
   * line that waits for it. @returns false where the run is no longer the site's last one.
   */
  tell(tenantId: string, siteId: string, runId: string, told: Line): Promise<boolean>
}

export function doctorStore({ tables }: Pick<Store, 'tables'>, now: () => Date): DoctorStore {
  const table = tables.doctor
  return {
    async read(tenantId, siteId) {
      const row = await table.get(tenantId, siteId)
      return row && runOf(row)
    },
    async ofTenant(tenantId) {
      const runs = new Map<string, DoctorRun>()
      for await (const row of table.list(tenantId)) runs.set(row.rowKey, runOf(row))
      return runs
    },
    async begin(tenantId, siteId, run) {
      const row = await table.get(tenantId, siteId)
      if (row && isUnderWay(runOf(row), now())) return false
      const columns = { partitionKey: tenantId, rowKey: siteId, ...columnsOf(run) }
      const written = row ? table.replace({ ...columns, etag: row.etag }) : table.insert(columns)
      return (await written).ok
    },
    async tell(tenantId, siteId, runId, told) {
      for (let tries = 0; tries < 5; tries++) {
        const row = await table.get(tenantId, siteId)
        const run = row && runOf(row)
        if (!row || run?.runId !== runId) return false
        const lines = run.lines.map((before) => (before.id === told.id ? later(before, told) : before))
        const finishedAt = lines.every(isFinal) ? (run.finishedAt ?? now().toISOString()) : undefined
        const { partitionKey, rowKey, etag } = row
        const next = { partitionKey, rowKey, etag, ...columnsOf({ ...run, lines, finishedAt }) }
        if ((await table.replace(next)).ok) return true
      }
      throw new Error('a row of the doctor changed five times while a line was being written')
    },
  }
}

function later(before: Line, told: Line): Line {
  return isFinal(before) && !isFinal(told) ? before : told
}

export function isUnderWay(run: DoctorRun, now: Date): boolean {
  return run.finishedAt === undefined && now.getTime() - Date.parse(run.startedAt) < LOST_AFTER
}

function runOf(row: Stored<Row<'doctor'>>): DoctorRun {
  const { runId, startedAt, finishedAt, by, fingerprint, json } = row
  const known = new Map(parsed(z.array(line), json, 'doctor').map((one) => [one.id, one]))
  // A release may know more checks than the one that wrote the row.
  const lines = checkIds.flatMap((id) => known.get(id) ?? [])
  return { runId, startedAt, finishedAt, by, fingerprint, lines }
}

function columnsOf({ lines, finishedAt, ...run }: DoctorRun): Row<'doctor'> {
  return { schema: 1, ...run, json: JSON.stringify(lines), ...(finishedAt ? { finishedAt } : {}) }
}

/** What of a site the doctor looks at: another name or another wording makes no run outdated. */
export function fingerprintOf(site: Site): string {
  const { fhirBaseUrl, launch, system, departments, videoRule, organizers, texts, emails } = site
  const looked = [
    fhirBaseUrl,
    launch,
    system,
    departments.filter(({ on }) => on).map(({ locationIds }) => locationIds),
    videoRule,
    organizers,
    texts.sender,
    emails?.on && emails.sender,
    site.allowCapabilityFallback,
    // Nothing where nothing is written, so that what was run before there was this line still counts.
    ...(site.writeBack?.links || site.writeBack?.arrived ? ['writes'] : []),
  ]
  return createHash('sha256').update(JSON.stringify(looked)).digest('base64url').slice(0, 22)
}

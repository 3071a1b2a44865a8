import { z } from 'zod'
import { parsed } from '../sites/site-row.ts'
import type { Store } from '../store/store.ts'
import { type OrganizerCheck, organizerCheck } from './organizer-check.ts'

/** What was found out, and when. */
export type Kept<T> = { readonly at: string; readonly value: T }

const granted = z.object({ roles: z.array(z.string()).optional(), problem: z.string().optional() })
/** The permissions that a token carried; `problem`: why that is not known, a code. */
export type Granted = z.infer<typeof granted>

const run = z.object({
  run: z.string(),
  startedAt: z.iso.datetime(),
  /** Whether a later round is on its way; false once everything is known or the time is over. */
  open: z.boolean(),
})
/** A check of the organizer accounts, from the press of the button until nothing is left to wait for. */
export type CheckRun = z.infer<typeof run>

/** Everything that is known of a tenant's permissions and organizers: a closed browser loses nothing of it. */
export type KnownChecks = {
  readonly granted: Kept<Granted> | undefined
  readonly run: CheckRun | undefined
  readonly organizers: ReadonlyMap<string, Kept<OrganizerCheck>>
}

export const NOTHING_KNOWN: KnownChecks = { granted: undefined, run: undefined, organizers: new Map() }

export type CheckStore = {
  read(tenantId: string): Promise<KnownChecks>
  saveGranted(tenantId: string, value: Granted): Promise<void>
  saveOrganizer(tenantId: string, userId: string, value: OrganizerCheck): Promise<void>
  saveRun(tenantId: string, value: CheckRun): Promise<void>
  /** Ends this run; a newer one that took its place meanwhile stays as it is. */
  endRun(tenantId: string, ended: CheckRun): Promise<void>
  forgetOrganizer(tenantId: string, userId: string): Promise<void>
}

const ORGANIZER = 'organizer|'

export function checkStore({ tables }: Pick<Store, 'tables'>, now: () => Date): CheckStore {
  const table = tables.setupchecks
  const put = (partitionKey: string, rowKey: string, value: unknown) =>
    table.put({ partitionKey, rowKey, schema: 1, at: now().toISOString(), json: JSON.stringify(value) })
  return {
    async read(tenantId) {
      const organizers = new Map<string, Kept<OrganizerCheck>>()
      let known: Pick<KnownChecks, 'granted' | 'run'> = { granted: undefined, run: undefined }
      for await (const { rowKey, at, json } of table.list(tenantId)) {
        const from = 'setupchecks'
        if (rowKey === 'granted') known = { ...known, granted: { at, value: parsed(granted, json, from) } }
        else if (rowKey === 'run') known = { ...known, run: parsed(run, json, from) }
        else if (rowKey.startsWith(ORGANIZER))
          organizers.set(rowKey.slice(ORGANIZER.length), { at, value: parsed(organizerCheck, json, from) })
      }
      return { ...known, organizers }
    },
    saveGranted: (tenantId, value) => put(tenantId, 'granted', value),
    saveOrganizer: (tenantId, userId, value) => put(tenantId, `${ORGANIZER}${userId}`, value),
    saveRun: (tenantId, value) => put(tenantId, 'run', value),
    async endRun(tenantId, ended) {
      const row = await table.get(tenantId, 'run')
      if (!row || parsed(run, row.json, 'setupchecks').run !== ended.run) return
      // Over the very row that was looked at: whoever wrote since began a newer run.
      await table.replace({
        ...row,
        json: JSON.stringify({ ...ended, open: false }),
        at: now().toISOString(),
      })
    },
    async forgetOrganizer(tenantId, userId) {
      await table.remove({ partitionKey: tenantId, rowKey: `${ORGANIZER}${userId}` })
    },
  }
}

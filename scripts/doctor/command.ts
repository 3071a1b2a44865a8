import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { BY_COMMAND } from '../../src/core/doctor/check.ts'
import { startDoctor } from '../../src/core/doctor/doctor.ts'
import { type DoctorRun, doctorStore, isUnderWay } from '../../src/core/doctor/doctor-store.ts'
import type { Line } from '../../src/core/doctor/line.ts'
import { titleOf } from '../../src/core/doctor/titles.ts'
import type { Site } from '../../src/core/sites/site.ts'
import { siteStore } from '../../src/core/sites/site-store.ts'
import type { Store } from '../../src/core/store/store.ts'
import { commandStorage } from '../command-storage.ts'

export const HELP = `npm run doctor -- [--tenant ID] [--site ID] [--lines all]
    runs the connection doctor on every site that is in use, in the running app, and prints what it found. No text is
    sent. Ends with 1 where a check failed.

    --lines all                                          prints what passed, too
    --storage https://<account>.table.core.windows.net   as whoever is signed in to the Azure CLI (Storage Table Data
                                                         Contributor and Storage Queue Data Message Sender); default:
                                                         what the settings name, else the sandbox on this machine`

const OPTIONS = {
  tenant: { type: 'string' },
  site: { type: 'string' },
  lines: { type: 'string', default: 'bad' },
  storage: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

/** Sites that are looked at at the same time: each makes a test meeting. */
const AT_ONCE = 8
const PAUSE_MS = 2_000

export type DoctorReport = { readonly text: string; readonly failed: boolean }
/** Between two looks at the run; a test brings another. */
export type Pause = () => Promise<unknown>

/** `npm run doctor` as a function; an Error has a message that a person reads. */
export async function doctorCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  pause: Pause = () => wait(PAUSE_MS),
): Promise<DoctorReport> {
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  if (values.help) return { text: HELP, failed: false }
  const { store, said } = await commandStorage(values.storage, env)
  const narrowed = values.tenant !== undefined || values.site !== undefined
  const sites = (await siteStore(store).all()).filter(
    (site) =>
      site.setup !== true &&
      (values.tenant === undefined || site.tenantId === values.tenant) &&
      (values.site === undefined || site.siteId === values.site),
  )
  if (sites.length === 0) {
    if (narrowed) throw new Error(`No such site is in use in ${said}.`)
    return { text: `No site is in use yet in ${said}: nothing to look at.`, failed: false }
  }
  const blocks: string[] = []
  let failed = false
  for (let at = 0; at < sites.length; at += AT_ONCE) {
    const runs = await Promise.all(sites.slice(at, at + AT_ONCE).map((site) => runOn(store, site, pause)))
    for (const [index, run] of runs.entries()) {
      const site = sites[at + index]
      if (site) blocks.push(shown(site, run, values.lines === 'all'))
      failed ||= run === undefined || run.lines.some(({ state }) => state === 'fail')
    }
  }
  return { text: `${blocks.join('\n\n')}\n\nLooked at in ${said}.`, failed }
}

/** @returns undefined where the app did not work it off in time. */
async function runOn(store: Store, site: Site, pause: Pause): Promise<DoctorRun | undefined> {
  const now = () => new Date()
  const { runId } = await startDoctor({ store, now }, site, BY_COMMAND)
  const runs = doctorStore(store, now)
  for (;;) {
    const run = await runs.read(site.tenantId, site.siteId)
    // Somebody began another one in the portal: that one tells as much.
    if (run?.finishedAt !== undefined) return run
    if (!run || (run.runId === runId && !isUnderWay(run, now()))) return undefined
    await pause()
  }
}

function shown({ siteId, name }: Site, run: DoctorRun | undefined, all: boolean): string {
  const head = `${name} (${siteId})`
  if (!run)
    return `${head}\n  not finished within ten minutes\n    what to do: see whether messages of the queue "doctor" are worked off`
  const count = (state: Line['state']) => run.lines.filter((line) => line.state === state).length
  const counts = `${count('pass')} passed, ${count('warn')} warnings, ${count('fail')} failed, ${count('skip')} not needed`
  const told = run.lines.filter(({ state }) => all || state === 'fail' || state === 'warn')
  return [`${head}: ${counts}`, ...told.map(lineText)].join('\n')
}

function lineText({ id, state, what, remedy, code }: Line): string {
  const named = `  ${state.padEnd(4)} ${titleOf(id)}: ${what}${code === undefined ? '' : ` [${code}]`}`
  return remedy === undefined ? named : `${named}\n       what to do: ${remedy}`
}

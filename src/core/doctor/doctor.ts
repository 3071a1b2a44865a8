import { randomBytes } from 'node:crypto'
import type { App } from '../app.ts'
import type { Site } from '../sites/site.ts'
import { type DoctorRun, doctorStore, fingerprintOf, WAITING } from './doctor-store.ts'
import { isFinal } from './line.ts'

/**
 * Starts the doctor on a site; it runs in the background, and a closed browser loses nothing of it.
 * @param by Entra user id.
 * @param sealedPhone the administrator's own number, sealed for the run (`sealPhone`); without it no text is sent.
 * @returns the run that was started, or the one that is under way already.
 */
export async function startDoctor(
  { store, now }: Pick<App, 'store' | 'now'>,
  site: Site,
  by: string,
  sealedPhone?: (runId: string) => string,
): Promise<DoctorRun> {
  const { tenantId, siteId } = site
  const runs = doctorStore(store, now)
  const runId = randomBytes(12).toString('base64url')
  const startedAt = now().toISOString()
  const fingerprint = fingerprintOf(site)
  const run: DoctorRun = { runId, startedAt, finishedAt: undefined, by, fingerprint, lines: WAITING }
  if (!(await runs.begin(tenantId, siteId, run))) return (await runs.read(tenantId, siteId)) ?? run
  await store.queues.doctor.send({
    schema: 1,
    kind: 'run',
    tenantId,
    siteId,
    runId,
    ...(sealedPhone ? { sealedPhone: sealedPhone(runId) } : {}),
  })
  return run
}

/** The last run on a site; undefined where there was none. */
export function readDoctor(
  { store, now }: Pick<App, 'store' | 'now'>,
  tenantId: string,
  siteId: string,
): Promise<DoctorRun | undefined> {
  return doctorStore(store, now).read(tenantId, siteId)
}

/**
 * Whether a run is over, failed nowhere, and looked at the site as it is now. Lines that were left out for a reason that
 * is the site's own do not count against it. Pure.
 */
export function doctorPassed(run: DoctorRun | undefined, site: Site): boolean {
  if (run?.finishedAt === undefined || run.fingerprint !== fingerprintOf(site)) return false
  return run.lines.length > 0 && run.lines.every((line) => isFinal(line) && line.state !== 'fail')
}

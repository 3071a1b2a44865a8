import type { App } from '../core/app.ts'
import { doctorPassed } from '../core/doctor/doctor.ts'
import { doctorStore } from '../core/doctor/doctor-store.ts'
import type { DoctorResult } from '../core/sites/may-finish.ts'
import type { Site } from '../core/sites/site.ts'

/**
 * The last result of the connection doctor, by site; a run on settings that changed since counts as not passed.
 * @param read the tenant's sites, where they were read already.
 */
export async function doctorResults(
  app: Pick<App, 'store' | 'sites' | 'now'>,
  tenantId: string,
  read?: readonly Site[],
): Promise<ReadonlyMap<string, DoctorResult>> {
  const [runs, sites] = await Promise.all([
    doctorStore(app.store, app.now).ofTenant(tenantId),
    read ?? app.sites.ofTenant(tenantId),
  ])
  const results = sites.flatMap((site): [string, DoctorResult][] => {
    const run = runs.get(site.siteId)
    return run
      ? [[site.siteId, { passed: doctorPassed(run, site), at: run.finishedAt ?? run.startedAt }]]
      : []
  })
  return new Map(results)
}

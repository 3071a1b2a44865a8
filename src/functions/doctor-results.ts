import type { App } from '../core/app.ts'
import type { DoctorResult } from '../core/sites/may-finish.ts'

/** The last result of the connection doctor, by site. */
export async function doctorResults(
  _app: App,
  _tenantId: string,
): Promise<ReadonlyMap<string, DoctorResult>> {
  return new Map()
}

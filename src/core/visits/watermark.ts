import type { Department, Site } from '../sites/site.ts'

/** Under which keys the last look at a department's UTC day is kept. */
export function watermarkKeys({ tenantId, siteId }: Site, departmentId: string, day: string) {
  return { partitionKey: `${tenantId}|${siteId}`, rowKey: `${departmentId}|${day}` }
}

/** Changes when texts are switched on or a location is added: the next look at each window only records. */
export function baselineEpoch(site: Site, department: Department): string {
  return `${site.texts.epoch}|${[...department.locationIds].sort().join(',')}`
}

import type { Department, Site } from '../sites/site.ts'
import { bayOn } from './bay.ts'

type SiteRef = Pick<Site, 'tenantId' | 'siteId'>

/** Under which keys the last look at a department's UTC day is kept: all departments of a day lie together. */
export function watermarkKeys(site: SiteRef, departmentId: string, day: string) {
  return { partitionKey: watermarkPartition(site), rowKey: bayOn(day, departmentId) }
}

export function watermarkPartition({ tenantId, siteId }: SiteRef): string {
  return `${tenantId}|${siteId}`
}

/** Changes when texts are switched on or a location is added: the next look at each window only records. */
export function baselineEpoch(site: Site, department: Department): string {
  return `${site.texts.epoch}|${[...department.locationIds].sort().join(',')}`
}

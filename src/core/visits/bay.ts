import { z } from 'zod'

/**
 * Where a visit lies within its site, as one text: `2031-03-04|cardiology`. A UTC day, and the department that the visit
 * had when it was first written on that day. A department's look reads its own bay alone.
 */
export const bay = z.templateLiteral([z.iso.date(), '|', z.string().regex(/^[a-z0-9-]{1,40}$/)])
export type Bay = z.infer<typeof bay>

type Planned = { readonly start: string; readonly departmentId: string }

/** The UTC day of an instant, `2026-11-23`. */
export function utcDay(at: Date): string {
  return at.toISOString().slice(0, 10)
}

export function dayOfBay(place: Bay): string {
  return place.slice(0, 10)
}

export function departmentOfBay(place: Bay): string {
  return place.slice(11)
}

/** The bay of a department's UTC day. */
export function bayOn(day: string, departmentId: string): Bay {
  return `${day}|${departmentId}`
}

/**
 * Where a visit is to lie. It stays where it is while it stays on its UTC day, whichever department it belongs to by
 * now: its notices lie beside it, and who lost sight of them would send them again. Pure.
 * @param known bays that it lies or lay in; one of the right day is kept.
 */
export function bayFor({ start, departmentId }: Planned, ...known: readonly (Bay | undefined)[]): Bay {
  const day = utcDay(new Date(start))
  return known.find((one) => one !== undefined && dayOfBay(one) === day) ?? bayOn(day, departmentId)
}

/** Visits of one bay, and their notices, lie in one partition: a look is one query, a claim one transaction. */
export function visitPartition(tenantId: string, siteId: string, place: Bay): string {
  return `${tenantId}|${siteId}|${place}`
}

/** The bay that a partition of `visits` is. */
export function bayOfPartition(partitionKey: string): Bay {
  const [, , day = '', departmentId = ''] = partitionKey.split('|')
  return bayOn(day, departmentId)
}

import type { AppointmentRecord } from './appointments.ts'

/** What a search asks for, once its parameters have passed the vendor's rules. */
export type AppointmentQuery = {
  readonly matches: (record: AppointmentRecord) => boolean
  readonly pageSize: number
}

const SUBJECTS = ['patient', 'practitioner', 'location'] as const
const ALLOWED = new Set<string>([
  '_id',
  ...SUBJECTS,
  'date',
  '-date-or-req-period',
  'status',
  '_count',
  '_format',
])
const STATUSES = new Set([
  'proposed',
  'pending',
  'booked',
  'arrived',
  'fulfilled',
  'cancelled',
  'noshow',
  'entered-in-error',
  'checked-in',
  'waitlist',
])

/** Entries of a page where the request names no `_count`, and the most that it may name. */
const PAGE_SIZE = 20
const LARGEST_PAGE = 100

/**
 * The search rules of Oracle Health "Appointment | R4 API", Search: exactly one of `_id`, `patient`, `practitioner`,
 * `location`, once, never mixed; with the last three `date` (or `-date-or-req-period`) twice, `ge` and `lt`, to the
 * second and in UTC. Appointments match that start and end inside the range; proposed ones only by the second parameter.
 * Anything else, `_lastUpdated` included, is no supported search: undefined.
 */
export function appointmentQuery(query: URLSearchParams): AppointmentQuery | undefined {
  const names = [...query.keys()]
  if (names.some((name) => !ALLOWED.has(name))) return undefined
  const given = ['_id', ...SUBJECTS].filter((name) => query.has(name))
  const [key] = given
  if (given.length !== 1 || key === undefined || query.getAll(key).length !== 1) return undefined

  const ids = idList(query.get(key) ?? '', key)
  const pageSize = count(query.getAll('_count'))
  const byStatus = statusFilter(query.getAll('status'))
  if (!ids || !pageSize || !byStatus) return undefined

  if (key === '_id') {
    if (query.has('date') || query.has('-date-or-req-period')) return undefined
    return { pageSize, matches: (record) => ids.has(record.id) && byStatus(record) }
  }
  const inRange = dateFilter(query)
  if (!inRange) return undefined
  const field = `${key as (typeof SUBJECTS)[number]}Id` as const
  return { pageSize, matches: (record) => ids.has(record[field]) && byStatus(record) && inRange(record) }
}

function idList(value: string, key: string): Set<string> | undefined {
  const prefix = new RegExp(`^${key}/`, 'i')
  const ids = value.split(',').map((id) => id.trim().replace(prefix, ''))
  return ids.every((id) => /^[A-Za-z0-9.-]{1,64}$/.test(id)) ? new Set(ids) : undefined
}

function count(values: readonly string[]): number | undefined {
  if (values.length === 0) return PAGE_SIZE
  const [value] = values
  if (values.length > 1 || !value || !/^[1-9]\d{0,5}$/.test(value)) return undefined
  return Math.min(Number(value), LARGEST_PAGE)
}

type Filter = (record: AppointmentRecord) => boolean

function statusFilter(values: readonly string[]): Filter | undefined {
  if (values.length === 0) return () => true
  const wanted = new Set(values[0]?.split(','))
  if (values.length > 1 || ![...wanted].every((status) => STATUSES.has(status))) return undefined
  return (record) => wanted.has(record.status)
}

function dateFilter(query: URLSearchParams): Filter | undefined {
  const [plain, orRequested] = [query.getAll('date'), query.getAll('-date-or-req-period')]
  if (plain.length > 0 && orRequested.length > 0) return undefined
  const bounds = plain.length > 0 ? plain : orRequested
  if (bounds.length !== 2) return undefined
  const from = bound(bounds, 'ge')
  const to = bound(bounds, 'lt')
  if (from === undefined || to === undefined || from >= to) return undefined
  const withProposed = orRequested.length > 0
  return (record) => {
    const start = record.start.getTime()
    const end = start + record.minutes * 60_000
    // A request matches where either end of what it asks for lies inside; anything else must lie inside as a whole.
    if (record.status === 'proposed')
      return withProposed && ((start >= from && start < to) || (end >= from && end < to))
    return start >= from && end <= to
  }
}

function bound(values: readonly string[], prefix: 'ge' | 'lt'): number | undefined {
  const found = values.filter((value) => value.startsWith(prefix))
  const time = found.length === 1 ? found[0]?.slice(2) : undefined
  if (!time || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/.test(time)) return undefined
  const at = Date.parse(time)
  return Number.isNaN(at) ? undefined : at
}

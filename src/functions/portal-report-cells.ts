import type { Cell, ColumnId } from '../core/reports/query/cells.ts'
import type { Site } from '../core/sites/site.ts'
import { noticeReason } from '../pages/appointment/notice-words.ts'
import {
  BASES,
  CHANNELS,
  DEVICES,
  OUTCOMES,
  RATINGS,
  REASONS,
  RESULTS,
  SUBJECTS,
} from '../pages/portal/reports/words.ts'

/** What codes and ids of a report stand for: the tenant's sites, and people as Microsoft names them now. */
export type Names = {
  readonly sites: readonly Site[]
  readonly people: ReadonlyMap<string, string>
}

const WORDS: Readonly<Partial<Record<ColumnId, Readonly<Record<string, string>>>>> = {
  outcome: OUTCOMES,
  reason: REASONS,
  device: DEVICES,
  rating: RATINGS,
  basis: BASES,
  subject: SUBJECTS,
  channel: CHANNELS,
  result: RESULTS,
}

/** A code or id in words; times and numbers as they are. */
export function named(column: ColumnId, cell: Cell, siteId: string, { sites, people }: Names): Cell {
  if (typeof cell !== 'string') return cell
  const site = sites.find((one) => one.siteId === siteId)
  switch (column) {
    case 'site':
      return site?.name ?? 'a site that was removed'
    case 'department':
      return site?.departments.find(({ id }) => id === cell)?.name ?? cell
    case 'clinician':
      return people.get(cell) ?? 'Name not available'
    case 'messages':
      return cell
        .split(',')
        .map((part) => part.split(':'))
        .map(([result = '', count = '']) => `${count} ${(RESULTS[result] ?? result).toLowerCase()}`)
        .join(', ')
    case 'resultReason':
      return noticeReason(cell) ?? cell
    default:
      return WORDS[column]?.[cell] ?? cell
  }
}

/** As a person reads it in the table. */
export function shown(column: ColumnId, cell: Cell): string {
  if (cell === undefined) return '–'
  switch (column) {
    case 'start':
    case 'begun':
    case 'sent':
      return typeof cell === 'string' ? `${cell.slice(0, 10)} ${cell.slice(11, 16)}` : String(cell)
    case 'duration':
    case 'waited':
      return clock(Number(cell))
    case 'planned':
      return `${cell} min`
    case 'jitter':
    case 'roundTrip':
      return `${cell} ms`
    case 'loss':
      return `${cell} %`
    default:
      return String(cell)
  }
}

/** `25:30`, and `1:02:05` from an hour on. */
function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const rest = two(seconds % 60)
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`
}

import type { ColumnId } from '../core/reports/query/cells.ts'
import { COLUMNS } from '../core/reports/query/cells.ts'
import type { ReportName, View } from '../core/reports/query/view.ts'

const MESSAGE = [
  'sent',
  'subject',
  'channel',
  'result',
  'resultReason',
] as const satisfies readonly ColumnId[]

/** Columns that a report can show, in their order. */
export const AVAILABLE: Readonly<Record<ReportName, readonly ColumnId[]>> = {
  appointments: COLUMNS.filter((id) => !(MESSAGE as readonly ColumnId[]).includes(id)),
  quality: COLUMNS.filter((id) => !(MESSAGE as readonly ColumnId[]).includes(id)),
  messages: ['start', ...MESSAGE, 'site', 'department', 'outcome', 'clinician', 'reference'],
}

/** What it shows by itself. */
const USUAL: Readonly<Record<ReportName, readonly ColumnId[]>> = {
  appointments: [
    'start',
    'department',
    'outcome',
    'reason',
    'duration',
    'waited',
    'attendees',
    'clinician',
    'device',
    'messages',
  ],
  quality: ['start', 'department', 'clinician', 'rating', 'jitter', 'loss', 'roundTrip', 'duration'],
  messages: ['start', 'sent', 'subject', 'channel', 'result', 'resultReason', 'department'],
}

/** @param severalSites then the site stands beside the start, unless columns were chosen. */
export function columnsOf({ report, columns }: View, severalSites: boolean): ColumnId[] {
  const chosen = AVAILABLE[report].filter((id) => columns.includes(id))
  if (chosen.length > 0) return chosen
  const [first = 'start', ...rest] = USUAL[report]
  return severalSites ? [first, 'site', ...rest] : [first, ...rest]
}

export function sortOf({ report, sort }: View): ColumnId {
  return AVAILABLE[report].find((id) => id === sort) ?? 'start'
}

import type { VisitRow } from '../store/rows.ts'

/**
 * How many minutes late the clinic said this visit is; 0 where it said nothing. A delay belongs to the version it was
 * told for: a visit that was moved since is on time again.
 */
export function lateMinutes(row: Pick<VisitRow, 'version' | 'lateMinutes' | 'lateVersion'>): number {
  if (row.lateMinutes === undefined) return 0
  return row.lateVersion === undefined || row.lateVersion === row.version ? row.lateMinutes : 0
}

/** The row with a delay told for its present version; 0 takes it back. */
export function withLateMinutes(row: VisitRow, minutes: number): VisitRow {
  const { lateMinutes: _minutes, lateVersion: _version, ...rest } = row
  return minutes > 0 ? { ...rest, lateMinutes: minutes, lateVersion: row.version } : rest
}

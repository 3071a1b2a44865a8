/** So that spreadsheets read UTF-8 (RFC 3629, section 6). */
export const BOM = '\uFEFF'

/** What a spreadsheet takes for a formula at the beginning of a cell (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/

/**
 * One line of a CSV file (RFC 4180). Every text is quoted; one that a spreadsheet would compute is given an apostrophe
 * in front, which spreadsheets do not show. Numbers stay numbers.
 */
export function csvLine(cells: readonly (string | number | undefined)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function csvCell(cell: string | number | undefined): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  const safe = FORMULA.test(cell) ? `'${cell}` : cell
  return `"${safe.replaceAll('"', '""')}"`
}

import type { Frame } from '../layout/frame.ts'
import type { BarStep } from './charts/bars.tsx'
import type { LineStep } from './charts/lines.tsx'

export type Option = { readonly value: string; readonly label: string; readonly chosen: boolean }
export type Pick = { readonly name: string; readonly legend: string; readonly options: readonly Option[] }

export type ReportColumn = {
  readonly id: string
  readonly label: string
  readonly numeric: boolean
  /** Sorts by it, the other way round where it is sorted by it already; undefined where it cannot be. */
  readonly sortUrl: string | undefined
  readonly sorted: 'ascending' | 'descending' | undefined
}

export type ReportModel = {
  readonly frame: Frame
  readonly report: 'appointments' | 'messages' | 'quality'
  readonly full: boolean
  readonly tabs: readonly { readonly label: string; readonly href: string; readonly current: boolean }[]
  readonly action: string
  readonly ranges: readonly Option[]
  readonly from: string
  readonly to: string
  readonly sites: readonly Option[]
  /** Of the chosen site; empty where none is chosen. */
  readonly departments: readonly Option[]
  readonly filters: readonly Pick[]
  readonly columnPick: Pick
  /** Fields of the address that no control of the form has. */
  readonly kept: Readonly<Record<string, string>>
  readonly figures: readonly { readonly label: string; readonly value: string }[]
  readonly stepName: 'Day' | 'Week from'
  readonly outcomes: readonly BarStep[]
  readonly messages: readonly BarStep[]
  readonly ratings: readonly BarStep[]
  readonly waited: readonly LineStep[]
  readonly duration: readonly LineStep[]
  readonly wholeWaited: { readonly median?: number | undefined; readonly p90?: number | undefined }
  readonly wholeDuration: { readonly median?: number | undefined; readonly p90?: number | undefined }
  readonly columns: readonly ReportColumn[]
  readonly rows: readonly (readonly string[])[]
  readonly total: number
  readonly firstRow: number
  readonly previousUrl: string | undefined
  readonly nextUrl: string | undefined
  readonly page: number
  readonly pages: number
  /** Another sort was asked for than by start, and there are too many rows for it. */
  readonly sortRefused: boolean
  readonly exportUrl: string | undefined
  readonly fullUrl: string
  readonly resetUrl: string
  /** Call quality is switched off for the tenant. */
  readonly qualityOff: boolean
}

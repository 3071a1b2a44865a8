import type { Child } from 'hono/jsx'

export const tableStyles = `
.table{position:relative;overflow-x:auto;border-radius:var(--r-s)}
.table table{inline-size:100%;border-collapse:collapse;text-align:start}
.table caption{padding-block-end:.5rem;text-align:start;font-weight:600}
.table th,.table td{padding:.625rem .75rem;border-block-end:1px solid var(--line);text-align:start;vertical-align:top}
.table thead th{color:var(--fg-3);font-weight:600;white-space:nowrap}
.table tbody th{font-weight:600}
.table tbody tr:hover{background:var(--surface-hover)}
.table .num{text-align:end;font-variant-numeric:tabular-nums}
`

/** A scrolling region has to be reachable by keyboard (axe: scrollable-region-focusable). */
const SCROLLABLE = { tabindex: 0 }

export type Column = { readonly label: string; readonly numeric?: boolean }

/**
 * A table that scrolls sideways inside its own region, which the keyboard can reach. The first cell of a row names it.
 */
export const Table = ({
  id,
  caption,
  captionHidden = false,
  columns,
  rows,
}: {
  id: string
  caption: string
  captionHidden?: boolean
  columns: readonly Column[]
  rows: readonly (readonly Child[])[]
}) => (
  <section class="table" aria-labelledby={id} {...SCROLLABLE}>
    <table>
      <caption id={id} class={captionHidden ? 'sr-only' : undefined}>
        {caption}
      </caption>
      <thead>
        <tr>
          {columns.map(({ label, numeric }) => (
            <th scope="col" class={numeric ? 'num' : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells) => (
          <tr>
            {cells.map((cell, index) =>
              index === 0 ? (
                <th scope="row">{cell}</th>
              ) : (
                <td class={columns[index]?.numeric ? 'num' : undefined}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

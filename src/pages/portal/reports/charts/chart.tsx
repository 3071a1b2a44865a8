import type { Child } from 'hono/jsx'
import { Table } from '../../../layout/components/table.tsx'
import { HEIGHT, labelled, PLOT, round, slots, WIDTH, yOf } from './scale.ts'

/** One thing that is drawn: its name in the legend, and which of the colours it has (report-styles.ts). */
export type Series = {
  readonly key: string
  readonly label: string
  readonly colour: string
  readonly dashed?: boolean
}

type Props = {
  readonly id: string
  readonly title: string
  /** What the picture shows, in a sentence with its figures: read out instead of it. */
  readonly description: string
  readonly steps: readonly { readonly label: string; readonly short: string }[]
  readonly series: readonly Series[]
  readonly ticks: readonly { readonly at: number; readonly label: string }[]
  /** The same figures in a table: header, then a row for each step. */
  readonly table: { readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Lines instead of areas: the legend shows them so. */
  readonly lines?: boolean
  readonly children: Child
}

/**
 * A picture with its axes, its legend and, behind it, the same figures as a table. Colours come from classes, so that it
 * follows the scheme and prints; nobody needs them to read it.
 */
export const Chart = ({ id, title, description, steps, series, ticks, table, lines, children }: Props) => (
  <section class="card chart" aria-labelledby={`${id}-h`}>
    <h2 id={`${id}-h`}>{title}</h2>
    <figure>
      <section class="scroll" aria-label={`${title}, picture`} {...SCROLLABLE}>
        <svg
          class="plot"
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          role="img"
          aria-labelledby={`${id}-t ${id}-d`}
          xmlns="http://www.w3.org/2000/svg"
        >
          <title id={`${id}-t`}>{title}</title>
          <desc id={`${id}-d`}>{description}</desc>
          <Axes steps={steps} ticks={ticks} />
          {children}
        </svg>
      </section>
      <figcaption>
        <ul class="legend">
          {series.map(({ label, colour, dashed }) => (
            <li>
              <svg class="key" viewBox="0 0 16 16" aria-hidden="true">
                {lines ? (
                  <line
                    class={`line ${colour}`}
                    x1="0"
                    y1="8"
                    x2="16"
                    y2="8"
                    stroke-dasharray={dashed ? '5 3' : undefined}
                  />
                ) : (
                  <rect class={`area ${colour}`} x="1" y="1" width="14" height="14" rx="2" />
                )}
              </svg>
              {label}
            </li>
          ))}
        </ul>
      </figcaption>
    </figure>
    <details class="fold">
      <summary>The same figures as a table</summary>
      <Table
        id={`${id}-table`}
        caption={title}
        captionHidden
        columns={table.columns.map((label, index) => ({ label, numeric: index > 0 }))}
        rows={table.rows}
      />
    </details>
  </section>
)

/** A scrolling region has to be reachable by keyboard (axe: scrollable-region-focusable). */
const SCROLLABLE = { tabindex: 0 }

const Axes = ({ steps, ticks }: Pick<Props, 'steps' | 'ticks'>) => {
  const shown = labelled(steps.length)
  const top = ticks.at(-1)?.at ?? 1
  return (
    <g class="axes">
      {ticks.map(({ at, label }) => {
        const y = round(yOf(at, top))
        return (
          <>
            <line class="grid" x1={PLOT.left} x2={PLOT.right} y1={y} y2={y} />
            <text x={PLOT.left - 8} y={y + 4} text-anchor="end">
              {label}
            </text>
          </>
        )
      })}
      {slots(steps.length).map(({ x, width }, index) =>
        shown(index) ? (
          <text x={round(x + width / 2)} y={PLOT.bottom + 20} text-anchor="middle">
            {steps[index]?.short}
          </text>
        ) : null,
      )}
    </g>
  )
}

import { Chart, type Series } from './chart.tsx'
import { PLOT, round, slots, ticks, yOf } from './scale.ts'

export type LineStep = {
  readonly label: string
  readonly short: string
  /** Seconds; absent where there was nothing to measure. */
  readonly median?: number | undefined
  readonly p90?: number | undefined
}

const SERIES: readonly (Series & { readonly key: 'median' | 'p90' })[] = [
  { key: 'median', label: 'Median', colour: 'c-completed' },
  { key: 'p90', label: '90th percentile', colour: 'c-absent', dashed: true },
]

/** Minutes with one decimal below ten. */
export function minutesText(seconds: number | undefined): string {
  if (seconds === undefined) return '–'
  const minutes = seconds / 60
  return `${minutes < 10 ? Math.round(minutes * 10) / 10 : Math.round(minutes)} min`
}

type Props = {
  readonly id: string
  readonly title: string
  readonly what: string
  readonly steps: readonly LineStep[]
  readonly whole: { readonly median?: number | undefined; readonly p90?: number | undefined }
  readonly stepName: string
}

/** Median and 90th percentile over time. A step without a value breaks the line instead of being drawn as zero. */
export const Lines = ({ id, title, what, steps, whole, stepName }: Props) => {
  const values = steps.flatMap(({ median, p90 }) => [median ?? 0, p90 ?? 0])
  const marks = ticks(Math.max(...values, 60) / 60)
  const top = (marks.at(-1) ?? 1) * 60
  const places = slots(steps.length)
  const description =
    whole.median === undefined
      ? `${what}. There are none in this range.`
      : `${what}. Over the whole range: median ${minutesText(whole.median)}, 90th percentile ${minutesText(whole.p90)}.`
  return (
    <Chart
      id={id}
      title={title}
      description={description}
      steps={steps}
      series={SERIES}
      lines
      ticks={marks.map((at) => ({ at: at * 60, label: `${at} min` }))}
      table={{
        columns: [stepName, 'Median', '90th percentile'],
        rows: steps.map(({ label, median, p90 }) => [label, minutesText(median), minutesText(p90)]),
      }}
    >
      {SERIES.map(({ key, label, colour, dashed }) => {
        const points = steps.map((step, index) => {
          const value = step[key]
          const place = places[index]
          if (value === undefined || !place) return undefined
          return { x: round(place.x + place.width / 2), y: round(yOf(value, top)), step, value }
        })
        return (
          <g>
            {runs(points).map((run) => (
              <polyline
                class={`line ${colour}`}
                points={run.map(({ x, y }) => `${x},${y}`).join(' ')}
                stroke-dasharray={dashed ? '7 4' : undefined}
              />
            ))}
            {points.map((point) =>
              point === undefined ? null : (
                <Mark x={point.x} y={point.y} square={key === 'p90'} colour={colour}>
                  {`${point.step.label}: ${label} ${minutesText(point.value)}`}
                </Mark>
              ),
            )}
          </g>
        )
      })}
      <line class="base" x1={PLOT.left} x2={PLOT.right} y1={PLOT.bottom} y2={PLOT.bottom} />
    </Chart>
  )
}

/** The two lines differ by their marks as well. */
const Mark = (given: { x: number; y: number; square: boolean; colour: string; children: string }) =>
  given.square ? (
    <rect class={`area ${given.colour}`} x={given.x - 3} y={given.y - 3} width="6" height="6">
      <title>{given.children}</title>
    </rect>
  ) : (
    <circle class={`area ${given.colour}`} cx={given.x} cy={given.y} r="3.5">
      <title>{given.children}</title>
    </circle>
  )

function runs<T>(points: readonly (T | undefined)[]): T[][] {
  const all: T[][] = [[]]
  for (const point of points) {
    if (point === undefined) all.push([])
    else all.at(-1)?.push(point)
  }
  return all.filter(({ length }) => length > 1)
}

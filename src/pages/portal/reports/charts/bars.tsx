import { Chart, type Series } from './chart.tsx'
import { PLOT, round, slots, ticks, yOf } from './scale.ts'

export type BarStep = {
  readonly label: string
  readonly short: string
  readonly values: Readonly<Record<string, number>>
}

type Props = {
  readonly id: string
  readonly title: string
  readonly what: string
  readonly steps: readonly BarStep[]
  readonly series: readonly Series[]
  /** Shares of a hundred instead of numbers. */
  readonly shares?: boolean
  readonly stepName: string
}

/** Bars that are stacked in the order of the legend, from below. */
export const Bars = ({ id, title, what, steps, series, shares = false, stepName }: Props) => {
  const present = series.filter(({ key }) => steps.some(({ values }) => (values[key] ?? 0) > 0))
  const sums = steps.map(({ values }) => present.reduce((sum, { key }) => sum + (values[key] ?? 0), 0))
  const marks = shares ? [0, 25, 50, 75, 100] : ticks(Math.max(...sums, 1))
  const top = marks.at(-1) ?? 1
  const height = (value: number, sum: number) => (shares ? (sum === 0 ? 0 : (value / sum) * 100) : value)
  return (
    <Chart
      id={id}
      title={title}
      description={describe(what, steps, present)}
      steps={steps}
      series={present}
      ticks={marks.map((at) => ({ at, label: shares ? `${at} %` : at.toLocaleString('en-US') }))}
      table={{
        columns: [stepName, ...present.map(({ label }) => label)],
        rows: steps.map(({ label, values }) => [
          label,
          ...present.map(({ key }) => (values[key] ?? 0).toLocaleString('en-US')),
        ]),
      }}
    >
      {slots(steps.length).map(({ x, width }, index) => {
        const gap = Math.min(width * 0.2, 8)
        let base = 0
        return present.map(({ key, label, colour }) => {
          const step = steps[index]
          const value = step?.values[key] ?? 0
          const size = height(value, sums[index] ?? 0)
          if (size === 0) return null
          const [low, high] = [yOf(base, top), yOf(base + size, top)]
          base += size
          return (
            <rect
              class={`area ${colour}`}
              x={round(x + gap / 2)}
              y={round(high)}
              width={round(width - gap)}
              height={round(Math.max(0.5, low - high))}
            >
              <title>{`${step?.label}: ${label} ${value.toLocaleString('en-US')}`}</title>
            </rect>
          )
        })
      })}
      <line class="base" x1={PLOT.left} x2={PLOT.right} y1={PLOT.bottom} y2={PLOT.bottom} />
    </Chart>
  )
}

/** `Visits by outcome. Completed 120, no show 8. The most on 4 March: 31.` */
function describe(what: string, steps: readonly BarStep[], series: readonly Series[]): string {
  const total = (key: string) => steps.reduce((sum, { values }) => sum + (values[key] ?? 0), 0)
  const parts = series.map(({ key, label }) => `${label} ${total(key).toLocaleString('en-US')}`)
  if (parts.length === 0) return `${what}. There are none in this range.`
  const sum = ({ values }: BarStep) => series.reduce((all, { key }) => all + (values[key] ?? 0), 0)
  const most = [...steps].sort((a, b) => sum(b) - sum(a))[0]
  return `${what}. ${parts.join(', ')}. The most in ${most?.label}: ${most ? sum(most).toLocaleString('en-US') : 0}.`
}

import { type Histogram, merge, quantile } from '../histogram.ts'
import { messageOutcomes } from '../message-outcome.ts'
import { outcomes } from '../outcome.ts'
import { ratings } from '../quality.ts'
import type { SiteDay } from './days.ts'
import { totalsOf } from './filters.ts'
import type { View } from './view.ts'

/** One step of a chart: a day, or a week in a long range. */
export type Step = {
  /** The first UTC day of it. */
  readonly day: string
  readonly outcomes: Readonly<Record<string, number>>
  readonly messages: Readonly<Record<string, number>>
  readonly ratings: Readonly<Record<string, number>>
  /** Seconds; absent where there were none. */
  readonly waited: { readonly median?: number; readonly p90?: number }
  readonly duration: { readonly median?: number; readonly p90?: number }
}

export type Summary = {
  readonly steps: readonly Step[]
  /** Days of one step. */
  readonly stepDays: 1 | 7
  readonly whole: Omit<Step, 'day'>
}

const DAY_MS = 86_400_000
/** A picture of more days than this is drawn by weeks. */
const MOST_DAYS = 31

/** The figures of a view, for its site and department; what is filtered by outcome is a matter of the table below. */
export function summarize(
  days: readonly SiteDay[],
  view: Pick<View, 'from' | 'to' | 'departmentId'>,
): Summary {
  const span = (Date.parse(view.to) - Date.parse(view.from)) / DAY_MS + 1
  const stepDays = span > MOST_DAYS ? 7 : 1
  const steps: { readonly day: string; readonly counts: Counts }[] = []
  for (let at = 0; at < span; at += stepDays) steps.push({ day: dayAfter(view.from, at), counts: noCounts() })
  const whole = noCounts()
  for (const day of days) {
    const index = Math.floor((Date.parse(day.day) - Date.parse(view.from)) / DAY_MS / stepDays)
    for (const totals of totalsOf(day, view))
      for (const counts of [whole, steps[index]?.counts]) {
        if (!counts) continue
        countVisits(counts, totals.visits)
        countMessages(counts, totals.messages)
        merge(counts.waited, totals.waited)
        merge(counts.seconds, totals.seconds)
      }
  }
  return {
    stepDays,
    whole: figures(whole),
    steps: steps.map(({ day, counts }) => ({ day, ...figures(counts) })),
  }
}

type Counts = Record<'outcomes' | 'messages' | 'ratings' | 'waited' | 'seconds', Histogram>

function noCounts(): Counts {
  return { outcomes: {}, messages: {}, ratings: {}, waited: {}, seconds: {} }
}

function countVisits(counts: Counts, cells: Histogram): void {
  for (const [cell, count] of Object.entries(cells)) {
    const [outcome = '', , rating = ''] = cell.split('|')
    if ((outcomes as readonly string[]).includes(outcome)) merge(counts.outcomes, { [outcome]: count })
    if ((ratings as readonly string[]).includes(rating)) merge(counts.ratings, { [rating]: count })
  }
}

function countMessages(counts: Counts, cells: Histogram): void {
  for (const [cell, count] of Object.entries(cells)) {
    const result = cell.split('|')[2] ?? ''
    if ((messageOutcomes as readonly string[]).includes(result)) merge(counts.messages, { [result]: count })
  }
}

function figures({ waited, seconds, ...counts }: Counts): Omit<Step, 'day'> {
  return { ...counts, waited: quantiles(waited), duration: quantiles(seconds) }
}

function quantiles(histogram: Histogram): Step['waited'] {
  const [median, p90] = [quantile(histogram, 0.5), quantile(histogram, 0.9)]
  return median === undefined || p90 === undefined ? {} : { median, p90 }
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}

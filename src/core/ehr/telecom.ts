import { z } from 'zod'

export const contactPoint = z.object({
  system: z.string().optional(),
  value: z.string().optional(),
  use: z.string().optional(),
  rank: z.number().optional(),
  period: z.object({ start: z.string().optional(), end: z.string().optional() }).optional(),
})
export type ContactPoint = z.infer<typeof contactPoint>

/** Best first; what is not named comes last. */
const USES = ['mobile', undefined, 'home', 'temp', 'work']

/**
 * The telephone numbers that may be used now, as the EHR writes them, best first: a line for texts before others, then
 * by use, then by rank (FHIR R4, ContactPoint: 1 is the most preferred). Old ones and ones outside their period are
 * left out; so are repetitions.
 */
export function phoneNumbers(telecom: readonly ContactPoint[], now: Date): string[] {
  const usable = telecom.flatMap((point) => {
    const { system, value, use, period } = point
    const telephone = (system === 'phone' || system === 'sms') && use !== 'old'
    return telephone && value?.trim() && isWithin(period, now) ? [{ ...point, value: value.trim() }] : []
  })
  const place = ({ use }: ContactPoint) => (USES.includes(use) ? USES.indexOf(use) : USES.length)
  const order = (a: ContactPoint, b: ContactPoint) =>
    Number(b.system === 'sms') - Number(a.system === 'sms') ||
    place(a) - place(b) ||
    (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER)
  return [...new Set(usable.sort(order).map(({ value }) => value))]
}

/** The e-mail addresses that may be used now, by rank; what is no address is left out. */
export function emailAddresses(telecom: readonly ContactPoint[], now: Date): string[] {
  const usable = telecom.filter(
    ({ system, use, value, period }) =>
      system === 'email' &&
      use !== 'old' &&
      isWithin(period, now) &&
      z.email().safeParse(value?.trim()).success,
  )
  const rank = ({ rank = Number.MAX_SAFE_INTEGER }: ContactPoint) => rank
  const sorted = usable.sort((a, b) => rank(a) - rank(b))
  return [...new Set(sorted.map(({ value = '' }) => value.trim()))]
}

/** FHIR R4, Period: both ends count, and an end to the day lasts until that day is over. */
function isWithin(period: ContactPoint['period'], now: Date): boolean {
  const begins = period?.start === undefined ? Number.NaN : Date.parse(period.start)
  const ends = period?.end === undefined ? Number.NaN : endOf(period.end)
  return !(begins > now.getTime()) && !(ends <= now.getTime())
}

/** The first instant after a FHIR dateTime of any precision, in UTC where it names no zone; NaN where it is none. */
function endOf(text: string): number {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? []
  if (year === undefined) return Date.parse(text)
  if (month === undefined) return Date.UTC(Number(year) + 1, 0)
  return day === undefined
    ? Date.UTC(Number(year), Number(month))
    : Date.UTC(Number(year), Number(month) - 1, Number(day) + 1)
}

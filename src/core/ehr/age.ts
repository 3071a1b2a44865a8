/**
 * Whether somebody is surely of age, by a FHIR date of any precision (FHIR R4, datatype date): a birth date that names
 * only the month or the year counts as its last day, and who was born on the 29th of February comes of age on the 1st of
 * March. Undefined where no birth date is known. Pure.
 * @param years from which age on somebody is of age
 * @param timeZone whose day it is
 */
export function isOfAge(
  birthDate: string | undefined,
  years: number,
  timeZone: string,
  now: Date,
): boolean | undefined {
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(birthDate ?? '') ?? []
  if (year === undefined) return undefined
  // Written as text, dates of one length compare as they follow each other.
  const lastMonth = month ?? '12'
  const lastDay = day ?? String(new Date(Date.UTC(Number(year), Number(lastMonth), 0)).getUTCDate())
  const birthday = new Date(Date.UTC(Number(year) + years, Number(lastMonth) - 1, Number(lastDay)))
  return !Number.isNaN(birthday.getTime()) && birthday.toISOString().slice(0, 10) <= today(timeZone, now)
}

function today(timeZone: string, now: Date): string {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).format(now)
}

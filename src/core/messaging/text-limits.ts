import type { Limit } from './pace.ts'

/** Toll-free codes of the North American Numbering Plan. */
const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)\d{7}$/
const SHORT_CODE = /^\+?\d{4,6}$/

/**
 * What a sender may send, by its kind (Azure Communication Services, "Service limits", SMS): a toll-free number 200 a
 * minute, a short code 6,000, an alphanumeric id 600. Other numbers are held to the slowest. Pure.
 */
export function textLimits(sender: string): readonly Limit[] {
  if (TOLL_FREE.test(sender)) return [{ count: 200, seconds: 60 }]
  if (SHORT_CODE.test(sender)) return [{ count: 6_000, seconds: 60 }]
  if (/[A-Za-z]/.test(sender)) return [{ count: 600, seconds: 60 }]
  return [{ count: 200, seconds: 60 }]
}

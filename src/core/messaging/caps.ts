import type { Lately } from './numbers.ts'

/** How many texts may go out within 24 hours. */
export type Caps = {
  /** To one number, whatever its visits: a patient, or somebody who books to make us text. */
  readonly number: number
  /** To numbers that differ in the last four digits only: ranges that earn by being texted. */
  readonly prefix: number
  /** Of one tenant. */
  readonly tenant: number
}

export type Unwanted = 'opted_out' | 'daily_cap' | 'prefix_cap' | 'tenant_cap'

/**
 * Why a text is not to go to each of these numbers, if so; they count one after the other. Pure.
 * @param patientCap what the site allows for one patient.
 */
export function unwantedTexts(
  phones: readonly string[],
  lately: Lately,
  caps: Caps,
  patientCap: number,
): (Unwanted | undefined)[] {
  const now = new Map<string, number>()
  const counted = (key: string, before: number) => before + (now.get(key) ?? 0)
  return phones.map((phone) => {
    if (lately.isOptedOut(phone)) return 'opted_out'
    const { number, prefix, tenant } = lately.textsTo(phone)
    const range = phone.slice(0, -4)
    if (counted(phone, number) >= Math.min(patientCap, caps.number)) return 'daily_cap'
    if (counted(range, prefix) >= caps.prefix) return 'prefix_cap'
    if (counted('', tenant) >= caps.tenant) return 'tenant_cap'
    for (const key of [phone, range, '']) now.set(key, (now.get(key) ?? 0) + 1)
    return undefined
  })
}

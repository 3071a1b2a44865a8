import type { Lately, NumberedText } from './numbers.ts'

/** How many texts may go out within 24 hours. */
export type Caps = {
  /** To one number, whatever its visits: a patient, or somebody who books to make us text. */
  readonly number: number
  /** To numbers that differ in the last four digits only: ranges that earn by being texted. */
  readonly prefix: number
  /** Of one tenant. */
  readonly tenant: number
}

/** The caps of a deployment's settings. */
export function textCaps(settings: {
  readonly TEXTS_PER_NUMBER: number
  readonly TEXTS_PER_PREFIX: number
  readonly TEXTS_PER_TENANT: number
}): Caps {
  const { TEXTS_PER_NUMBER, TEXTS_PER_PREFIX, TEXTS_PER_TENANT } = settings
  return { number: TEXTS_PER_NUMBER, prefix: TEXTS_PER_PREFIX, tenant: TEXTS_PER_TENANT }
}

export type Unwanted = 'opted_out' | 'daily_cap' | 'prefix_cap' | 'tenant_cap'

/**
 * Why each of these texts is not to go out, if so; they count one after the other. What was counted at an earlier try
 * goes on. Pure.
 * @param patientCap what the site allows for one patient.
 */
export function unwantedTexts(
  texts: readonly NumberedText[],
  lately: Lately,
  caps: Caps,
  patientCap: number,
): (Unwanted | undefined)[] {
  const now = new Map<string, number>()
  const counted = (key: string, before: number) => before + (now.get(key) ?? 0)
  return texts.map(({ id, to: phone }) => {
    if (lately.isOptedOut(phone)) return 'opted_out'
    if (lately.isCounted(id)) return undefined
    const { number, prefix, tenant } = lately.textsTo(phone)
    const range = phone.slice(0, -4)
    if (counted(phone, number) >= Math.min(patientCap, caps.number)) return 'daily_cap'
    if (counted(range, prefix) >= caps.prefix) return 'prefix_cap'
    if (counted('', tenant) >= caps.tenant) return 'tenant_cap'
    for (const key of [phone, range, '']) now.set(key, (now.get(key) ?? 0) + 1)
    return undefined
  })
}

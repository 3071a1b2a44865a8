import { z } from 'zod'
import { contactPoint, emailAddresses, phoneNumbers } from './telecom.ts'

/** How whoever answers for a child can be reached. No name is read. */
export type Guardian = { readonly phones: readonly string[]; readonly emails: readonly string[] }

const relationship = z
  .array(z.object({ coding: z.array(z.object({ code: z.string().optional() })).optional() }))
  .default([])
  .catch([])
const telecom = z.array(contactPoint).default([]).catch([])
const period = z
  .object({ start: z.string().optional(), end: z.string().optional() })
  .optional()
  .catch(undefined)

/** FHIR R4, Patient.contact. */
export const contact = z.object({ relationship, telecom, period })
const relatedPerson = z.object({
  resourceType: z.literal('RelatedPerson'),
  id: z.string(),
  active: z.boolean().optional(),
  relationship,
  telecom,
  period,
})

/**
 * Guardians before parents. HL7 v3 RoleCode: guardian and guardian ad litem, power of attorney for health care, the person's
 * authorized representative; then parents of every kind. FHIR's older patient-contact-relationship says them in words.
 */
const GUARDIANS = new Set(['GUARD', 'GUADLTM', 'HPOWATT', 'POWATT', 'RESPRSN', 'GUARDIAN'])
const PARENTS = new Set(
  'PRN,PRNT,MTH,FTH,NMTH,NFTH,NPRN,ADOPTP,ADOPTM,ADOPTF,PRNFOST,FTHFOST,MTHFOST,STPPRN,STPMTH,STPFTH,GESTM,PARENT'.split(
    ',',
  ),
)

/** The guardians and parents among a patient's contacts, guardians first. */
export function guardiansAmong(contacts: readonly z.infer<typeof contact>[], now: Date): Guardian[] {
  const ranked = contacts.flatMap((one) => {
    const codes = one.relationship.flatMap(({ coding = [] }) =>
      coding.map(({ code = '' }) => code.toUpperCase()),
    )
    const rank = codes.some((code) => GUARDIANS.has(code))
      ? 0
      : codes.some((code) => PARENTS.has(code))
        ? 1
        : 2
    const over =
      Date.parse(one.period?.end ?? '') < now.getTime() || Date.parse(one.period?.start ?? '') > now.getTime()
    return rank === 2 || over ? [] : [{ rank, one }]
  })
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => ({ phones: phoneNumbers(one.telecom, now), emails: emailAddresses(one.telecom, now) }))
}

/** The same of RelatedPerson resources, by the id of each; none where it is neither, or not active. */
export function parseGuardian(from: unknown, now: Date): (Guardian & { readonly id: string }) | undefined {
  const { data } = relatedPerson.safeParse(from)
  if (!data || data.active === false) return undefined
  const [guardian] = guardiansAmong([data], now)
  return guardian && { id: data.id, ...guardian }
}

/** The numbers and addresses of several, in their order. */
export function together(guardians: readonly Guardian[]): Guardian {
  return {
    phones: [...new Set(guardians.flatMap(({ phones }) => phones))],
    emails: [...new Set(guardians.flatMap(({ emails }) => emails))],
  }
}

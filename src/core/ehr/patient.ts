import { z } from 'zod'
import { address, addressZones } from './address-zones.ts'
import { contact, type Guardian, guardiansAmong, together } from './guardian.ts'
import { wantsReminders } from './preference.ts'
import { contactPoint, emailAddresses, phoneNumbers } from './telecom.ts'

/** What a notice or the clinician's page needs of a patient. Read at the moment of use and dropped. */
export type Patient = {
  readonly id: string
  /** For the clinician's own day board: read, shown, and dropped. */
  readonly name?: string
  /** "JM" for the clinician's glance: never stored. */
  readonly initials: string
  /** False for a record that was merged into another. */
  readonly active: boolean
  readonly deceased: boolean
  readonly birthDate: string | undefined
  /** BCP 47, as the EHR has it. */
  readonly language: string | undefined
  /** As the EHR has them, best first: by use (mobile before home), rank, and not past their period. */
  readonly phones: readonly string[]
  /** E-mail addresses as the EHR has them, by rank. */
  readonly emails?: readonly string[]
  /** IANA zones that they may live in, by state or ZIP code; the address itself is dropped. None where it is not known. */
  readonly zones?: readonly string[]
  /** Guardians and parents that the chart names, for who is under age. */
  readonly guardian?: Guardian
  /** False where the patient told the EHR that reminders are not wanted. */
  readonly wantsReminders: boolean
}

const resource = z.object({
  resourceType: z.literal('Patient'),
  id: z.string().min(1),
  active: z.boolean().optional(),
  deceasedBoolean: z.boolean().optional(),
  deceasedDateTime: z.string().optional(),
  birthDate: z.string().optional(),
  name: z
    .array(
      z.object({
        use: z.string().optional(),
        family: z.string().optional(),
        given: z.array(z.string()).optional(),
      }),
    )
    .default([]),
  telecom: z.array(contactPoint).default([]),
  communication: z
    .array(
      z.object({
        preferred: z.boolean().optional(),
        language: z
          .object({ coding: z.array(z.object({ code: z.string().optional() })).optional() })
          .optional(),
      }),
    )
    .default([]),
  address: z.array(address).default([]).catch([]),
  contact: z.array(contact).default([]).catch([]),
  link: z.array(z.object({ type: z.string() })).default([]),
  extension: z.array(z.looseObject({ url: z.string() })).default([]),
})

/** @returns the patient, or undefined where the resource is none. */
export function parsePatient(from: unknown, now: Date): Patient | undefined {
  const parsed = resource.safeParse(from)
  if (!parsed.success) return undefined
  const { data } = parsed
  const name = data.name.find((n) => n.use === 'official') ?? data.name[0]
  const languages = [...data.communication].sort(
    (a, b) => Number(b.preferred ?? false) - Number(a.preferred ?? false),
  )
  return {
    id: data.id,
    name: [name?.given?.[0], name?.family].filter(Boolean).join(' '),
    initials: [name?.given?.[0], name?.family].map(initial).join(''),
    active: data.active !== false && !data.link.some((link) => link.type === 'replaced-by'),
    deceased: data.deceasedBoolean === true || data.deceasedDateTime !== undefined,
    birthDate: data.birthDate,
    language: languages.flatMap((l) => l.language?.coding ?? []).find((c) => c.code)?.code,
    phones: phoneNumbers(data.telecom, now),
    emails: emailAddresses(data.telecom, now),
    zones: addressZones(data.address, now),
    guardian: together(guardiansAmong(data.contact, now)),
    wantsReminders: wantsReminders(data.extension),
  }
}

function initial(word: string | undefined): string {
  const first = [...(word ?? '').trim()][0]
  return first?.toLocaleUpperCase() ?? ''
}

import { z } from 'zod'

/** What a notice or the clinician's page needs of a patient. Read at the moment of use and dropped. */
export type Patient = {
  readonly id: string
  /** "J. M." for the clinician's glance: never stored. */
  readonly initials: string
  /** False for a record that was merged into another. */
  readonly active: boolean
  readonly deceased: boolean
  readonly birthDate: string | undefined
  /** BCP 47, as the EHR has it. */
  readonly language: string | undefined
  /** As the EHR has them, best first: by use (mobile before home), rank, and not past their period. */
  readonly phones: readonly string[]
  /** False where the patient told the EHR that reminders are not wanted. */
  readonly wantsReminders: boolean
}

const contact = z.object({
  system: z.string().optional(),
  value: z.string().optional(),
  use: z.string().optional(),
  rank: z.number().optional(),
  period: z.object({ start: z.string().optional(), end: z.string().optional() }).optional(),
})
type Extension = {
  url: string
  valueCodeableConcept?: unknown
  valueBoolean?: unknown
  extension?: Extension[]
}
const extension: z.ZodType<Extension> = z.lazy(() =>
  z.looseObject({ url: z.string(), extension: z.array(extension).optional() }),
) as z.ZodType<Extension>
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
  telecom: z.array(contact).default([]),
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
  link: z.array(z.object({ type: z.string() })).default([]),
  extension: z.array(extension).optional(),
})

const PREFERENCE = 'https://fhir-ehr.cerner.com/r4/StructureDefinition/communication-preference'
const USES = ['mobile', undefined, 'home', 'temp', 'work']

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
    initials: [name?.given?.[0], name?.family].map(initial).filter(Boolean).join(' '),
    active: data.active !== false && !data.link.some((link) => link.type === 'replaced-by'),
    deceased: data.deceasedBoolean === true || data.deceasedDateTime !== undefined,
    birthDate: data.birthDate,
    language: languages.flatMap((l) => l.language?.coding ?? []).find((c) => c.code)?.code,
    phones: phones(data.telecom, now),
    wantsReminders: !(data.extension ?? []).some((e) => e.url === PREFERENCE && refusesReminders(e)),
  }
}

function initial(word: string | undefined): string {
  const first = [...(word ?? '').trim()][0]
  return first ? `${first.toLocaleUpperCase()}.` : ''
}

function phones(telecom: z.infer<typeof contact>[], now: Date): string[] {
  const usable = telecom.filter(
    (t) =>
      (t.system === 'phone' || t.system === 'sms') &&
      t.value !== undefined &&
      t.use !== 'old' &&
      !(t.period?.end && Date.parse(t.period.end) < now.getTime()),
  )
  const place = (t: z.infer<typeof contact>) => {
    const at = USES.indexOf(t.use)
    return at < 0 ? USES.length : at
  }
  return usable
    .sort(
      (a, b) =>
        (a.system === 'sms' ? 0 : 1) - (b.system === 'sms' ? 0 : 1) ||
        place(a) - place(b) ||
        (a.rank ?? 99) - (b.rank ?? 99),
    )
    .map((t) => t.value as string)
}

/**
 * Oracle Health, "Patient", extension communication-preference: for appointment reminders the patient chose a contact
 * method that is neither text nor telephone (another channel, or the site's own code for "declined").
 */
function refusesReminders(preference: Extension): boolean {
  const part = (url: string) =>
    JSON.stringify(preference.extension?.find((e) => e.url === url)?.valueCodeableConcept ?? '')
  if (!part('communication-type').includes('"appointment-reminder"')) return false
  const method = part('contact-method')
  return !(method.includes('contact-point-system') && /"code":"(?:sms|phone)"/.test(method))
}

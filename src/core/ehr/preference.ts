import { z } from 'zod'

const concept = z.object({
  coding: z.array(z.object({ system: z.string().optional(), code: z.string().optional() })).default([]),
})
const preference = z.object({
  extension: z
    .array(z.looseObject({ url: z.string(), valueCodeableConcept: concept.optional() }))
    .default([]),
})

export const PREFERENCE = 'https://fhir-ehr.cerner.com/r4/StructureDefinition/communication-preference'
/** HL7, code system ContactPointSystem. */
const CONTACT_POINTS = 'http://hl7.org/fhir/contact-point-system'

/**
 * Whether a patient told the EHR that reminders by telephone are not wanted (Oracle Health, "Patient", extension
 * communication-preference). For appointment reminders they chose either a contact method of the site's own code set,
 * such as "Declined", or only methods other than text and telephone. Where both a text and e-mail are chosen, a text
 * is wanted.
 * @param extensions the resource's extensions; others are not looked at.
 */
export function wantsReminders(extensions: readonly { readonly url: string }[]): boolean {
  const methods = extensions
    .filter(({ url }) => url === PREFERENCE)
    .map((extension) => preference.safeParse(extension).data?.extension ?? [])
    .filter((parts) =>
      codings(parts, 'communication-type').some(({ code }) => code === 'appointment-reminder'),
    )
    .map((parts) => codings(parts, 'contact-method'))
  if (methods.length === 0) return true
  const standard = methods.map((method) => method.filter(({ system }) => system === CONTACT_POINTS))
  if (standard.some((method) => method.length === 0)) return false
  return standard.flat().some(({ code }) => code === 'sms' || code === 'phone')
}

function codings(parts: z.infer<typeof preference>['extension'], url: string) {
  return parts.filter((part) => part.url === url).flatMap((part) => part.valueCodeableConcept?.coding ?? [])
}

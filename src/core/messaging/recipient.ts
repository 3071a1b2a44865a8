import { isOfAge } from '../ehr/age.ts'
import type { Guardian } from '../ehr/guardian.ts'
import type { Patient } from '../ehr/patient.ts'
import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'

/** `guardian_missing`: the chart names none who can be reached, which is work for staff. */
export type RecipientFailure = 'minor_nobody' | 'guardian_missing'

type ForMinors = { readonly texts: Pick<Site['texts'], 'minors'>; readonly timeZone: string }

/** Where a site said nothing: the age of majority of most states, and whoever answers for the child. */
const USUAL = { age: 18, to: 'guardian' } as const

/** Whether a patient's notices go to a guardian, so that it is worth asking the EHR for one. Pure. */
export function needsGuardian(patient: Patient, { texts, timeZone }: ForMinors, now: Date): boolean {
  const { age, to } = texts.minors ?? USUAL
  return to === 'guardian' && isOfAge(patient.birthDate, age, timeZone, now) === false
}

/**
 * Whose number and address a notice goes to: the patient's own, or of one who is under age whom the site chose. Who has
 * no birth date in the chart counts as of age. Pure; nothing of it is stored.
 * @param related guardians that the EHR has as resources of their own; asked where the chart itself names none.
 */
export function recipientOf(
  patient: Patient,
  site: ForMinors,
  related: Guardian | undefined,
  now: Date,
): Result<Patient, RecipientFailure> {
  const { age, to } = site.texts.minors ?? USUAL
  if (to === 'record' || isOfAge(patient.birthDate, age, site.timeZone, now) !== false) return ok(patient)
  if (to === 'nobody') return fail('minor_nobody')
  const phones = [...(patient.guardian?.phones ?? []), ...(related?.phones ?? [])]
  const emails = [...(patient.guardian?.emails ?? []), ...(related?.emails ?? [])]
  if (phones.length === 0 && emails.length === 0) return fail('guardian_missing')
  return ok({ ...patient, phones, emails })
}

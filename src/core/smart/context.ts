import type { TokenResponse } from './types.ts'

/** How the appointment of a launch is to be found. Ids are FHIR ids of the site; each names something in its EHR only. */
export type LaunchContext =
  | { readonly kind: 'appointment'; readonly appointmentId: string; readonly patientId?: string }
  /** The EHR named several: the clinician chooses. */
  | { readonly kind: 'appointments'; readonly appointmentIds: readonly string[]; readonly patientId?: string }
  /** Read the Encounter; its `appointment` leads on. */
  | { readonly kind: 'encounter'; readonly encounterId: string; readonly patientId?: string }
  /** Search the patient's appointments around now. */
  | { readonly kind: 'patient'; readonly patientId: string }
  /** A launch from outside a chart: the day board. */
  | { readonly kind: 'none' }

/**
 * Reads the launch context of a token response (SMART App Launch 2.2.0 §Launch context arrives with your access_token,
 * §fhirContext), the most exact first: appointment (Epic's parameter or fhirContext), encounter, patient, nothing.
 * Where parameter and fhirContext name different appointments all of them are given: to pick one would risk the wrong
 * patient. fhirContext items with a role other than `launch` and references to another server are left out.
 */
export function launchContext(token: TokenResponse, fhirBaseUrl: string): LaunchContext {
  const named = (type: string) => contextIds(token, type, fhirBaseUrl)
  const patientId = token.patient ?? single(named('Patient'))
  const patient = patientId === undefined ? {} : { patientId }
  const appointmentIds = distinct([token.appointment, ...named('Appointment')])
  const [appointmentId] = appointmentIds
  if (appointmentIds.length > 1) return { kind: 'appointments', appointmentIds, ...patient }
  if (appointmentId !== undefined) return { kind: 'appointment', appointmentId, ...patient }
  const encounterId = token.encounter ?? single(named('Encounter'))
  if (encounterId !== undefined) return { kind: 'encounter', encounterId, ...patient }
  return patientId === undefined ? { kind: 'none' } : { kind: 'patient', patientId }
}

function contextIds(token: TokenResponse, type: string, fhirBaseUrl: string): string[] {
  const base = `${fhirBaseUrl.replace(/\/+$/, '')}/`
  const ids = token.fhirContext.map(({ reference, role }) => {
    if (role !== undefined && role !== 'launch') return undefined
    const relative = reference.startsWith(base) ? reference.slice(base.length) : reference
    const [found, id, ...rest] = relative.split('/')
    const plain = found === type && id !== undefined && (rest.length === 0 || rest[0] === '_history')
    return plain && /^[A-Za-z0-9\-.]{1,64}$/.test(id) ? id : undefined
  })
  return distinct(ids)
}

/** Two of what a chart has one of say nothing certain. */
function single(ids: readonly string[]): string | undefined {
  return ids.length === 1 ? ids[0] : undefined
}

function distinct(ids: readonly (string | undefined)[]): string[] {
  return [...new Set(ids.filter((id) => id !== undefined))]
}

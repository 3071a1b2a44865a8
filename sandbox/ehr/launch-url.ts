import type { Clinic } from './clinic.ts'
import type { LaunchContexts } from './launch-contexts.ts'

type Who = { readonly practitionerId: string; readonly appointmentId?: string; readonly patientId?: string }
type Context = 'appointment' | 'encounter' | 'patient' | 'none'

/**
 * Opens a launch context as the EHR does when a clinician starts the application, and gives the address that its
 * browser goes to. Without a wish the context is what Oracle Health sends: the encounter where a visit is selected,
 * the patient where only a chart is open.
 */
export function launchUrl(
  ehr: { clinic: Clinic; launches: LaunchContexts; fhirBaseUrl: string },
  appLaunchUrl: string,
  who: Who,
  context?: Context,
): string {
  const clinician = ehr.clinic.practitioners.get(who.practitionerId)
  if (!clinician) throw new Error(`no practitioner ${who.practitionerId} in the sandbox EHR`)
  const appointment =
    who.appointmentId === undefined ? undefined : ehr.clinic.appointments.get(who.appointmentId)
  const patientId = who.patientId ?? appointment?.patientId
  const carried = context ?? (appointment ? 'encounter' : patientId ? 'patient' : 'none')
  const launch = ehr.launches.open({
    persona: 'provider',
    practitionerId: clinician.id,
    username: clinician.username,
    patientId: carried === 'none' ? undefined : patientId,
    encounterId: carried === 'encounter' ? appointment?.encounterId : undefined,
    appointmentId: carried === 'appointment' ? appointment?.id : undefined,
  })
  const url = new URL(appLaunchUrl)
  url.searchParams.set('iss', ehr.fhirBaseUrl)
  url.searchParams.set('launch', launch)
  return url.href
}

/** The same from the patient portal: the patient is signed in there and opens the application, perhaps at one visit. */
export function patientLaunchUrl(
  ehr: { clinic: Clinic; launches: LaunchContexts; patientBaseUrl: string },
  appLaunchUrl: string,
  who: { readonly patientId: string; readonly appointmentId?: string },
): string {
  if (!ehr.clinic.patients.has(who.patientId))
    throw new Error(`no patient ${who.patientId} in the sandbox EHR`)
  const launch = ehr.launches.open({
    persona: 'patient',
    practitionerId: '',
    username: `portal-${who.patientId}`,
    patientId: who.patientId,
    encounterId: undefined,
    appointmentId: who.appointmentId,
  })
  const url = new URL(appLaunchUrl)
  url.searchParams.set('iss', ehr.patientBaseUrl)
  url.searchParams.set('launch', launch)
  return url.href
}

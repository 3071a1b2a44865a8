/** What is asked of an EHR unless an administrator says otherwise; SMART v1 spelling, which v2 servers take too. */
export const PROVIDER_SCOPES =
  'launch openid fhirUser user/Appointment.read user/Encounter.read user/Patient.read user/Practitioner.read user/Location.read'
export const SYSTEM_SCOPES =
  'system/Appointment.read system/Encounter.read system/Patient.read system/Location.read'
export const PATIENT_SCOPES =
  'launch openid fhirUser patient/Appointment.read patient/Encounter.read patient/Patient.read'

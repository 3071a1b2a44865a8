import type { Site } from '../src/core/sites/site.ts'
import { SANDBOX_NUMBER } from './acs/acs.ts'
import type { EhrClient } from './contracts.ts'
import type { SandboxEhr } from './ehr/ehr.ts'
import { ACCOUNTS, NORTHWIND_HEALTH } from './entra/tenants.ts'

export const NORTHWIND_SITE = 'northwind001'

const LAUNCH_SCOPES =
  'launch openid fhirUser user/Appointment.read user/Encounter.read user/Patient.read user/Practitioner.read user/Location.read'
const PATIENT_SCOPES =
  'launch openid fhirUser patient/Appointment.read patient/Encounter.read patient/Patient.read'
const SYSTEM_SCOPES = 'system/Appointment.read system/Encounter.read system/Patient.read system/Location.read'

/** The configured clinic of the sandbox, as its administrator would have set it up in the portal. Synthetic. */
export function northwindSite(ehr: SandboxEhr): Site {
  return {
    tenantId: NORTHWIND_HEALTH,
    siteId: NORTHWIND_SITE,
    name: 'Northwind Health (sandbox)',
    environment: 'testing',
    fhirBaseUrl: ehr.fhirBaseUrl,
    timeZone: 'America/Chicago',
    patientPhone: '+1 816-555-0199',
    launch: { clientId: 'teams-ehr-connector', auth: { method: 'private_key_jwt' }, scopes: LAUNCH_SCOPES },
    patientLaunch: {
      fhirBaseUrl: ehr.patientBaseUrl,
      client: {
        clientId: 'teams-ehr-connector-patient',
        auth: { method: 'private_key_jwt' },
        scopes: PATIENT_SCOPES,
      },
      allowedIssuers: [ehr.idTokenIssuer],
    },
    system: {
      clientId: 'teams-ehr-connector-system',
      auth: { method: 'private_key_jwt' },
      scopes: SYSTEM_SCOPES,
    },
    allowedIssuers: [ehr.idTokenIssuer],
    allowCapabilityFallback: false,
    departments: ehr.locations().map(({ id, name }, index) => ({
      id: `department-${index + 1}`,
      name,
      locationIds: [id],
      on: true,
    })),
    videoRule: { kind: 'virtual_meeting_room' },
    organizers: [ACCOUNTS.northwind.organizer1, ACCOUNTS.northwind.organizer2],
    texts: {
      on: true,
      epoch: 1,
      sender: SANDBOX_NUMBER,
      confirm: { booked: true, moved: true, cancelled: true, not_video: true },
      reminderMinutes: [1440, 60],
      defaultLanguage: 'en',
      countries: ['US', 'CA'],
      // None: in the sandbox a text is wanted whenever somebody tries it out.
      quietHours: { from: '00:00', to: '00:00' },
    },
    openTeamsAtOnce: false,
  }
}

/** What the clinic's EHR team registers from the integration records. */
export function northwindClients(appUrl: string): EhrClient[] {
  const jwksUri = `${appUrl}/.well-known/jwks.json`
  return [
    {
      clientId: 'teams-ehr-connector',
      kind: 'private_key_jwt',
      redirectUris: [`${appUrl}/launch/callback`],
      scope: LAUNCH_SCOPES,
      grants: ['authorization_code'],
      jwksUri,
    },
    {
      clientId: 'teams-ehr-connector-patient',
      kind: 'private_key_jwt',
      redirectUris: [`${appUrl}/launch/patient/callback`],
      scope: PATIENT_SCOPES,
      grants: ['authorization_code'],
      jwksUri,
    },
    {
      clientId: 'teams-ehr-connector-system',
      kind: 'private_key_jwt',
      redirectUris: [],
      scope: SYSTEM_SCOPES,
      grants: ['client_credentials'],
      jwksUri,
    },
  ]
}

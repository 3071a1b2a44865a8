import { CONSENT_WORDING } from '../src/core/senders/consents.ts'
import type { SenderStore } from '../src/core/senders/sender-store.ts'
import type { Site } from '../src/core/sites/site.ts'
import { newTenant, type Tenant } from '../src/core/sites/tenant.ts'
import { SANDBOX_NUMBER } from './acs/acs.ts'
import { ENTRA_CLIENT_ID } from './app-settings.ts'
import type { EhrClient } from './contracts.ts'
import type { SandboxEhr } from './ehr/ehr.ts'
import { ACCOUNTS, NORTHWIND_HEALTH } from './entra/tenants.ts'
import type { TeamsShell } from './powershell/shell.ts'

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

/** The clinic's own configuration: both consents to texts given by its administrator. */
export function northwindTenant(site: Site, now: Date): Tenant {
  const consent = { at: now.toISOString(), by: ACCOUNTS.northwind.administrator, wording: CONSENT_WORDING }
  return {
    ...newTenant(NORTHWIND_HEALTH, 'Northwind Health'),
    organizers: [...site.organizers],
    smsConsents: { sending: consent, recipients: consent },
  }
}

/** The number that the resource begins with is this clinic's, and verified. */
export async function northwindNumber(senders: SenderStore): Promise<void> {
  const by = ACCOUNTS.northwind.administrator
  await senders.add(NORTHWIND_HEALTH, { sender: SANDBOX_NUMBER, kind: 'attached', country: 'US', by })
  const read = await senders.read(NORTHWIND_HEALTH, SANDBOX_NUMBER)
  if (!read) throw new Error('The sandbox’s number was not kept.')
  const verified = { ...read.value, verification: 'verified', verificationAt: read.value.addedAt } as const
  await senders.save(NORTHWIND_HEALTH, verified, read.version)
}

/** What the clinic's EHR team registers from the integration records. */
export function northwindClients(appUrl: string): EhrClient[] {
  const jwksUri = `${appUrl}/.well-known/jwks.json`
  return [
    {
      clientId: 'teams-ehr-connector',
      name: 'Teams visits, clinicians',
      launchUrl: `${appUrl}/launch/provider`,
      kind: 'private_key_jwt',
      redirectUris: [`${appUrl}/launch/callback`],
      scope: LAUNCH_SCOPES,
      grants: ['authorization_code'],
      jwksUri,
    },
    {
      clientId: 'teams-ehr-connector-patient',
      name: 'Teams visits, patients',
      launchUrl: `${appUrl}/launch/patient`,
      kind: 'private_key_jwt',
      redirectUris: [`${appUrl}/launch/patient/callback`],
      scope: PATIENT_SCOPES,
      grants: ['authorization_code'],
      jwksUri,
    },
    {
      clientId: 'teams-ehr-connector-system',
      name: 'Teams visits, system account',
      kind: 'private_key_jwt',
      redirectUris: [],
      scope: SYSTEM_SCOPES,
      grants: ['client_credentials'],
      jwksUri,
    },
  ]
}

/** What the clinic's Teams administrator ran long ago: the application may create meetings for the service accounts. */
export function setUpNorthwind(shell: TeamsShell, organizers: readonly string[]): void {
  const { delaySeconds } = shell.settings
  shell.settings.delaySeconds = 0
  const name = 'Teams-EHR-connector'
  const grants = organizers.map(
    (id) => `Grant-CsApplicationAccessPolicy -PolicyName "${name}" -Identity "${id}"`,
  )
  const make = `New-CsApplicationAccessPolicy -Identity "${name}" -AppIds "${ENTRA_CLIENT_ID}" -Description "Meetings of video visits"`
  shell.run(NORTHWIND_HEALTH, [make, ...grants].join('\n'))
  shell.settings.delaySeconds = delaySeconds
}

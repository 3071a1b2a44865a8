import { pushUrl } from '../pushes/push-url.ts'
import type { Site, SiteClient } from './site.ts'

/** One line of a record: what the EHR's form calls it, and what is typed there. */
export type RecordLine = {
  readonly label: string
  readonly value: string
  /** The value is still to come: from the EHR team, or from whoever sets up the site. */
  readonly missing?: true
}

/** What the EHR team needs to register one of the three applications. Holds no secret. */
export type IntegrationRecord = {
  readonly kind: 'provider' | 'patient' | 'system' | 'push'
  readonly title: string
  readonly lines: readonly RecordLine[]
}

/** What a patient portal's application is registered with where none was entered yet. */
const PATIENT_SCOPES =
  'launch openid fhirUser patient/Appointment.read patient/Encounter.read patient/Patient.read'
const SYSTEM_SCOPES = 'system/Appointment.read system/Encounter.read system/Patient.read system/Location.read'

const AUTHENTICATION: Readonly<Record<SiteClient['auth']['method'], string>> = {
  private_key_jwt: 'private_key_jwt (our keys are at the JWKS URL)',
  client_secret_basic: 'client_secret_basic (the secret was entered in the portal)',
  none: 'none (public client)',
}

/**
 * The records of a site: provider, patient, system. The launch and redirect URLs are those of the deployment that is
 * asked, so that each geography gives out its own (SMART App Launch 2.2.0, "Registering a SMART App with an EHR").
 * @param publicUrl the deployment's own origin. Pure.
 */
export function integrationRecords(site: Site, publicUrl: string): IntegrationRecord[] {
  const { launch, patientLaunch, system } = site
  const patient = patientLaunch?.client
  return [
    {
      kind: 'provider',
      title: 'Provider record',
      lines: [
        { label: 'Launch URL', value: `${publicUrl}/launch/provider` },
        { label: 'Redirect URL', value: `${publicUrl}/launch/callback` },
        ...clientLines(launch, publicUrl),
        { label: 'Launch context', value: 'appointment; else encounter; else patient' },
        ...contextLines(site, site.fhirBaseUrl),
      ],
    },
    {
      kind: 'patient',
      title: 'Patient record',
      lines: [
        { label: 'Launch URL', value: `${publicUrl}/launch/patient` },
        { label: 'Redirect URL', value: `${publicUrl}/launch/patient/callback` },
        ...clientLines(patient, publicUrl, PATIENT_SCOPES),
        { label: 'Launch context', value: 'appointment; else patient' },
        ...contextLines(site, patientLaunch?.fhirBaseUrl ?? site.fhirBaseUrl),
      ],
    },
    {
      kind: 'system',
      title: 'System account record',
      lines: [
        { label: 'Grant', value: 'client_credentials (SMART Backend Services)' },
        ...clientLines(system, publicUrl, SYSTEM_SCOPES),
        ...contextLines(site, site.fhirBaseUrl),
      ],
    },
    ...(site.push ? [pushRecord(site, site.push, publicUrl)] : []),
  ]
}

/** Only where an engine is registered: most EHRs push nothing. */
function pushRecord(site: Site, push: NonNullable<Site['push']>, publicUrl: string): IntegrationRecord {
  const keys = (push.keys ?? []).map(({ kty, kid }) =>
    [kty === 'RSA' ? 'RS384' : 'ES384', kid].filter(Boolean).join(' '),
  )
  return {
    kind: 'push',
    title: 'Push record',
    lines: [
      { label: 'Address', value: pushUrl(publicUrl, site.siteId) },
      { label: 'Authentication', value: 'Bearer JWT, RS384 or ES384, at most five minutes, jti once' },
      { label: 'Audience', value: pushUrl(publicUrl, site.siteId) },
      { label: 'Issuer', value: push.issuer },
      { label: 'Your public keys', value: push.jwksUrl ?? keys.join('; ') },
      { label: 'Body', value: 'FHIR R4 Appointment, Bundle of up to 100, or {"reference": "Appointment/…"}' },
      ...contextLines(site, site.fhirBaseUrl),
    ],
  }
}

function clientLines(client: SiteClient | undefined, publicUrl: string, scopes = ''): RecordLine[] {
  const method = client?.auth.method ?? 'private_key_jwt'
  const id: RecordLine = client?.clientId
    ? { label: 'Client id', value: client.clientId }
    : { label: 'Client id', value: 'comes back from the EHR team', missing: true }
  return [
    id,
    { label: 'Authentication', value: AUTHENTICATION[method] },
    ...(method === 'private_key_jwt'
      ? [{ label: 'JWKS URL', value: `${publicUrl}/.well-known/jwks.json` }]
      : []),
    { label: 'Scopes', value: client?.scopes ?? scopes },
  ]
}

function contextLines(site: Site, fhirBaseUrl: string): RecordLine[] {
  return [
    { label: 'FHIR base URL', value: fhirBaseUrl },
    { label: 'Environment', value: site.environment === 'production' ? 'Production' : 'Testing' },
    { label: 'Microsoft 365 tenant', value: site.tenantId },
    { label: 'Site', value: site.siteId },
  ]
}

/** The records as a text file for the EHR team, or for a terminal. */
export function recordText(site: Site, publicUrl: string): string {
  const parts = integrationRecords(site, publicUrl).map(({ title, lines }) =>
    [title, ...lines.map(({ label, value }) => `  ${label.padEnd(22)}${value}`)].join('\n'),
  )
  return [`Integration records: ${site.name}`, ...parts].join('\n\n')
}

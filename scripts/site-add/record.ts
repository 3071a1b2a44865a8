import type { Site, SiteClient } from '../../src/core/sites/site.ts'

/** What an EHR's team types into its own registration, as lines of text. Holds no secret. */
export function integrationRecord(site: Site, publicUrl: string): string {
  const jwks = `${publicUrl}/.well-known/jwks.json`
  const client = ({ clientId, auth, scopes }: SiteClient): [string, string][] => [
    ['Client id', clientId],
    ['Authentication', auth.method],
    ...(auth.method === 'private_key_jwt' ? ([['JWKS URL', jwks]] as [string, string][]) : []),
    ['Scopes', scopes],
  ]
  const sections: [string, [string, string][]][] = [
    [
      `Integration record: ${site.name} (${site.environment})`,
      [
        ['FHIR base URL', site.fhirBaseUrl],
        ['Microsoft 365 tenant', site.tenantId],
        ['Site', site.siteId],
      ],
    ],
    [
      'Application for clinicians (SMART EHR launch)',
      [
        ['Launch URL', `${publicUrl}/launch/provider`],
        ['Redirect URL', `${publicUrl}/launch/callback`],
        ...client(site.launch),
      ],
    ],
  ]
  if (site.patientLaunch)
    sections.push([
      'Application for the patient portal (SMART EHR launch)',
      [
        ['FHIR base URL', site.patientLaunch.fhirBaseUrl],
        ['Launch URL', `${publicUrl}/launch/patient`],
        ['Redirect URL', `${publicUrl}/launch/patient/callback`],
        ...client(site.patientLaunch.client),
      ],
    ])
  if (site.system)
    sections.push([
      'System account (SMART Backend Services)',
      [['Grant', 'client_credentials'], ...client(site.system)],
    ])
  return sections
    .map(([title, lines]) =>
      [title, ...lines.map(([name, value]) => `  ${name.padEnd(22)}${value}`)].join('\n'),
    )
    .join('\n\n')
}

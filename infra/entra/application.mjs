// The Entra application as code: prints the body for Microsoft Graph's "Upsert application",
// and of its federated credential. See the usage below.
import { pathToFileURL } from 'node:url'

const GRAPH = '00000003-0000-0000-c000-000000000000'

/** Application permissions on Microsoft Graph, each with its id and the one reason why it is asked for. */
export const PERMISSIONS = [
  {
    name: 'OnlineMeetings.ReadWrite.All',
    id: 'b8bb2037-6e08-44ac-a4ea-4674e010e2a4',
    why: 'creates the meeting of a visit',
  },
  {
    name: 'OnlineMeetingArtifact.Read.All',
    id: 'df01ed3b-eb61-4eca-9965-6b3d789751b2',
    why: 'reads who attended, for the reports',
  },
  {
    name: 'VirtualAppointment.Read.All',
    id: 'd4f67ec2-59b5-4bdc-b4af-d78f6f9c1954',
    why: 'reads the address that opens in a browser',
  },
  {
    name: 'User.Read.All',
    id: 'df021288-bdef-4463-88db-98f22de89214',
    why: 'names the organizer and the clinician who joins',
  },
  {
    name: 'Organization.Read.All',
    id: '498476ce-e0fe-48b0-b801-37ba7e2685c6',
    why: 'counts the licences that include Teams, before anything is set up',
  },
]

/** Asked for only where somebody wants call quality: it opens the records of every call of the organization. */
export const OPTIONAL_PERMISSIONS = [
  {
    name: 'CallRecords.Read.All',
    id: '45bbb07e-7321-4fd7-a8f6-3ff27e6a81c8',
    why: 'reads call quality, for the reports',
  },
]

/** Who may configure besides Global Administrators: assigned in Entra, never by the app. */
export const CONFIGURE_ROLE = {
  id: '6f0a1c54-8f0d-4a55-9a3e-0a7c3c1d6b52',
  value: 'Connector.Configure',
  displayName: 'Configure the connector',
  description: 'May change the configuration in the portal, as a Global Administrator may.',
  allowedMemberTypes: ['User'],
  isEnabled: true,
}

/** Who may read the reports without being able to change anything. */
export const READ_REPORTS_ROLE = {
  id: '2c9d7b36-41e5-4f0a-b7c8-93d1a6e05f84',
  value: 'Connector.ReadReports',
  displayName: 'Read the reports',
  description: 'May open the reports of the connector. Changes nothing.',
  allowedMemberTypes: ['User'],
  isEnabled: true,
}

/**
 * Where Entra may send a browser back to: the clinician's sign-in, the portal's sign-in and, after signing out, its
 * first page (the same address), and the answer to admin consent.
 */
export const REDIRECT_PATHS = ['/signin/callback', '/portal/signin', '/portal/consent']

/** Microsoft Graph, "application resource type". No password, no certificate: the managed identity is federated. */
export function application(displayName, publicUrl, audience = 'single', quality = 'no-call-quality') {
  const permissions = quality === 'call-quality' ? [...PERMISSIONS, ...OPTIONAL_PERMISSIONS] : PERMISSIONS
  return {
    displayName,
    signInAudience: audience === 'multiple' ? 'AzureADMultipleOrgs' : 'AzureADMyOrg',
    // Brings the directory roles of whoever signs in as "wids": the portal asks for a Global Administrator.
    groupMembershipClaims: 'DirectoryRole',
    web: {
      homePageUrl: publicUrl,
      redirectUris: REDIRECT_PATHS.map((path) => `${publicUrl}${path}`),
      implicitGrantSettings: { enableIdTokenIssuance: false, enableAccessTokenIssuance: false },
    },
    api: { requestedAccessTokenVersion: 2 },
    appRoles: [CONFIGURE_ROLE, READ_REPORTS_ROLE],
    requiredResourceAccess: [
      { resourceAppId: GRAPH, resourceAccess: permissions.map(({ id }) => ({ id, type: 'Role' })) },
    ],
  }
}

/** The managed identity's tokens stand for the application: no secret anywhere. */
export function federation(tenantId, principalId) {
  return {
    issuer: `https://login.microsoftonline.com/${tenantId}/v2.0`,
    subject: principalId,
    audiences: ['api://AzureADTokenExchange'],
    description: 'The managed identity of this deployment.',
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [what, ...values] = process.argv.slice(2)
  const made = { application, federation }[what]
  if (!made || values.some((value) => value === '') || values.length < 2) {
    process.stderr.write(
      'usage: node application.mjs application <name> <public url> [single|multiple [call-quality]]\n',
    )
    process.stderr.write('       node application.mjs federation <tenant id> <principal id>\n')
    process.exit(2)
  }
  process.stdout.write(`${JSON.stringify(made(...values))}\n`)
}

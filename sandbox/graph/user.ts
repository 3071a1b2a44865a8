import type { EntraTenant, EntraUser } from '../contracts.ts'

/** What a user resource carries when nothing is selected (user resource type). */
const DEFAULT_PROPERTIES = [
  'id',
  'businessPhones',
  'displayName',
  'givenName',
  'jobTitle',
  'mail',
  'mobilePhone',
  'officeLocation',
  'preferredLanguage',
  'surname',
  'userPrincipalName',
]

/** The user as Graph serves it; `accountEnabled` and the like come only by `$select`. */
export function userResource(user: EntraUser, select: string | null): Record<string, unknown> {
  const all = properties(user)
  const wanted = select ? select.split(',').map((name) => name.trim()) : DEFAULT_PROPERTIES
  const byName = new Map(Object.entries(all).map(([name, value]) => [name.toLowerCase(), { name, value }]))
  return Object.fromEntries(
    wanted.flatMap((name) => {
      const found = byName.get(name.toLowerCase())
      return found ? [[found.name, found.value]] : []
    }),
  )
}

export function properties(user: EntraUser) {
  const [givenName, ...rest] = user.displayName.replace(/^Dr\.?\s+/, '').split(' ')
  return {
    id: user.id,
    businessPhones: [],
    displayName: user.displayName,
    givenName: givenName ?? null,
    jobTitle: null,
    mail: user.mail,
    mobilePhone: null,
    officeLocation: null,
    preferredLanguage: null,
    surname: rest.join(' ') || null,
    userPrincipalName: user.upn,
    accountEnabled: user.enabled,
    userType: 'Member',
    department: null,
  }
}

export function organizationResource(tenant: EntraTenant) {
  const domain = tenant.users[0]?.upn.split('@')[1] ?? 'example.com'
  return {
    id: tenant.id,
    displayName: tenant.displayName,
    countryLetterCode: null,
    tenantType: 'AAD',
    verifiedDomains: [
      {
        capabilities: 'Email, OfficeCommunicationsOnline',
        isDefault: true,
        isInitial: false,
        name: domain,
        type: 'Managed',
      },
    ],
    assignedPlans: [],
  }
}

const plan = (servicePlanId: string, servicePlanName: string) => ({
  servicePlanId,
  servicePlanName,
  provisioningStatus: 'Success',
  appliesTo: 'User',
})
const EXCHANGE = plan('9aaf7827-d63c-4b61-89c3-182f06f82e5c', 'EXCHANGE_S_STANDARD')
const TEAMS = plan('57ff2da0-773e-42df-b2af-ffb7a2317929', 'TEAMS1')

/** Product names and service plan identifiers for licensing: TEAMS1 is the plan that carries Teams. */
export const SKUS = {
  withTeams: {
    skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    skuPartNumber: 'O365_BUSINESS_PREMIUM',
    servicePlans: [TEAMS, EXCHANGE],
  },
  mailOnly: {
    skuId: '4b9405b0-7788-4568-add1-99614e613b69',
    skuPartNumber: 'EXCHANGESTANDARD',
    servicePlans: [EXCHANGE],
  },
} as const

export function licenseDetails(user: EntraUser) {
  return user.teams
    ? [{ id: 'ePMcd_b9cEOF-teams', ...SKUS.withTeams }]
    : [{ id: 'ePMcd_b9cEOF-mail', ...SKUS.mailOnly }]
}

import type { Bound, Declared } from './bind.ts'
import { type AccessPolicy, GLOBAL, policyNamed, type TenantPolicies } from './directory.ts'

/** What a cmdlet prints; `error` is a red line and changes nothing. */
export type Printed = { readonly lines: readonly string[] } | { readonly error: string }

export type Cmdlet = Declared & {
  run(policies: TenantPolicies, given: Bound): Printed
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const silent: Printed = { lines: [] }
const text = (given: Bound, name: string) => (typeof given[name] === 'string' ? given[name] : '')
const list = (given: Bound, name: string) => (Array.isArray(given[name]) ? (given[name] as string[]) : [])

function shown({ identity, appIds, description }: AccessPolicy): string[] {
  return [
    `Identity    : Tag:${identity}`,
    `AppIds      : {${appIds.join(', ')}}`,
    `Description : ${description}`,
    '',
  ]
}

function wrongAppId(given: Bound): string | undefined {
  return list(given, 'AppIds').find((appId) => !GUID.test(appId))
}

const unknown = (identity: string): Printed => ({
  error: `Cannot find the policy "${identity}". Please check the policy and try again.`,
})

/** Cmdlets of the Teams PowerShell module that setting up the connector needs, by their articles. */
export const CMDLETS: Readonly<Record<string, Cmdlet>> = {
  'Connect-MicrosoftTeams': {
    parameters: { TenantId: 'string' },
    mandatory: [],
    run: ({ tenant }) => ({
      lines: [`Account: ${tenant.users[0]?.upn ?? ''}`, `TenantId: ${tenant.id}`, ''],
    }),
  },
  'New-CsApplicationAccessPolicy': {
    parameters: { Identity: 'string', AppIds: 'strings', Description: 'string' },
    mandatory: ['Identity'],
    run(policies, given) {
      const identity = text(given, 'Identity').replace(/^tag:/i, '')
      if (policyNamed(policies, identity)) return { error: `The identity "Tag:${identity}" already exists.` }
      const wrong = wrongAppId(given)
      if (wrong !== undefined) return { error: `The AppId "${wrong}" is not a valid GUID.` }
      const policy = { identity, appIds: list(given, 'AppIds'), description: text(given, 'Description') }
      policies.policies.set(identity, policy)
      return { lines: shown(policy) }
    },
  },
  'Set-CsApplicationAccessPolicy': {
    parameters: { Identity: 'string', AppIds: 'strings', Description: 'string' },
    mandatory: ['Identity'],
    run(policies, given) {
      const policy = policyNamed(policies, text(given, 'Identity'))
      if (!policy) return unknown(text(given, 'Identity'))
      const wrong = wrongAppId(given)
      if (wrong !== undefined) return { error: `The AppId "${wrong}" is not a valid GUID.` }
      if ('AppIds' in given) policy.appIds = list(given, 'AppIds')
      if ('Description' in given) policy.description = text(given, 'Description')
      return silent
    },
  },
  'Get-CsApplicationAccessPolicy': {
    parameters: { Identity: 'string' },
    mandatory: [],
    run(policies, given) {
      if (!('Identity' in given)) return { lines: [...policies.policies.values()].flatMap(shown) }
      const policy = policyNamed(policies, text(given, 'Identity'))
      return policy ? { lines: shown(policy) } : unknown(text(given, 'Identity'))
    },
  },
  'Grant-CsApplicationAccessPolicy': {
    parameters: { PolicyName: 'string', Identity: 'string', Global: 'switch' },
    mandatory: ['PolicyName'],
    run: grant,
  },
  'Get-CsTeamsEnhancedEncryptionPolicy': {
    parameters: { Identity: 'string' },
    mandatory: [],
    run: (_policies, given) =>
      text(given, 'Identity') && text(given, 'Identity').toLowerCase() !== 'global'
        ? unknown(text(given, 'Identity'))
        : { lines: ['Identity                  : Global', 'MeetingEndToEndEncryption : Disabled', ''] },
  },
  'Get-CsTeamsMeetingPolicy': {
    parameters: { Identity: 'string' },
    mandatory: [],
    run: (policies, given) =>
      text(given, 'Identity') && text(given, 'Identity').toLowerCase() !== 'global'
        ? unknown(text(given, 'Identity'))
        : {
            lines: [
              'Identity                          : Global',
              'AllowAnonymousUsersToStartMeeting : False',
              `AllowAnonymousUsersToJoinMeeting  : ${policies.meeting.allowAnonymousUsersToJoinMeeting ? 'True' : 'False'}`,
              '',
            ],
          },
  },
  'Set-CsTeamsMeetingPolicy': {
    parameters: { Identity: 'string', AllowAnonymousUsersToJoinMeeting: 'boolean' },
    mandatory: [],
    run(policies, given) {
      const identity = text(given, 'Identity')
      if (identity && identity.toLowerCase() !== 'global') return unknown(identity)
      const allow = given.AllowAnonymousUsersToJoinMeeting
      if (typeof allow === 'boolean') policies.meeting.allowAnonymousUsersToJoinMeeting = allow
      return silent
    },
  },
}

/** Grant-CsApplicationAccessPolicy: to one user, or with -Global to everybody; `$null` takes it away. */
function grant(policies: TenantPolicies, given: Bound): Printed {
  const name = text(given, 'PolicyName')
  const identity = text(given, 'Identity')
  if (given.Global === true && identity) {
    return {
      error:
        'Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.',
    }
  }
  if (given.Global !== true && !identity) {
    return { error: 'Cannot process command because of one or more missing mandatory parameters: Identity.' }
  }
  const policy = policyNamed(policies, name)
  if (name && !policy) {
    return {
      error: `Policy "${name}" is not a user policy. You can assign only a user policy to a specific user.`,
    }
  }
  const wanted = identity.toLowerCase()
  const user = policies.tenant.users.find(({ id, upn }) => id === wanted || upn.toLowerCase() === wanted)
  if (given.Global !== true && !user) {
    return { error: `Management object not found for identity "${identity}".` }
  }
  const whose = user?.id ?? GLOBAL
  if (policy) policies.grants.set(whose, policy.identity)
  else policies.grants.delete(whose)
  return silent
}

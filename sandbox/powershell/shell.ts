import type { EntraTenant, Now } from '../contracts.ts'
import { bind } from './bind.ts'
import { CMDLETS } from './cmdlets.ts'
import { holders, newPolicies, type TenantPolicies } from './directory.ts'
import { GrantedPolicies } from './granted-policies.ts'
import { parse } from './parse.ts'

/** One command and what it printed. */
export type Entry = {
  readonly at: string
  readonly command: string
  readonly lines: readonly string[]
  readonly failed: boolean
}

/** Teams PowerShell as a stand-in: what an administrator pastes is read strictly and takes effect after a while. */
export type TeamsShell = {
  /** Seconds by the sandbox clock until a grant counts at Graph. */
  readonly settings: { delaySeconds: number }
  readonly accessPolicy: GrantedPolicies
  run(tenantId: string, paste: string): void
  /** Everything that was run in a tenant, oldest first. */
  transcript(tenantId: string): readonly Entry[]
  /** Whether people without an account may join the tenant's meetings. */
  anonymousJoin(tenantId: string): boolean
}

export const SOON = 5
export const HALF_AN_HOUR = 30 * 60

export function teamsShell(options: {
  readonly tenants: readonly EntraTenant[]
  /** Our application: a policy that names another one grants it nothing. */
  readonly appId: string
  readonly now: Now
}): TeamsShell {
  const { tenants, appId, now } = options
  const sessions = new Map<string, { policies: TenantPolicies; transcript: Entry[] }>()
  for (const tenant of tenants) sessions.set(tenant.id, { policies: newPolicies(tenant), transcript: [] })
  const accessPolicy = new GrantedPolicies(now)
  const settings = { delaySeconds: SOON }

  const execute = (policies: TenantPolicies, paste: string): Omit<Entry, 'at'>[] => {
    const commands = parse(paste)
    if ('error' in commands) return [{ command: paste, lines: [commands.error], failed: true }]
    return commands.map((command) => {
      const known = Object.entries(CMDLETS).find(
        ([name]) => name.toLowerCase() === command.name.toLowerCase(),
      )
      const fail = (line: string) => ({ command: command.text, lines: [line], failed: true })
      if (!known) return fail(unrecognized(command.name))
      const [name, cmdlet] = known
      const bound = bind(command, name, cmdlet)
      if (typeof bound.error === 'string') return fail(bound.error)
      const printed = cmdlet.run(policies, bound as Parameters<typeof cmdlet.run>[1])
      if ('error' in printed) return fail(`${name}: ${printed.error}`)
      return { command: command.text, lines: printed.lines, failed: false }
    })
  }

  return {
    settings,
    accessPolicy,
    run(tenantId, paste) {
      const session = sessions.get(tenantId)
      if (!session) return
      const before = holders(session.policies, appId)
      const at = now().toISOString()
      session.transcript.push(...execute(session.policies, paste).map((entry) => ({ at, ...entry })))
      const after = holders(session.policies, appId)
      for (const id of after) if (!before.has(id)) accessPolicy.later(id, true, settings.delaySeconds)
      for (const id of before) if (!after.has(id)) accessPolicy.later(id, false, settings.delaySeconds)
    },
    transcript: (tenantId) => sessions.get(tenantId)?.transcript ?? [],
    anonymousJoin: (tenantId) =>
      sessions.get(tenantId)?.policies.meeting.allowAnonymousUsersToJoinMeeting ?? true,
  }
}

function unrecognized(name: string): string {
  return `${name}: The term '${name}' is not recognized as a name of a cmdlet, function, script file, or executable program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.`
}

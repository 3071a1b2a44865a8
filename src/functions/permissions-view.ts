import { readUser } from '../core/meetings/user.ts'
import { groupCommand, policyCommands } from '../core/setup/access-policy.ts'
import { GIVE_UP_MINUTES } from '../core/setup/check-round.ts'
import type { KnownChecks } from '../core/setup/check-store.ts'
import { isReady, isWorthWaiting } from '../core/setup/organizer-check.ts'
import { accountsNeeded, sitesOf } from '../core/setup/organizers.ts'
import { permissions } from '../core/setup/permissions.ts'
import type { Site } from '../core/sites/site.ts'
import type { Rendered } from '../pages/layout/document.ts'
import type { PermissionsModel } from '../pages/portal/permissions/model.ts'
import { type PortalCall, portalFrame } from './portal-route.ts'

/** What is granted is asked again when it was asked so long ago: the page is to say what is true. */
const GRANTED_FOR_MS = 10 * 60_000
/** Names of so many accounts are read for one page. */
const MOST_NAMES = 60

/** What was typed and refused, shown again beside its message. */
type Typed = { readonly typed: string; readonly error: string }

/** The page of permissions and organizers, from what is kept and what is asked now. */
export async function permissionsView(
  call: PortalCall,
  refused?: Typed,
): Promise<{ readonly rendered: Rendered; readonly targets: string[] }> {
  const { app, session } = call
  const { tenantId } = session
  await askAgain(call)
  const [{ frame, tenant, sites, checks }, server, { permissionsPage }] = await Promise.all([
    portalFrame(call, 'permissions'),
    app.portalSignIn.servers.ofTenant(tenantId),
    import('../pages/portal/permissions.tsx'),
  ])
  const { organizers, visitsPerMonth } = tenant.value
  const { ENTRA_CLIENT_ID: clientId } = app.settings
  const model: PermissionsModel = {
    frame,
    version: tenant.version,
    consent: consentOf(checks),
    visits: {
      typed: refused?.typed ?? (visitsPerMonth === undefined ? '' : String(visitsPerMonth)),
      error: refused?.error,
      needed: visitsPerMonth === undefined ? undefined : accountsNeeded(visitsPerMonth),
    },
    organizers: await organizersOf(call, organizers, sites, checks),
    policy: {
      commands: policyCommands(tenantId, clientId, organizers),
      groupCommand: groupCommand(clientId),
      run: runOf(organizers, checks, app.now()),
    },
  }
  const endpoint = server.ok ? server.value.authorization_endpoint : undefined
  const targets = endpoint !== undefined && URL.canParse(endpoint) ? [new URL(endpoint).origin] : []
  return { rendered: permissionsPage(model), targets }
}

async function askAgain({ app, session }: PortalCall): Promise<void> {
  const { granted } = await app.checks.read(session.tenantId)
  const age = granted === undefined ? undefined : app.now().getTime() - Date.parse(granted.at)
  if (age !== undefined && age < GRANTED_FOR_MS && granted?.value.problem === undefined) return
  const { learnGranted } = await import('../core/setup/granted.ts')
  await learnGranted(app.checks, app.renewedCredential, session.tenantId)
}

function consentOf({ granted }: KnownChecks): PermissionsModel['consent'] {
  const roles = granted?.value.roles
  return {
    at: granted?.at,
    problem: granted?.value.problem,
    list: permissions.map((permission) => ({
      ...permission,
      granted: roles === undefined ? undefined : roles.includes(permission.name),
    })),
  }
}

async function organizersOf(
  { app, session }: PortalCall,
  organizers: readonly string[],
  sites: readonly Site[],
  checks: KnownChecks,
): Promise<PermissionsModel['organizers']> {
  const graph = await app.graph(session.tenantId)
  const users = await Promise.all(organizers.slice(0, MOST_NAMES).map((id) => readUser(graph, id)))
  return organizers.map((id, index) => {
    const user = users[index]
    const kept = checks.organizers.get(id)
    return {
      id,
      name: user?.ok ? user.value.name : undefined,
      upn: user?.ok ? user.value.upn : undefined,
      check: kept && { at: kept.at, ...kept.value },
      ready: kept !== undefined && isReady(kept.value),
      usedBy: sitesOf(id, sites),
    }
  })
}

/** Where the check of the organizers stands. A round whose message was lost must not look as if it went on for ever. */
function runOf(
  organizers: readonly string[],
  checks: KnownChecks,
  now: Date,
): PermissionsModel['policy']['run'] {
  const { run } = checks
  if (run === undefined) return undefined
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(run.startedAt)) / 1000))
  const known = organizers.map((id) => checks.organizers.get(id)?.value)
  return {
    startedAt: run.startedAt,
    open: run.open && seconds < (GIVE_UP_MINUTES + 5) * 60,
    seconds,
    ready: known.filter((check) => check !== undefined && isReady(check)).length,
    waiting: known.filter((check) => check !== undefined && isWorthWaiting(check)).length,
  }
}

import { type KnownChecks, NOTHING_KNOWN } from '../setup/check-store.ts'
import { isReady, isWorthWaiting } from '../setup/organizer-check.ts'
import { accountsNeeded } from '../setup/organizers.ts'
import { missingPermissions } from '../setup/permissions.ts'
import { prerequisitesState } from '../setup/prerequisites.ts'
import type { Site } from '../sites/site.ts'
import type { Tenant } from '../sites/tenant.ts'

/** The steps of the setup, in their order. */
export const setupSteps = ['begin', 'permissions', 'sites', 'texts', 'review'] as const
export type SetupStep = (typeof setupSteps)[number]
export type StepState = 'done' | 'todo' | 'problem'
export type Progress = Readonly<Record<SetupStep, StepState>>

/**
 * How far a tenant has come, from what is stored alone: every page shows it, and none waits for Graph or an EHR. Pure.
 */
export function setupProgress(
  tenant: Tenant,
  sites: readonly Site[],
  checks: KnownChecks = NOTHING_KNOWN,
): Progress {
  const { smsConsents } = tenant
  const consented = smsConsents.sending !== undefined && smsConsents.recipients !== undefined
  const texting = sites.filter(({ texts }) => texts.on)
  return {
    begin: prerequisitesState(tenant),
    permissions: permissionsState(tenant, checks),
    sites:
      sites.length === 0 ? 'todo' : sites.every(({ launch }) => launch.clientId !== '') ? 'done' : 'problem',
    texts: texting.length === 0 ? 'todo' : consented ? 'done' : 'problem',
    review: sites.length > 0 && sites.every(({ setup }) => setup !== true) ? 'done' : 'todo',
  }
}

/**
 * An account that nobody has tried yet is taken for good: its tenant may have been set up by command. One that is tried
 * and waits for its access policy leaves the step open.
 */
function permissionsState({ organizers, visitsPerMonth }: Tenant, checks: KnownChecks): StepState {
  if (organizers.length === 0) return 'todo'
  const roles = checks.granted?.value.roles
  if (roles !== undefined && missingPermissions(roles).required.length > 0) return 'problem'
  const tried = organizers.flatMap((id) => checks.organizers.get(id)?.value ?? [])
  if (tried.some((check) => !isReady(check) && !isWorthWaiting(check))) return 'problem'
  if (visitsPerMonth !== undefined && organizers.length < accountsNeeded(visitsPerMonth)) return 'problem'
  return tried.every(isReady) ? 'done' : 'todo'
}

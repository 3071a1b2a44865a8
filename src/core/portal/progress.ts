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
export function setupProgress(tenant: Tenant, sites: readonly Site[]): Progress {
  const { answers, organizers, smsConsents } = tenant
  const consented = smsConsents.sending !== undefined && smsConsents.recipients !== undefined
  const texting = sites.filter(({ texts }) => texts.on)
  return {
    begin: answers.some(({ answer }) => answer === 'no') ? 'problem' : answers.length > 0 ? 'done' : 'todo',
    permissions: organizers.length > 0 ? 'done' : 'todo',
    sites:
      sites.length === 0 ? 'todo' : sites.every(({ launch }) => launch.clientId !== '') ? 'done' : 'problem',
    texts: texting.length === 0 ? 'todo' : consented ? 'done' : 'problem',
    review: sites.length > 0 && sites.every(({ setup }) => setup !== true) ? 'done' : 'todo',
  }
}

import { z } from 'zod'

/** The checks of the connection doctor, in the order in which they run and are shown. */
export const checkIds = [
  'reachable',
  'fhir_version',
  'smart_configuration',
  'pkce',
  'auth_methods',
  'ehr_keys',
  'system_token',
  'system_scopes',
  'appointment_search',
  'locations',
  'video_visits',
  'patient',
  'write_back',
  'graph_consent',
  'organizers',
  'access_policy',
  'meeting_room',
  'lobby',
  'virtual_url',
  'roster',
  'clean_up',
  'sender',
  'email',
  'own_keys',
  'test_text',
] as const
export type CheckId = (typeof checkIds)[number]

export const lineStates = ['waiting', 'running', 'pass', 'warn', 'fail', 'skip'] as const
export type LineState = (typeof lineStates)[number]

/**
 * One line of a run. `what` says what was found, `remedy` what to do about it, `code` names it for support. Names of
 * locations, accounts and scopes may stand in it; never anything of a patient, a phone number or a secret.
 */
export const line = z.object({
  id: z.enum(checkIds),
  state: z.enum(lineStates),
  what: z.string().max(1000),
  remedy: z.string().max(1000).optional(),
  code: z.string().max(64).optional(),
})
export type Line = z.infer<typeof line>

/** What a check found. */
export type Outcome = Omit<Line, 'id' | 'state'> & { readonly state: Exclude<LineState, 'waiting'> }

export const pass = (what: string): Outcome => ({ state: 'pass', what })
/** Not needed here; says why. */
export const skip = (what: string, code = 'not_needed'): Outcome => ({ state: 'skip', what, code })
export const warn = (code: string, what: string, remedy: string): Outcome => ({
  state: 'warn',
  code,
  what,
  remedy,
})
export const failed = (code: string, what: string, remedy: string): Outcome => ({
  state: 'fail',
  code,
  what,
  remedy,
})

/** Whether nothing more will come of a line. */
export function isFinal({ state }: Pick<Line, 'state'>): boolean {
  return state !== 'waiting' && state !== 'running'
}

/**
 * SMART scopes, version 1 (`user/Appointment.read`) and version 2 (`user/Appointment.rs`).
 * Source: SMART App Launch 2.2, "Scopes and Launch Context".
 */
export type Interaction = 'r' | 's' | 'u'

export const RESOURCE_TYPES = [
  'Appointment',
  'Encounter',
  'Location',
  'Patient',
  'Practitioner',
  'RelatedPerson',
] as const
export type ResourceType = (typeof RESOURCE_TYPES)[number]

const PLAIN = ['openid', 'profile', 'fhirUser', 'launch', 'online_access', 'offline_access']
const LETTERS = ['c', 'r', 'u', 'd', 's']

type ClinicalScope = { readonly context: string; readonly type: string; readonly letters: string }

function parse(scope: string): ClinicalScope | undefined {
  const match = /^(patient|user|system)\/([A-Za-z]+|\*)\.(read|write|\*|c?r?u?d?s?)$/.exec(scope)
  const [, context, type, access] = match ?? []
  if (!context || !type || !access) return undefined
  const version1: Record<string, string> = { read: 'rs', write: 'cud', '*': 'cruds' }
  return { context, type, letters: version1[access] ?? access }
}

/** Every scope string that this server knows; the rest is dropped silently from a request. */
export function supportedScopes(): string[] {
  const v2 = Array.from({ length: 31 }, (_, i) => LETTERS.filter((_l, bit) => ((i + 1) >> bit) & 1).join(''))
  const accesses = ['read', 'write', '*', ...v2]
  const clinical = ['patient', 'user', 'system'].flatMap((context) =>
    [...RESOURCE_TYPES, '*'].flatMap((type) => accesses.map((access) => `${context}/${type}.${access}`)),
  )
  return [...PLAIN, ...clinical]
}

const SUPPORTED = new Set(supportedScopes())

const CONTEXT_OF = { provider: 'user', patient: 'patient', system: 'system' } as const

/**
 * Why the registration desk does not give a scope to an application: unknown, a wildcard (Oracle Health has none), or of
 * another kind of application. undefined = it may have it.
 */
export function scopeRefusal(scope: string, persona: keyof typeof CONTEXT_OF): string | undefined {
  const clinical = parse(scope)
  if (scope.includes('*')) return `${scope}: wildcards are not supported. Name each resource.`
  if (!SUPPORTED.has(scope)) return `${scope} is not a scope that this EHR knows.`
  if (!clinical) return persona === 'system' ? `${scope} is not for system accounts.` : undefined
  const own = CONTEXT_OF[persona]
  return clinical.context === own ? undefined : `${scope}: this kind of application takes ${own}/ scopes.`
}

function covers(registered: string, requested: string): boolean {
  if (registered === requested) return true
  const [have, want] = [parse(registered), parse(requested)]
  if (!have || !want || have.context !== want.context) return false
  if (have.type !== '*' && have.type !== want.type) return false
  return [...want.letters].every((letter) => have.letters.includes(letter))
}

/**
 * What the authorization server grants of a request: the scopes that it knows and that the client's registration covers.
 * Oracle Health drops the others without a word, so the answer's `scope` is the only place where that shows.
 */
export function grantedScopes(requested: string, registered: string, dropped: readonly string[]): string[] {
  const have = registered.split(' ').filter(Boolean)
  return [...new Set(requested.split(' '))].filter(
    (scope) =>
      SUPPORTED.has(scope) && !dropped.includes(scope) && have.some((candidate) => covers(candidate, scope)),
  )
}

/** Whether scopes allow an interaction with a resource type, and if so whether only for the launch's patient. */
export function permission(
  scopes: readonly string[],
  contexts: readonly ('patient' | 'user' | 'system')[],
  type: string,
  interaction: Interaction,
): 'all' | 'compartment' | 'none' {
  const fitting = scopes
    .map(parse)
    .filter((scope) => scope !== undefined)
    .filter((scope) => (contexts as readonly string[]).includes(scope.context))
    .filter((scope) => (scope.type === '*' || scope.type === type) && scope.letters.includes(interaction))
  if (fitting.some((scope) => scope.context !== 'patient')) return 'all'
  return fitting.length > 0 ? 'compartment' : 'none'
}

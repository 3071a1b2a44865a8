import { split } from '../../smart/scopes.ts'
import type { SiteClient } from '../site.ts'
import type { ClientInput } from './input.ts'
import type { Tell } from './read-settings.ts'

/** Whose client a part of the form is; `system` proves itself alone, and so cannot be public. */
export type ClientRole = 'launch' | 'system' | 'portal'

/**
 * A client from its form, or undefined with what is wrong told.
 * @param kept the sealed secret that is there already: an empty field leaves it as it is.
 * @param sealed seals a new one for this site.
 */
export function readClient(
  role: ClientRole,
  { clientId, method, secret, scopes }: ClientInput,
  kept: SiteClient | undefined,
  sealed: (secret: string) => string,
  tell: Tell,
): SiteClient | undefined {
  if (clientId.length > 200 || /[^\x21-\x7e]/.test(clientId))
    return tell(
      `${role}.clientId`,
      'A client id has no spaces and at most 200 characters. Copy it from the EHR team.',
    )
  if (scopes === '') return tell(`${role}.scopes`, 'Enter the scopes that are registered at the EHR.')
  if (scopes.length > 2_000 || /[^\x20-\x7e]/.test(scopes))
    return tell(`${role}.scopes`, 'Scopes are words such as user/Appointment.read, separated by spaces.')
  const forbidden = split(scopes).filter((scope) => /^(online|offline)_access$/.test(scope))
  if (role === 'system' && forbidden.length > 0)
    return tell(
      'system.scopes',
      `A system account must not ask for ${forbidden.join(' and ')}: nobody is signed in.`,
    )
  const auth = readAuth(role, method, secret, kept, sealed, tell)
  return auth && { clientId, auth, scopes }
}

function readAuth(
  role: ClientRole,
  method: string,
  secret: string,
  kept: SiteClient | undefined,
  sealed: (secret: string) => string,
  tell: Tell,
): SiteClient['auth'] | undefined {
  if (method === 'private_key_jwt') return { method }
  if (method === 'none' && role !== 'system') return { method }
  if (method !== 'client_secret_basic') return tell(`${role}.method`, 'Choose one of the ways in the list.')
  if (secret.length > 1_000) return tell(`${role}.secret`, 'A client secret has at most 1,000 characters.')
  if (secret !== '') return { method, sealedSecret: sealed(secret) }
  if (kept?.auth.method === 'client_secret_basic') return kept.auth
  return tell(`${role}.secret`, 'Enter the client secret that the EHR team gave you.')
}

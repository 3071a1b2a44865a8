import type { SmartConfiguration } from '../../smart/types.ts'
import type { Told, UrlNote, UrlProblem } from './finding.ts'

/** How this connector can prove itself at a token endpoint. */
const METHODS = ['private_key_jwt', 'client_secret_basic', 'none']

/**
 * Whether what an authorization server says of itself is enough for a launch, and what will not work with it. Lists that
 * it leaves out prove nothing (SMART App Launch 2.2.0 §Conformance). Pure.
 */
export function signInServer({
  source,
  capabilities,
  grantTypes,
  tokenEndpointAuthMethods: methods,
  jwksUri,
  scopes,
}: SmartConfiguration): { readonly problem?: Told<UrlProblem>; readonly notes: readonly Told<UrlNote>[] } {
  const notes: Told<UrlNote>[] = []
  const lacks = (list: readonly string[], word: string) => list.length > 0 && !list.includes(word)
  const publicOnes = capabilities.includes('client-public')
  if (methods.length > 0 && !publicOnes && !methods.some((method) => METHODS.includes(method)))
    return { problem: { code: 'smart_no_auth_method', shown: methods.join(', ').slice(0, 200) }, notes }
  if (lacks(grantTypes, 'authorization_code'))
    return { problem: { code: 'smart_no_code_grant', shown: grantTypes.join(', ').slice(0, 200) }, notes }
  const reads = (who: string) => scopes.some((scope) => scope.startsWith(`${who}/`))
  if (reads('patient') && !reads('user')) notes.push({ code: 'patient_base' })
  if (lacks(methods, 'private_key_jwt')) notes.push({ code: 'no_key_auth' })
  if (lacks(grantTypes, 'client_credentials')) notes.push({ code: 'no_system_account' })
  if (lacks(capabilities, 'launch-ehr')) notes.push({ code: 'no_launch_capability' })
  if (jwksUri === undefined && source === 'smart_configuration') notes.push({ code: 'no_keys_named' })
  return { notes }
}

import type { IncomingMessage } from 'node:http'
import type { EhrAddresses } from './addresses.ts'
import type { Persona } from './launch-contexts.ts'

const personas = new WeakMap<IncomingMessage, Persona>()

/**
 * Each persona has an authorize address of its own, while the library serves one: a request to the patient's is handed
 * to it under the provider's path, and whose it was is remembered here.
 */
export function routePersona(req: IncomingMessage, url: URL, addresses: EhrAddresses): void {
  if (url.pathname !== addresses.patientAuthorizePath) return
  personas.set(req, 'patient')
  req.url = `${addresses.authorizePath}${url.search}`
}

export function personaOf(req: IncomingMessage): Persona {
  return personas.get(req) ?? 'provider'
}

import { departmentId, LOCATION_ID } from '../../src/core/sites/department-id.ts'
import type { Department, SiteClient, VideoRule } from '../../src/core/sites/site.ts'

/** Where a problem of an option is told. */
export type Tell = (option: string, problem: string) => undefined

/** `--location ID=NAME …`: the locations of one name are one department, swept together. */
export function departments(locations: readonly string[], tell: Tell): Department[] {
  const named = new Map<string, string[]>()
  for (const given of locations) {
    const [id = '', ...rest] = given.split('=')
    const name = rest.join('=').trim() || id
    if (!LOCATION_ID.test(id)) tell('location', `"${given}" does not begin with a FHIR Location id and "="`)
    else if ([...named.values()].flat().includes(id)) tell('location', `${id} is given twice`)
    else named.set(name, [...(named.get(name) ?? []), id])
  }
  const used = new Set<string>()
  return [...named].map(([name, locationIds], index) => {
    const id = departmentId(name, index, used)
    used.add(id)
    return { id, name, locationIds, on: true }
  })
}

/** `virtual_meeting_room`, `virtual_service` or `service_type:CODE,CODE`. */
export function videoRule(given: string, tell: Tell): VideoRule | undefined {
  if (given === 'virtual_meeting_room' || given === 'virtual_service') return { kind: given }
  const [kind, listed = ''] = given.split(/:(.*)/s)
  const codes = listed
    .split(',')
    .map((code) => code.trim())
    .filter(Boolean)
  if (kind === 'service_type' && codes.length > 0) return { kind, codes }
  return tell(
    'video-rule',
    `"${given}" is none of virtual_meeting_room, virtual_service, service_type:CODE,CODE`,
  )
}

/** `21:00-08:00` */
export function quietHours(given: string, tell: Tell): { from: string; to: string } | undefined {
  const time = '([01]\\d|2[0-3]):[0-5]\\d'
  const [from, to] = given.split('-')
  if (from && to && new RegExp(`^${time}-${time}$`).test(given)) return { from, to }
  return tell('quiet-hours', `"${given}" does not read FROM-TO, such as 21:00-08:00`)
}

/** @param secret sealed already; a secret itself is never an option, where other users of the machine could read it. */
export function clientAuth(
  option: string,
  method: string,
  secret: { readonly variable: string; readonly sealed: string | undefined },
  tell: Tell,
): SiteClient['auth'] | undefined {
  if (method === 'private_key_jwt') return { method }
  if (method === 'none' && option === 'client-auth') return { method }
  if (method === 'client_secret_basic') {
    if (secret.sealed) return { method, sealedSecret: secret.sealed }
    return tell(option, `client_secret_basic needs the secret in the environment variable ${secret.variable}`)
  }
  return tell(option, `"${method}" is not a way of authenticating that is known here`)
}

import { randomUUID } from 'node:crypto'
import type { EhrFaults } from '../contracts.ts'
import type { EhrAddresses } from './addresses.ts'
import { appointmentResource } from './appointment-resource.ts'
import { appointmentQuery } from './appointment-search.ts'
import { type AuthenticateBearer, allowed, type Bearer } from './bearer.ts'
import type { Clinic } from './clinic.ts'
import type { Persona } from './launch-contexts.ts'
import { bearerRefusal, type FhirAnswer, notFound, outcome, unsupportedSearch } from './outcomes.ts'
import type { Pages } from './pages.ts'
import { patchAppointment } from './patch.ts'
import { inCompartment, readResource, searchResources } from './resources.ts'
import { type Interaction, RESOURCE_TYPES, type ResourceType } from './scopes.ts'

/** A request below the FHIR base. */
export type FhirRequest = {
  readonly method: string
  /** Path behind the base, without leading slash: `Appointment/4817501`. */
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export type FhirParts = {
  readonly addresses: EhrAddresses
  readonly clinic: Clinic
  readonly faults: EhrFaults
  readonly authenticate: AuthenticateBearer
  readonly pages: Pages
  /** Whose base this is: a token of the other persona is unknown here. */
  readonly persona: Persona
}

const JSON_TYPES = /^(application\/(fhir\+json|json\+fhir|json|\*)|\*\/\*)$/

/** Answers one FHIR request: gateway faults, media type, token, scope, then the resource. */
export async function answerFhir(parts: FhirParts, request: FhirRequest): Promise<FhirAnswer> {
  const fault = gatewayFault(parts.faults)
  if (fault) return fault
  if (!acceptsJson(header(request, 'accept'))) return { status: 406 }

  const bearer = await parts.authenticate(header(request, 'authorization'))
  if (bearer?.persona !== parts.persona || parts.faults.fhirTokenRefused)
    return bearerRefusal(401, 'invalid_token', 'The access token is missing, invalid or expired')

  const [name, id, ...more] = request.path.split('/')
  const type = RESOURCE_TYPES.find((candidate) => candidate === name)
  if (!type || more.length > 0) return outcome(404, 'not-supported', 'Resource is not supported')

  const interaction = interactionOf(request.method, type, id)
  if (!interaction) return outcome(405, 'not-supported', 'Interaction is not supported')
  const scope = grantedFor(bearer, type, interaction)
  if (scope === 'none' || parts.faults.fhirForbidden) {
    return bearerRefusal(403, 'insufficient_scope', `No granted scope covers this use of ${type}`)
  }
  const limit = scope === 'compartment' ? (bearer.patientId ?? '') : undefined
  if (isFlawed(parts.faults, type, interaction)) {
    return bearerRefusal(403, 'insufficient_scope', `No granted scope covers this use of ${type}`)
  }
  if (interaction === 's') return search(parts, type, request.query, limit)

  const resource = readResource(parts.clinic, type, id ?? '')
  if (!resource) return notFound()
  if (limit !== undefined && !inCompartment(resource, limit)) {
    return bearerRefusal(403, 'insufficient_scope', 'The resource belongs to another patient')
  }
  if (interaction === 'r') {
    return { status: 200, headers: { etag: `W/"${resource.meta?.versionId ?? '0'}"` }, body: resource }
  }
  const record = parts.clinic.appointments.get(id ?? '')
  if (!record) return notFound()
  return patchAppointment(parts.clinic, record, {
    contentType: header(request, 'content-type'),
    ifMatch: header(request, 'if-match'),
    body: request.body,
  })
}

function header(request: FhirRequest, name: string): string | undefined {
  const value = request.headers[name]
  return Array.isArray(value) ? value[0] : value
}

function gatewayFault(faults: EhrFaults): FhirAnswer | undefined {
  if (faults.fhirUnavailable) return outcome(503, 'transient', 'Service unavailable', { 'retry-after': '30' })
  if (faults.fhirThrottled) return outcome(429, 'throttled', 'Too many requests')
  return undefined
}

function acceptsJson(accept: string | undefined): boolean {
  if (!accept) return true
  return accept.split(',').some((range) => JSON_TYPES.test(range.split(';')[0]?.trim() ?? ''))
}

function interactionOf(method: string, type: ResourceType, id: string | undefined): Interaction | undefined {
  if (method === 'GET') return id ? 'r' : 's'
  return method === 'PATCH' && type === 'Appointment' && id ? 'u' : undefined
}

function isFlawed({ flaws }: EhrFaults, type: ResourceType, interaction: Interaction): boolean {
  if (interaction === 'u') return flaws.has('writing')
  return type === 'Patient' && flaws.has('patient_read')
}

/** A patch needs the read scope as well as the write scope (Oracle Health "Appointment", Patch). */
function grantedFor(bearer: Bearer, type: ResourceType, interaction: Interaction) {
  if (interaction === 'u' && allowed(bearer, type, 'r') === 'none') return 'none'
  return allowed(bearer, type, interaction)
}

function search(
  parts: FhirParts,
  type: ResourceType,
  query: URLSearchParams,
  limit: string | undefined,
): FhirAnswer {
  const visible = (resource: fhir4.Resource) => limit === undefined || inCompartment(resource, limit)
  const self = `${parts.addresses.fhirBaseUrl}/${type}?${query}`
  if (type === 'Appointment' && parts.faults.flaws.has('search')) {
    return outcome(500, 'exception', 'Internal server error')
  }
  if (type !== 'Appointment') {
    const found = searchResources(parts.clinic, type, query)
    // The first location is the one that nobody has any more.
    const [gone] = parts.faults.flaws.has('location') ? parts.clinic.locations.keys() : []
    const there = found?.filter((resource) => visible(resource) && resource.id !== gone)
    return there ? bundle(parts, self, undefined, there) : unsupportedSearch()
  }
  const page = appointmentPage(parts, query)
  if (!page) return unsupportedSearch()
  const found = page.ids
    .map((id) => parts.clinic.appointments.get(id))
    .filter((record) => record !== undefined)
    .map((record) => (parts.faults.flaws.has('video_mark') ? { ...record, video: false } : record))
    .map((record) => appointmentResource(record, parts.clinic))
  return bundle(parts, self, page.next, found.filter(visible))
}

function appointmentPage(parts: FhirParts, query: URLSearchParams) {
  const context = query.get('-pageContext')
  if (context !== null) return parts.pages.follow('Appointment', context)
  const wanted = appointmentQuery(query)
  if (!wanted) return undefined
  const found = parts.clinic.appointments.all().filter(wanted.matches)
  return parts.pages.first(
    'Appointment',
    found.map(({ id }) => id),
    wanted.pageSize,
  )
}

function bundle(
  parts: FhirParts,
  self: string,
  next: string | undefined,
  resources: readonly fhir4.FhirResource[],
): FhirAnswer {
  const body: fhir4.Bundle = {
    resourceType: 'Bundle',
    id: randomUUID(),
    type: 'searchset',
    link: [{ relation: 'self', url: self }, ...(next ? [{ relation: 'next', url: next }] : [])],
    ...(resources.length > 0
      ? {
          entry: resources.map((resource) => ({
            fullUrl: `${parts.addresses.fhirBaseUrl}/${resource.resourceType}/${resource.id}`,
            resource,
          })),
        }
      : {}),
  }
  return { status: 200, body }
}

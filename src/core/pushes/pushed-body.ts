import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import { isBaseUrl, normalizedBase } from '../sites/base-url.ts'

export type PushBodyFailure =
  | 'push_not_json'
  | 'push_not_fhir'
  /** DSTU2 or STU3, by an element that R4 no longer has. */
  | 'push_old_fhir'
  | 'push_no_id'
  | 'push_bad_reference'
  | 'push_foreign_server'
  | 'push_empty'
  | 'push_too_many'

/** Which appointments the EHR is to be asked about; `ignored` entries were of something else. */
export type Pushed = { readonly ids: readonly string[]; readonly ignored: number }

/** Entries of one Bundle. */
export const MOST_ENTRIES = 100

/** FHIR R4, datatype id. */
const ID = /^[A-Za-z0-9.-]{1,64}$/
const REFERENCE =
  /^(?:(https?:\/\/.+)\/)?Appointment\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/

const bundle = z.object({ entry: z.array(z.unknown()).optional() })
const entry = z.object({
  fullUrl: z.string().optional(),
  resource: z.looseObject({ resourceType: z.string() }).optional(),
  request: z.object({ url: z.string() }).optional(),
})

/**
 * The ids of the appointments that a pushed body is about: an Appointment, a Bundle of them, or a reference. Nothing
 * else of it is read, let alone believed: it says which appointments are worth a look. Pure.
 * @param fhirBaseUrl of the site: a reference to another server is refused, since its ids mean nothing here.
 */
export function pushedAppointments(text: string, fhirBaseUrl: string): Result<Pushed, PushBodyFailure> {
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    return fail('push_not_json')
  }
  const parsed = z.looseObject({ resourceType: z.string().optional() }).safeParse(body)
  if (!parsed.success) return fail('push_not_fhir')
  const { resourceType, reference } = parsed.data
  if (resourceType === undefined && typeof reference === 'string') {
    const id = referencedId(reference, fhirBaseUrl)
    return id.ok ? ok({ ids: [id.value], ignored: 0 }) : id
  }
  if (resourceType === 'Appointment') {
    const id = resourceId(parsed.data)
    return id.ok ? ok({ ids: [id.value], ignored: 0 }) : id
  }
  if (resourceType === 'Bundle') return ofBundle(parsed.data, fhirBaseUrl)
  return fail('push_not_fhir')
}

function ofBundle(body: object, fhirBaseUrl: string): Result<Pushed, PushBodyFailure> {
  const { data } = bundle.safeParse(body)
  if (!data) return fail('push_not_fhir')
  const entries = data.entry ?? []
  if (entries.length > MOST_ENTRIES) return fail('push_too_many')
  const ids = new Set<string>()
  let ignored = 0
  for (const [index, each] of entries.entries()) {
    const id = entryId(each, fhirBaseUrl)
    if (id === 'another') ignored++
    else if (!id.ok) return fail(id.failure.code, { detail: `Bundle.entry[${index}]` })
    else ids.add(id.value)
  }
  return ids.size === 0 ? fail('push_empty') : ok({ ids: [...ids], ignored })
}

/** `another`: an entry about something else than an appointment, such as the header of a message. */
function entryId(from: unknown, fhirBaseUrl: string): Result<string, PushBodyFailure> | 'another' {
  const { data } = entry.safeParse(from)
  if (!data) return fail('push_not_fhir')
  const { resource, request, fullUrl } = data
  // What was deleted has a request and nothing else.
  if (!resource)
    return request && /(^|\/)Appointment\//.test(request.url)
      ? referencedId(request.url, fhirBaseUrl)
      : 'another'
  if (resource.resourceType !== 'Appointment') return 'another'
  const named =
    fullUrl !== undefined && /^https?:/i.test(fullUrl) ? referencedId(fullUrl, fhirBaseUrl) : undefined
  return named && !named.ok ? named : resourceId(resource)
}

function resourceId(resource: Readonly<Record<string, unknown>>): Result<string, PushBodyFailure> {
  // R4 has appointmentType and reasonCode instead ("Appointment", History of element names).
  if ('type' in resource || 'reason' in resource) return fail('push_old_fhir')
  const { id } = resource
  return typeof id === 'string' && ID.test(id) ? ok(id) : fail('push_no_id')
}

function referencedId(reference: string, fhirBaseUrl: string): Result<string, PushBodyFailure> {
  const [, base, id] = REFERENCE.exec(reference.trim()) ?? []
  if (id === undefined) return fail('push_bad_reference')
  const ours = base === undefined || (isBaseUrl(base) && normalizedBase(base) === normalizedBase(fhirBaseUrl))
  return ours ? ok(id) : fail('push_foreign_server')
}

import { z } from 'zod'
import { type AppointmentRecord, type RoomLinks, versionId } from './appointments.ts'
import type { Clinic } from './clinic.ts'
import { type FhirAnswer, outcome } from './outcomes.ts'
import { patchStatus } from './patch-status.ts'

/**
 * `PATCH Appointment/{id}` with video links, by the rules of Oracle Health "Appointment | R4 API", Patch. In a patch
 * `contained` 0 is the provider's room and 1 the patient's, the other way round than in a read.
 */
const PATHS = {
  '/contained/0/telecom/0/value': 'provider',
  '/contained/1/telecom/0/value': 'patient',
  '/contained/0/telecom/0/period/start': 'start',
  '/contained/0/telecom/0/period/end': 'end',
} as const satisfies Record<string, keyof RoomLinks>

const LONGEST_LINK = 255

const operations = z.array(z.object({ op: z.string(), path: z.string(), value: z.unknown() })).min(1)

export type PatchRequest = {
  readonly contentType: string | undefined
  readonly ifMatch: string | undefined
  readonly body: string
}

/** Applies a patch, or says why not. Success: 200, empty, with the new version as ETag. */
export function patchAppointment(
  clinic: Clinic,
  record: AppointmentRecord,
  request: PatchRequest,
): FhirAnswer {
  const { appointments } = clinic
  if (request.contentType?.split(';')[0]?.trim() !== 'application/json-patch+json') {
    return outcome(415, 'not-supported', 'Content-Type must be application/json-patch+json')
  }
  const parsed = operations.safeParse(json(request.body))
  if (!parsed.success) return outcome(400, 'structure', 'body must be a JSON Patch array of operations')
  if (request.ifMatch === undefined) return outcome(412, 'required', 'If-Match is required')
  if (appointments.locked.has(record.id)) {
    return outcome(423, 'lock-error', 'Appointment is being modified')
  }
  if (request.ifMatch !== `W/"${versionId(record)}"`) {
    return outcome(409, 'conflict', 'Appointment version is not current')
  }
  const refusal = parsed.data.some(({ path }) => path === '/status')
    ? patchStatus(clinic, record, parsed.data)
    : patchLinks(clinic, record, parsed.data)
  if (refusal) return refusal
  const patched = appointments.get(record.id) ?? record
  return { status: 200, headers: { etag: `W/"${versionId(patched)}"` } }
}

function json(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function patchLinks(
  clinic: Clinic,
  record: AppointmentRecord,
  ops: z.infer<typeof operations>,
): FhirAnswer | undefined {
  const unprocessable = (why: string) => outcome(422, 'business-rule', why)
  if (!record.video) return unprocessable('Appointment is not a video visit')
  const verbs = new Set(ops.map(({ op }) => op))
  const [verb] = verbs
  if (verbs.size !== 1) return unprocessable('add and replace operations must not be mixed')
  if (verb !== 'add' && verb !== 'replace') return unprocessable('only add and replace are supported')

  const links: Partial<Record<keyof RoomLinks, string>> = {}
  for (const { path, value } of ops) {
    const field = Object.hasOwn(PATHS, path) ? PATHS[path as keyof typeof PATHS] : undefined
    if (!field) return unprocessable('path is not supported')
    if (typeof value !== 'string' || field in links) {
      return unprocessable('each path must come once, with a string')
    }
    links[field] = value
  }
  const { provider, patient, start, end } = links
  if (provider === undefined || patient === undefined || start === undefined || end === undefined) {
    return unprocessable('a required operation is missing')
  }
  if (![provider, patient].every(isLink)) {
    return unprocessable(`links must be http(s) URLs of at most ${LONGEST_LINK} characters`)
  }
  if (!(Date.parse(start) < Date.parse(end)))
    return unprocessable('period must be two instants, start before end')
  if (verb === 'add' && record.links) return outcome(409, 'conflict', 'video visit links are already present')
  if (verb === 'replace' && !record.links) return unprocessable('there is no video visit link to replace')
  if (clinic.appointments.withoutDependency.has(record.id)) {
    return outcome(424, 'processing', 'an operation that the update depends on has failed')
  }
  clinic.appointments.writeLinks(record.id, { provider, patient, start, end })
  return undefined
}

function isLink(value: string): boolean {
  return value.length <= LONGEST_LINK && /^https?:$/.test(URL.parse(value)?.protocol ?? '')
}

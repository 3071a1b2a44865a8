import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import type { VideoRule } from '../sites/site.ts'
import { type Appointment, parseAppointment } from './appointment.ts'
import { callEhr, type EhrFailure, fhirClient } from './fhir-client.ts'
import { type Guardian, parseGuardian } from './guardian.ts'
import { type Patient, parsePatient } from './patient.ts'
import { type PatchOperation, parseWritable, type Writable } from './video-links.ts'

/** Reading and writing one site's EHR with one token. */
export type Ehr = {
  appointment(id: string): Promise<Result<Appointment, EhrFailure>>
  /** Of any number of ids, a hundred in one request; ids that the EHR no longer knows are missing from the map. */
  appointments(ids: readonly string[]): Promise<Result<Map<string, Appointment>, EhrFailure>>
  /** Every appointment of the locations that starts in [from, to), each once however the pages repeat it. */
  appointmentsIn(
    locationIds: readonly string[],
    from: Date,
    to: Date,
  ): Promise<Result<Map<string, Appointment>, EhrFailure>>
  appointmentsOfPatient(
    patientId: string,
    from: Date,
    to: Date,
  ): Promise<Result<Map<string, Appointment>, EhrFailure>>
  /** A practitioner's appointments that start in [from, to). */
  appointmentsOfPractitioner(
    practitionerId: string,
    from: Date,
    to: Date,
  ): Promise<Result<Map<string, Appointment>, EhrFailure>>
  /** The appointments that an Encounter refers to; none where it refers to none. */
  appointmentsOfEncounter(encounterId: string): Promise<Result<Map<string, Appointment>, EhrFailure>>
  /** What a write needs to know of an appointment, read now. */
  writable(id: string): Promise<Result<Writable, EhrFailure>>
  /** JSON Patch of one appointment, over the version that was read; `ehr_conflict` where it is another one by now. */
  patchAppointment(
    id: string,
    versionId: string,
    operations: readonly PatchOperation[],
  ): Promise<Result<void, EhrFailure>>
  patient(id: string): Promise<Result<Patient, EhrFailure>>
  patients(ids: readonly string[]): Promise<Result<Map<string, Patient>, EhrFailure>>
  /** Guardians and parents of a patient that the EHR keeps as RelatedPerson resources. */
  guardiansOf(patientId: string): Promise<Result<Map<string, Guardian & { readonly id: string }>, EhrFailure>>
}

/** A window of more pages than this is a loop or a mistake. */
const MOST_PAGES = 500
const PAGE = 100

export type EhrConnection = {
  readonly fhirBaseUrl: string
  readonly accessToken: string
  readonly videoRule: VideoRule
  /** The EHR no longer takes the token. */
  readonly onTokenRefused?: () => void
  /** The EHR took the token. */
  readonly onTokenTaken?: () => void
}

export function ehr(connection: EhrConnection, now: () => Date): Ehr {
  const client = fhirClient(connection.fhirBaseUrl, connection.accessToken)

  async function call<T>(work: () => Promise<T>): Promise<Result<T, EhrFailure>> {
    const answer = await callEhr(work, now())
    if (answer.ok) connection.onTokenTaken?.()
    else if (answer.failure.code === 'ehr_token_expired') connection.onTokenRefused?.()
    return answer
  }

  async function search<T extends { id: string }>(
    query: string,
    parse: (resource: unknown) => T | undefined,
  ): Promise<Result<Map<string, T>, EhrFailure>> {
    return call(async () => {
      const found = new Map<string, T>()
      const seen = new Set<string>()
      let next: string | undefined = query
      while (next !== undefined) {
        // The same next link twice is a loop on the EHR's side: what was read so far would not be the whole window.
        if (seen.has(next) || seen.size >= MOST_PAGES) throw new Error('the pages of a search do not end')
        seen.add(next)
        const page: fhir4.Bundle = await client.fhirRequest(next)
        if (page?.resourceType !== 'Bundle') throw new Error('a search did not answer with a Bundle')
        for (const entry of page.entry ?? []) {
          const resource = parse(entry.resource)
          if (resource) found.set(resource.id, resource)
        }
        next = page.link?.find((link) => link.relation === 'next')?.url
      }
      return found
    })
  }
  const appointmentOf = (resource: unknown) => parseAppointment(resource, connection.videoRule)
  const patientOf = (resource: unknown) => parsePatient(resource, now())

  async function read<T>(
    path: string,
    parse: (resource: unknown) => T | undefined,
  ): Promise<Result<T, EhrFailure>> {
    const found = await call(() => client.fhirRequest(path))
    if (!found.ok) return found
    const parsed = parse(found.value)
    return parsed === undefined
      ? fail('ehr_answer_invalid', { detail: 'a read resource did not parse' })
      : ok(parsed)
  }
  const window = (from: Date, to: Date) =>
    `date=ge${from.toISOString()}&date=lt${to.toISOString()}&_count=${PAGE}`
  async function many<T extends { id: string }>(
    type: string,
    ids: readonly string[],
    parse: (resource: unknown) => T | undefined,
  ): Promise<Result<Map<string, T>, EhrFailure>> {
    const found = new Map<string, T>()
    const wanted = [...new Set(ids)]
    for (let at = 0; at < wanted.length; at += PAGE) {
      const chunk = wanted.slice(at, at + PAGE).map(encodeURIComponent)
      const read = await search(`${type}?_id=${chunk.join(',')}&_count=${PAGE}`, parse)
      if (!read.ok) return read
      for (const [id, resource] of read.value) found.set(id, resource)
    }
    return ok(found)
  }

  return {
    appointment: (id) => read(`Appointment/${encodeURIComponent(id)}`, appointmentOf),
    appointments: (ids) => many('Appointment', ids, appointmentOf),
    appointmentsIn: (locationIds, from, to) =>
      search(
        `Appointment?location=${locationIds.map(encodeURIComponent).join(',')}&${window(from, to)}`,
        appointmentOf,
      ),
    appointmentsOfPatient: (patientId, from, to) =>
      search(`Appointment?patient=${encodeURIComponent(patientId)}&${window(from, to)}`, appointmentOf),
    appointmentsOfPractitioner: (practitionerId, from, to) =>
      search(
        `Appointment?practitioner=${encodeURIComponent(practitionerId)}&${window(from, to)}`,
        appointmentOf,
      ),
    async appointmentsOfEncounter(encounterId) {
      const linked = await read(`Encounter/${encodeURIComponent(encounterId)}`, appointmentIdsOf)
      return linked.ok ? many('Appointment', linked.value, appointmentOf) : linked
    },
    writable: (id) => read(`Appointment/${encodeURIComponent(id)}`, parseWritable),
    async patchAppointment(id, versionId, operations) {
      const patched = await call(() =>
        client.fhirRequest(`Appointment/${encodeURIComponent(id)}`, {
          method: 'PATCH',
          headers: { 'content-type': 'application/json-patch+json', 'if-match': `W/"${versionId}"` },
          body: JSON.stringify(operations),
        }),
      )
      return patched.ok ? ok(undefined) : patched
    },
    patient: (id) => read(`Patient/${encodeURIComponent(id)}`, patientOf),
    patients: (ids) => many('Patient', ids, patientOf),
    guardiansOf: (patientId) =>
      search(`RelatedPerson?patient=${encodeURIComponent(patientId)}`, (resource) =>
        parseGuardian(resource, now()),
      ),
  }
}

const encounter = z.object({
  resourceType: z.literal('Encounter'),
  appointment: z.array(z.object({ reference: z.string().optional() })).default([]),
})

function appointmentIdsOf(resource: unknown): string[] | undefined {
  const parsed = encounter.safeParse(resource)
  if (!parsed.success) return undefined
  return parsed.data.appointment.flatMap(
    ({ reference }) => /(?:^|\/)Appointment\/([A-Za-z0-9.-]{1,64})$/.exec(reference ?? '')?.[1] ?? [],
  )
}

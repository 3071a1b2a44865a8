import { z } from 'zod'
import type { Told, UrlNote, UrlProblem } from './finding.ts'

/** What a server's CapabilityStatement says of it, as far as we ask. */
export type FhirServer = {
  readonly software: { readonly name: string; readonly version?: string | undefined } | undefined
  readonly notes: readonly Told<UrlNote>[]
  /** What is wrong with its Appointments; undefined where all is well. */
  readonly appointments: Told<UrlProblem> | undefined
  /** Locations can be searched by name. */
  readonly locationsByName: boolean
}

const text = z.string().max(500)
const statement = z.object({
  resourceType: z.string(),
  fhirVersion: text.optional(),
  software: z.object({ name: text, version: text.optional() }).optional().catch(undefined),
  rest: z
    .array(
      z.object({
        mode: z.string().optional(),
        resource: z
          .array(
            z.object({
              type: z.string(),
              interaction: z.array(z.object({ code: z.string() })).optional(),
              searchParam: z.array(z.object({ name: z.string() })).optional(),
            }),
          )
          .default([]),
      }),
    )
    .default([])
    .catch([]),
})

/**
 * Reads a CapabilityStatement (FHIR R4, "CapabilityStatement"; Conformance before STU3). The version is the one that
 * the server itself names, whatever its address looks like. Pure.
 */
export function fhirServer(body: unknown): FhirServer | { readonly problem: Told<UrlProblem> } {
  const parsed = statement.safeParse(body)
  if (!parsed.success) return { problem: { code: 'url_not_fhir' } }
  const { resourceType, fhirVersion, software, rest } = parsed.data
  if (resourceType !== 'CapabilityStatement' && resourceType !== 'Conformance')
    return { problem: { code: 'url_not_fhir' } }
  const release = resourceType === 'Conformance' ? 'DSTU2' : releaseOf(fhirVersion ?? '')
  if (release !== 'R4' && release !== 'R4B')
    return {
      problem: { code: 'url_other_version', shown: `${release}${fhirVersion ? ` (${fhirVersion})` : ''}` },
    }
  const resources = (rest.find(({ mode }) => mode === 'server') ?? rest[0])?.resource ?? []
  const searches = (type: string) =>
    resources.find((each) => each.type === type)?.searchParam?.map(({ name }) => name) ?? []
  const appointment = resources.find(({ type }) => type === 'Appointment')
  return {
    software,
    notes: [
      ...(release === 'R4B' ? [{ code: 'r4b' as const, shown: fhirVersion }] : []),
      ...(appointment && !searches('Appointment').includes('location')
        ? [{ code: 'no_search_by_location' as const }]
        : []),
    ],
    appointments: appointmentProblem(appointment, searches('Appointment')),
    locationsByName: searches('Location').includes('name'),
  }
}

type Resource = { readonly interaction?: readonly { readonly code: string }[] | undefined }

function appointmentProblem(
  appointment: Resource | undefined,
  searches: readonly string[],
): Told<UrlProblem> | undefined {
  if (appointment === undefined) return { code: 'appointment_missing' }
  // A server that lists no interaction says nothing about them.
  const canSearch = appointment.interaction?.some(({ code }) => code === 'search-type') ?? true
  const by = searches.includes('location') || searches.includes('practitioner')
  if (!canSearch || !by || !searches.includes('date'))
    return { code: 'appointment_search', shown: searches.join(', ').slice(0, 200) || undefined }
  return undefined
}

/** The release that a version belongs to (HL7, "FHIR publication history"). */
function releaseOf(version: string): string {
  const [, major = '', minor = ''] = /^(\d+)\.(\d+)(\.|$)/.exec(version) ?? []
  if (major === '4' && minor === '0') return 'R4'
  if (major === '4' && (minor === '1' || minor === '3')) return 'R4B'
  if (major === '5' || major === '4') return 'R5'
  if (major === '3' && Number(minor) > 0) return 'R4 (ballot)'
  if (major === '3' || (major === '1' && Number(minor) > 0)) return 'STU3'
  if (major === '1') return 'DSTU2'
  if (major === '0') return 'DSTU1'
  return 'an unknown version'
}

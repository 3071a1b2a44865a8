import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'
import type { Outbound } from '../smart/types.ts'

const text = z.string().max(200)
const statement = z.object({
  resourceType: z.literal('CapabilityStatement'),
  fhirVersion: text.optional(),
  publisher: text.optional(),
  software: z
    .object({ name: text.optional(), version: text.optional(), releaseDate: text.optional() })
    .optional(),
})

/** What an EHR says of itself (FHIR R4, CapabilityStatement: software, fhirVersion). */
export type EhrSoftware = {
  readonly name: string | undefined
  readonly version: string | undefined
  readonly releaseDate: string | undefined
  readonly fhirVersion: string | undefined
}

/** Longest wait for one EHR: somebody is looking at the page. */
const TIMEOUT_MS = 8_000

/** Reads an EHR's CapabilityStatement, which it gives to everybody, by the guarded fetch. */
export async function readEhrSoftware(
  { fetch }: Outbound,
  fhirBaseUrl: string,
): Promise<Result<EhrSoftware, 'ehr_unavailable' | 'ehr_answer_invalid'>> {
  try {
    const answer = await fetch(`${fhirBaseUrl.replace(/\/$/, '')}/metadata`, {
      headers: { accept: 'application/fhir+json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    if (!answer.ok) return fail('ehr_unavailable', { detail: `metadata, status ${answer.status}` })
    const parsed = statement.safeParse(await answer.json())
    if (!parsed.success) return fail('ehr_answer_invalid', { detail: 'not a CapabilityStatement' })
    const { software, publisher, fhirVersion } = parsed.data
    return ok({
      name: software?.name ?? publisher,
      version: software?.version,
      releaseDate: software?.releaseDate,
      fhirVersion,
    })
  } catch (error) {
    // A body that is no JSON is an answer all the same.
    if (error instanceof SyntaxError) return fail('ehr_answer_invalid', { detail: 'not JSON' })
    return fail('ehr_unavailable', { detail: (error as Error).name })
  }
}

/** The oldest release of Oracle Health (Cerner Millennium) that the connector works with. */
const OLDEST = '2018-11'

/**
 * Whether the software is recent enough. FHIR R4 was published at the end of December 2018: a server that speaks it is
 * later than November 2018, whatever its own version is called. A release date before that says otherwise. Pure.
 * @returns `old`: too old. `other_fhir`: not R4, which the connector needs. `silent`: it does not say.
 */
export function judgeSoftware({
  releaseDate,
  fhirVersion,
}: EhrSoftware): 'recent' | 'old' | 'other_fhir' | 'silent' {
  const released = /^\d{4}(-\d\d)?/.exec(releaseDate ?? '')?.[0]
  if (released !== undefined && released < OLDEST.slice(0, released.length)) return 'old'
  if (fhirVersion === undefined) return 'silent'
  return /^4\.0(\.|$)/.test(fhirVersion) ? 'recent' : 'other_fhir'
}

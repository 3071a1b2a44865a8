import { z } from 'zod'
import { ok, type Result } from '../result.ts'
import { LOCATION_ID } from '../sites/department-id.ts'
import type { EhrConnection } from './ehr.ts'
import { callEhr, type EhrFailure, fhirClient } from './fhir-client.ts'

/** A place of the EHR: no patient data. */
export type Place = { readonly id: string; readonly name: string }

const bundle = z.object({
  resourceType: z.literal('Bundle'),
  entry: z
    .array(z.object({ resource: z.unknown() }))
    .max(500)
    .default([]),
})
const location = z.object({
  resourceType: z.literal('Location'),
  id: z.string().regex(LOCATION_ID),
  name: z.string().max(500).optional(),
})

/** Ids of one request; more are asked for in the next. */
const AT_ONCE = 50

/** The names of places by their Location ids; ids that the EHR does not know are left out. */
export async function placesById(
  connection: EhrConnection,
  ids: readonly string[],
  now: Date,
): Promise<Result<Place[], EhrFailure>> {
  const places: Place[] = []
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const chunk = ids.slice(at, at + AT_ONCE).map(encodeURIComponent)
    const found = await searchPlaces(connection, `Location?_id=${chunk.join(',')}`, now)
    if (!found.ok) return found
    places.push(...found.value)
  }
  return ok(places)
}

/** Places whose name begins so (FHIR R4, "string" search). Not every EHR has this search: `ehr_refused`. */
export function placesByName(
  connection: EhrConnection,
  name: string,
  now: Date,
): Promise<Result<Place[], EhrFailure>> {
  return searchPlaces(connection, `Location?name=${encodeURIComponent(name)}&_count=${AT_ONCE}`, now)
}

async function searchPlaces(
  { fhirBaseUrl, accessToken, onTokenRefused }: EhrConnection,
  query: string,
  now: Date,
): Promise<Result<Place[], EhrFailure>> {
  const answer = await callEhr(
    async () => bundle.parse(await fhirClient(fhirBaseUrl, accessToken).fhirRequest(query)),
    now,
  )
  if (!answer.ok) {
    if (answer.failure.code === 'ehr_token_expired') onTokenRefused?.()
    return answer
  }
  return ok(
    answer.value.entry.flatMap(({ resource }) => {
      const parsed = location.safeParse(resource)
      return parsed.success ? [{ id: parsed.data.id, name: parsed.data.name ?? parsed.data.id }] : []
    }),
  )
}

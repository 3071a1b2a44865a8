import { fail, ok, type Result } from '../result.ts'

export type MediaTypeFailure = 'push_media_type' | 'push_old_media_type'

/**
 * Whether a body is FHIR R4 by its media type (FHIR R4, "RESTful API", Content Types: `application/fhir+json`, with
 * `fhirVersion=4.0` where it is said; R4B is 4.3). DSTU2 had `application/json+fhir`.
 */
export function checkMediaType(header: string | null): Result<void, MediaTypeFailure> {
  const [type = '', ...parameters] = (header ?? '').toLowerCase().split(';')
  const name = type.trim()
  if (name === 'application/json+fhir') return fail('push_old_media_type')
  if (name !== 'application/fhir+json' && name !== 'application/json') return fail('push_media_type')
  const version = parameters
    .map((each) => each.trim().replaceAll('"', ''))
    .find((each) => each.startsWith('fhirversion='))
  const isR4 = version === undefined || /=4\.[03]$/.test(version)
  return isR4 ? ok(undefined) : fail('push_old_media_type')
}

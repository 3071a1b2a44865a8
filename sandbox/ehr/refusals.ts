import type { Refusal } from '../contracts.ts'
import { FHIR_REFUSALS } from './refusals-fhir.ts'
import { OAUTH_REFUSALS } from './refusals-oauth.ts'

/**
 * Everything that this EHR refuses, as the vendor does. `body` is a part of what comes back: of the body, of the
 * decoded Location where the refusal is redirected, or of WWW-Authenticate.
 */
export const REFUSALS: readonly Refusal[] = [...OAUTH_REFUSALS, ...FHIR_REFUSALS]

import { z } from 'zod'
import type { FhirContextItem, TokenResponse } from './types.ts'

/** Empty strings, nulls and values of another type count as absent: a launch is not lost to an extra of one vendor. */
const text = z.string().min(1).max(2_000).optional().catch(undefined)

/** A FHIR id (FHIR R4 §id), also where a server sends a number or `Type/id`. */
const id = z
  .union([z.string(), z.number().int().transform(String)])
  .transform((value) => value.replace(/^[A-Z][A-Za-z]+\//, ''))
  .pipe(z.string().regex(/^[A-Za-z0-9\-.]{1,64}$/))
  .optional()
  .catch(undefined)

/** Items without a reference (a canonical, an identifier) lead to no appointment. */
const contextItem = z.object({ reference: z.string().min(1).max(2_000), type: text, role: text })

const body = z.object({
  refresh_token: text,
  patient: id,
  encounter: id,
  appointment: id,
  location: id,
  loginDepartment: text,
  // Epic sends the string "false". What is not understood shows the banner: an extra one does no harm.
  need_patient_banner: z
    .unknown()
    .optional()
    .transform((value) => value !== false && value !== 'false'),
  fhirContext: z
    .array(contextItem.nullable().catch(null))
    .transform((items) => items.filter((item) => item !== null).slice(0, 50))
    .catch([]),
  intent: text,
  user: id,
  username: text,
  tenant: text,
})

type LaunchPart = Omit<TokenResponse, 'accessToken' | 'expiresAt' | 'scope' | 'missingScopes' | 'idToken'>

/** The launch's part of a token response (SMART App Launch 2.2.0 §Launch context arrives with your access_token). */
export function parseTokenBody(value: Readonly<Record<string, unknown>>): LaunchPart {
  const { refresh_token, need_patient_banner, fhirContext, ...rest } = body.parse(value)
  return {
    ...present(rest),
    ...(refresh_token === undefined ? {} : { refreshToken: refresh_token }),
    needPatientBanner: need_patient_banner,
    fhirContext: fhirContext.map(
      ({ reference, ...item }): FhirContextItem => ({ reference, ...present(item) }),
    ),
  }
}

/** The same object without its absent members. */
function present<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }
}

import { decodeJwt } from 'jose'
import type { EhrFaults, Now } from '../contracts.ts'
import type { EhrAddresses } from './addresses.ts'
import { type Clinic, shownName } from './clinic.ts'
import type { LaunchContext } from './launch-contexts.ts'
import type { SigningKeys } from './signing-keys.ts'

type Body = Record<string, unknown>

export type TokenResponseParts = {
  readonly addresses: EhrAddresses
  readonly keys: SigningKeys
  readonly clinic: Clinic
  readonly faults: EhrFaults
  readonly now: Now
  readonly idTokens: IdTokens
}

export type IdTokens = {
  /** Receives every id_token that is given out. */
  readonly issued: string[]
  /** Instead of the nonce of the authorize request: an id_token of another launch. */
  nonce: string | undefined
}

/** Seconds that an id_token lives, as in the vendor's example. */
const ID_TOKEN_SECONDS = 600

/**
 * Turns the library's token response into Oracle Health's: user, username, tenant, banner and style hints, the launch
 * context, and the id_token signed anew under the vendor's own issuer. A refresh answers without a new refresh token.
 * Source: Oracle Health "Authorization Framework", access token response; SMART App Launch 2.2, launch context.
 */
export async function cernerTokenResponse(
  parts: TokenResponseParts,
  body: Body,
  context: LaunchContext,
  refreshed: boolean,
): Promise<Body> {
  const { addresses, faults } = parts
  const scopes = String(body.scope ?? '').split(' ')
  const { refresh_token, id_token, ...rest } = body
  return {
    ...rest,
    ...(refresh_token !== undefined && !refreshed ? { refresh_token } : {}),
    ...(context.persona === 'provider' ? { user: context.practitionerId } : {}),
    username: context.username,
    tenant: addresses.tenant,
    need_patient_banner: true,
    smart_style_url: `${addresses.origin}/smart-style.json`,
    ...(faults.withoutContext || !scopes.includes('launch') ? {} : launchFields(context)),
    ...(typeof id_token === 'string' ? { id_token: await reissue(parts, id_token, context) } : {}),
  }
}

function launchFields(context: LaunchContext): Body {
  const { patientId, encounterId, appointmentId } = context
  return {
    ...(patientId ? { patient: patientId } : {}),
    ...(encounterId ? { encounter: encounterId } : {}),
    ...(appointmentId
      ? { appointment: appointmentId, fhirContext: [{ reference: `Appointment/${appointmentId}` }] }
      : {}),
  }
}

async function reissue(parts: TokenResponseParts, idToken: string, context: LaunchContext): Promise<string> {
  const claims = decodeJwt(idToken)
  const issuedAt = Math.floor(parts.now().getTime() / 1000)
  const { addresses, clinic } = parts
  const [fhirUser, name] =
    context.persona === 'patient'
      ? [
          `${addresses.patientBaseUrl}/Patient/${context.patientId}`,
          shownName(clinic.patients.get(context.patientId ?? '')),
        ]
      : [
          `${addresses.fhirBaseUrl}/Practitioner/${context.practitionerId}`,
          clinic.practitioners.get(context.practitionerId)?.name ?? '',
        ]
  const nonce = parts.idTokens.nonce ?? claims.nonce
  const signed = await parts.keys.sign({
    sub: claims.sub,
    aud: claims.aud,
    ...(nonce === undefined ? {} : { nonce }),
    iss: addresses.idTokenIssuer,
    iat: issuedAt,
    exp: issuedAt + ID_TOKEN_SECONDS,
    name,
    profile: fhirUser,
    fhirUser,
  })
  parts.idTokens.issued.push(signed)
  return signed
}

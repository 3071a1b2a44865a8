import type { Refusal } from '../contracts.ts'
import { client } from './refusals/client.ts'
import { consent } from './refusals/consent.ts'
import type { Row } from './refusals/row.ts'
import { signIn } from './refusals/sign-in.ts'
import { token } from './refusals/token.ts'

const TABLE = { ...signIn, ...consent, ...client, ...token }

export type RefusalId = keyof typeof TABLE

export const ROWS: Readonly<Record<RefusalId, Row>> = TABLE

/**
 * Everything that the Entra stand-in refuses. `body` is how the message begins, up to the first value of the request;
 * with status 302 it is the `error_description` that the redirect URI receives.
 */
export const REFUSALS: readonly (Refusal & { readonly id: RefusalId; readonly error: string })[] = (
  Object.keys(TABLE) as RefusalId[]
).map((id) => {
  const { code, error, status, text, request, source }: Row = TABLE[id]
  return { id, error, request, status, body: `AADSTS${code}: ${text.split('{')[0]}`, source }
})

import type { TokenCredential } from '@azure/identity'
import { decodeJwt } from 'jose'
import { z } from 'zod'
import { callGraph, type GraphFailure } from '../meetings/graph-call.ts'
import { graphToken } from '../meetings/graph-token.ts'
import { ok, type Result } from '../result.ts'
import type { CheckStore, Granted } from './check-store.ts'

const claims = z.object({ roles: z.array(z.string()).default([]) })

/**
 * What an administrator has really granted: the `roles` of a token that was made just now (Microsoft identity platform,
 * "Access token claims reference"). A token that was kept has the roles of its own time, for up to an hour.
 *
 * An organization in which nobody ever consented has no service principal of ours and gives no token: nothing is granted.
 * @param credential a new one, that has no token yet.
 */
export async function readGranted(
  credential: TokenCredential,
): Promise<Result<readonly string[], GraphFailure>> {
  const read = await callGraph(async () => claims.parse(decodeJwt(await graphToken(credential))).roles)
  if (read.ok || read.failure.code !== 'graph_permission_missing') return read
  return ok([])
}

/** Asks what is granted and keeps it, with why it is not known where it is not. */
export async function learnGranted(
  checks: Pick<CheckStore, 'saveGranted'>,
  renewed: (tenantId: string) => Promise<TokenCredential>,
  tenantId: string,
): Promise<Granted> {
  const read = await readGranted(await renewed(tenantId))
  const granted = read.ok ? { roles: [...read.value] } : { problem: read.failure.code }
  await checks.saveGranted(tenantId, granted)
  return granted
}

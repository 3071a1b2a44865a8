import { z } from 'zod'
import { fail, ok, type Result } from '../result.ts'

/** A Microsoft 365 user as a verified id_token names them. */
export type Account = {
  readonly tenantId: string
  readonly userId: string
  readonly upn: string
  readonly name: string
  /** Template ids of directory roles. */
  readonly directoryRoles: readonly string[]
  readonly appRoles: readonly string[]
}

export type AccountFailure = 'signin_invalid' | 'signin_foreign_tenant' | 'signin_tenant_not_allowed'

/** Microsoft identity platform, "ID token claims reference". */
const claims = z.object({
  tid: z.string().toLowerCase(),
  oid: z.string().min(1),
  preferred_username: z.string().default(''),
  name: z.string().default(''),
  wids: z.array(z.string()).default([]),
  roles: z.array(z.string()).default([]),
})

/** Which tenant somebody is of comes from the verified token alone. Pure. */
export function accountOf(
  from: unknown,
  tenantId: string,
  allowedTenants: readonly string[],
): Result<Account, AccountFailure> {
  const parsed = claims.safeParse(from)
  if (!parsed.success) return fail('signin_invalid', { detail: 'claims' })
  const { tid, oid, preferred_username, name, wids, roles } = parsed.data
  if (tid !== tenantId.toLowerCase()) return fail('signin_foreign_tenant')
  if (!allowedTenants.includes(tid)) return fail('signin_tenant_not_allowed')
  return ok({
    tenantId: tid,
    userId: oid,
    upn: preferred_username,
    name,
    directoryRoles: wids,
    appRoles: roles,
  })
}

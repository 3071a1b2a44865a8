import { fail, ok, type Result } from '../../src/core/result.ts'
import type { Context } from './context.ts'
import { type Member, memberById, type Scope, tenantsIn } from './directory.ts'
import type { Call } from './listener.ts'
import type { RefusalId } from './refusals.ts'
import type { Session } from './sessions.ts'

/** Signs in the account that the picker posted (`account` = object id) and opens a session for it. */
export function chooseAccount(
  context: Context,
  scope: Scope,
  call: Call,
): Result<{ member: Member; session: Session; setCookie: string }, RefusalId> {
  const member = memberById(context.tenants, call.form.account ?? '')
  if (!member) return fail('account_unknown')
  if (!tenantsIn(context.tenants, scope).includes(member.tenant)) {
    return fail('account_foreign', { shown: { account: member.user.upn, tenant: scope.segment } })
  }
  if (!member.user.enabled) return fail('account_disabled')
  return ok({ member, ...context.sessions.open(call.cookies, member.tenant.id, member.user.id) })
}

import { expect, test } from 'vitest'
import { accountOf } from '../../../src/core/accounts/account.ts'
import { NORTHWIND, WOODGROVE } from '../sites/site.fixture.ts'

const claims = {
  tid: NORTHWIND,
  oid: 'user',
  preferred_username: 'maya@example.org',
  name: 'Maya',
  wids: ['role'],
}
const code = (from: unknown, tenant = NORTHWIND, allowed = [NORTHWIND]) => {
  const account = accountOf(from, tenant, allowed)
  return account.ok ? 'ok' : account.failure.code
}

test('an account is what the verified token says', () => {
  expect(accountOf(claims, NORTHWIND, [NORTHWIND])).toEqual({
    ok: true,
    value: {
      tenantId: NORTHWIND,
      userId: 'user',
      upn: 'maya@example.org',
      name: 'Maya',
      directoryRoles: ['role'],
      appRoles: [],
    },
  })
})

test('an account of another tenant is refused, even of one that may use the deployment', () => {
  expect(code({ ...claims, tid: WOODGROVE }, NORTHWIND, [NORTHWIND, WOODGROVE])).toBe('signin_foreign_tenant')
})

test('a tenant that is not on the operator’s list is refused, even where a site of it is left', () => {
  expect(code({ ...claims, tid: WOODGROVE }, WOODGROVE, [NORTHWIND])).toBe('signin_tenant_not_allowed')
})

test('tenants compare however they are written', () => {
  expect(code({ ...claims, tid: NORTHWIND.toUpperCase() }, NORTHWIND.toUpperCase())).toBe('ok')
})

test('a token that does not say who and of which tenant is none', () => {
  for (const lacking of [{ tid: undefined }, { oid: undefined }, { oid: '' }, { wids: 'role' }])
    expect(code({ ...claims, ...lacking })).toBe('signin_invalid')
  expect(code(undefined)).toBe('signin_invalid')
})

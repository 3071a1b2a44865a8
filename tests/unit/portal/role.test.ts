import { expect, test } from 'vitest'
import { GLOBAL_ADMINISTRATOR, portalRights } from '../../../src/core/portal/role.ts'

const names = { configure: 'Connector.Configure', reports: 'Connector.ReadReports' }
/** Template id that every member carries. */
const MEMBER = 'b79fbf4d-3ef9-4689-8143-76b194e85509'
const rights = (directoryRoles: string[], appRoles: string[] = []) =>
  portalRights({ directoryRoles, appRoles }, names)

test('a Global Administrator configures and reads the reports', () => {
  expect(rights([MEMBER, GLOBAL_ADMINISTRATOR])).toEqual({ configure: true, reports: true })
})

test('a member of the tenant only looks, whatever other roles the token lists', () => {
  expect(rights([MEMBER])).toEqual({ configure: false, reports: false })
  expect(rights([MEMBER, 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c'])).toEqual({
    configure: false,
    reports: false,
  })
  expect(rights([])).toEqual({ configure: false, reports: false })
})

test('the app role that the operator named gives the same right as Global Administrator', () => {
  expect(rights([MEMBER], ['Connector.Configure'])).toEqual({ configure: true, reports: true })
  expect(rights([MEMBER], ['connector.configure'])).toEqual({ configure: false, reports: false })
})

test('a reader of reports changes nothing', () => {
  expect(rights([MEMBER], ['Connector.ReadReports'])).toEqual({ configure: false, reports: true })
})

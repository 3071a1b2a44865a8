import { expect, test } from 'vitest'
import { APPLICATION_PERMISSIONS } from '../../sandbox/entra/permissions.ts'
import { CONSENT_PATH } from '../../src/core/setup/consent.ts'
import { permissions } from '../../src/core/setup/permissions.ts'
import { prerequisites } from '../../src/core/setup/prerequisites.ts'
import { PREREQUISITE_WORDS } from '../../src/pages/portal/begin/prerequisite-words.ts'

type Application = {
  PERMISSIONS: readonly { name: string }[]
  OPTIONAL_PERMISSIONS: readonly { name: string }[]
  REDIRECT_PATHS: readonly string[]
}
const { PERMISSIONS, OPTIONAL_PERMISSIONS, REDIRECT_PATHS }: Application = await import(
  new URL('../../infra/entra/application.mjs', import.meta.url).href
)

const namesOf = (list: readonly { name: string }[]) => list.map(({ name }) => name).sort()

test('the portal, the Entra application and the sandbox ask for the same permissions', () => {
  expect(permissions.length).toBeGreaterThan(3)
  expect(namesOf(PERMISSIONS)).toEqual(namesOf(permissions.filter(({ onRequest }) => !onRequest)))
  expect(namesOf(OPTIONAL_PERMISSIONS)).toEqual(namesOf(permissions.filter(({ onRequest }) => onRequest)))
  expect([...APPLICATION_PERMISSIONS].sort()).toEqual(namesOf(permissions))
})

test('the answer to admin consent comes back to an address that is registered', () => {
  expect(REDIRECT_PATHS).toContain(CONSENT_PATH)
})

test('every prerequisite that is asked has words, and every word a prerequisite', () => {
  expect(Object.keys(PREREQUISITE_WORDS).sort()).toEqual([...prerequisites].sort())
})

import { expect, test } from 'vitest'
import { differences } from '../../../src/core/sites/differences.ts'
import { site } from './site.fixture.ts'

test('nothing changed is told as nothing', () => {
  expect(differences(site(), site())).toEqual([])
})

test('what changed is told field by field, with its values before and after', () => {
  const before = site()
  const after = { ...site({ timeZone: 'America/Denver', patientPhone: '+1 312-555-0100' }) }
  expect(differences(before, after)).toEqual([
    { field: 'timeZone', from: 'America/Chicago', to: 'America/Denver' },
    { field: 'patientPhone', to: '+1 312-555-0100' },
  ])
  expect(differences(after, before)).toContainEqual({ field: 'patientPhone', from: '+1 312-555-0100' })
})

test('a department that was removed does not change those that follow', () => {
  const [a, b] = ['cardiology', 'dermatology'].map((id) => ({ id, name: id, locationIds: ['1'], on: true }))
  const changes = differences({ departments: [a, b] }, { departments: [b] })
  expect(new Set(changes.map(({ field }) => field.replace(/\].*/, ']')))).toEqual(
    new Set(['departments[cardiology]']),
  )
})

test('a secret is said to be replaced, and shown neither before nor after', () => {
  const auth = (sealedSecret: string) => ({
    launch: { auth: { method: 'client_secret_basic', sealedSecret } },
  })
  const told = JSON.stringify(differences(auth('kid.AAAA'), auth('kid.BBBB')))
  expect(told).toContain('replaced')
  expect(told).not.toMatch(/AAAA|BBBB/)
})

test('a long value is cut', () => {
  const [change] = differences({ text: '' }, { text: 'x'.repeat(5000) })
  expect(change?.to?.length).toBe(200)
})

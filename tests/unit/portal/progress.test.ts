import { describe, expect, test } from 'vitest'
import { setupProgress } from '../../../src/core/portal/progress.ts'
import type { OrganizerCheck } from '../../../src/core/setup/organizer-check.ts'
import { permissions } from '../../../src/core/setup/permissions.ts'
import { newTenant, type Tenant } from '../../../src/core/sites/tenant.ts'
import { NORTHWIND, site } from '../sites/site.fixture.ts'

const at = '2031-03-01T09:00:00.000Z'
const by = '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0001'
const empty = newTenant(NORTHWIND, 'Northwind Health')
const consent = { at, by, wording: 1 }

test('an empty tenant has everything before it', () => {
  expect(Object.values(setupProgress(empty, []))).toEqual(['todo', 'todo', 'todo', 'todo', 'todo'])
})

test('a prerequisite that is not met needs attention', () => {
  const answers = [{ id: 'teams_adopted', answer: 'no' as const, at, by }]
  expect(setupProgress({ ...empty, answers }, []).begin).toBe('problem')
})

test('a site without the client id that the EHR gives needs attention', () => {
  const launch = { clientId: '', auth: { method: 'none' as const }, scopes: 'launch' }
  expect(setupProgress(empty, [site({ setup: true, launch })])).toMatchObject({
    sites: 'problem',
    review: 'todo',
  })
})

test('texts that are on without both consents need attention', () => {
  const texting = site({ texts: { ...site().texts, on: true } })
  expect(setupProgress({ ...empty, smsConsents: { sending: consent } }, [texting]).texts).toBe('problem')
  const both = { sending: consent, recipients: consent }
  expect(setupProgress({ ...empty, smsConsents: both }, [texting]).texts).toBe('done')
})

test('the setup is finished when every site is', () => {
  expect(setupProgress(empty, [site(), site({ setup: true })]).review).toBe('todo')
  expect(setupProgress(empty, [site()]).review).toBe('done')
})

describe('permissions', () => {
  const ana = '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0009'
  const ready = { account: 'ok', teams: 'yes', policy: 'ok' } as const
  const state = (
    check: OrganizerCheck | undefined,
    roles: readonly string[] = permissions.map(({ name }) => name),
    more: Partial<Tenant> = {},
  ) => {
    const organizers = new Map(check === undefined ? [] : [[ana, { at, value: check }]])
    const known = { granted: { at, value: { roles: [...roles] } }, run: undefined, organizers }
    return setupProgress({ ...empty, organizers: [ana], ...more }, [], known).permissions
  }

  test('are done when every account that was tried is ready, and nothing required is missing', () => {
    expect(state(ready)).toBe('done')
    expect(state(undefined)).toBe('done')
    expect(
      state(
        ready,
        permissions.filter(({ required }) => required).map(({ name }) => name),
      ),
    ).toBe('done')
    expect(state(ready, ['User.Read.All'])).toBe('problem')
  })

  test('stay open while Teams takes its time, and need attention where waiting is of no use', () => {
    expect(state({ ...ready, policy: 'waiting' })).toBe('todo')
    expect(state({ account: 'gone', teams: 'unknown', policy: 'unknown' })).toBe('problem')
    expect(state({ ...ready, teams: 'no', policy: 'unknown' })).toBe('problem')
  })

  test('need attention where there are fewer accounts than the visits need', () => {
    expect(state(ready, undefined, { visitsPerMonth: 1_800 })).toBe('done')
    expect(state(ready, undefined, { visitsPerMonth: 1_801 })).toBe('problem')
  })
})

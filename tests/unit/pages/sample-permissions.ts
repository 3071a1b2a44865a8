import { groupCommand, policyCommands } from '../../../src/core/setup/access-policy.ts'
import { permissions } from '../../../src/core/setup/permissions.ts'
import type { OrganizerRow, PermissionsModel } from '../../../src/pages/portal/permissions/model.ts'
import type { PeopleModel } from '../../../src/pages/portal/permissions/people.tsx'
import { sampleFrame } from './sample-frame.ts'

const TENANT = '10000000-0000-4000-8000-000000000000'
const CLIENT = '6b1f3a52-8a4e-4a6c-9a53-3d2f4d0f7c11'
const at = '2031-03-01T09:20:00.000Z'
const startedAt = '2031-03-01T09:12:00.000Z'
const id = (number: number) => `00000000-0000-4000-8000-00000000000${number}`

function row(number: number, check: OrganizerRow['check'], more: Partial<OrganizerRow> = {}): OrganizerRow {
  return {
    id: id(number),
    name: `Virtual visits ${number}`,
    upn: `visits-${number}@lakeside.example`,
    check,
    ready: check?.policy === 'ok',
    usedBy: [],
    ...more,
  }
}

function model(
  organizers: readonly OrganizerRow[],
  roles: readonly string[] | undefined,
  more: Partial<PermissionsModel> = {},
): PermissionsModel {
  return {
    frame: sampleFrame('permissions'),
    version: 'a-version',
    consent: {
      at,
      problem: undefined,
      list: permissions.map((each) => ({ ...each, granted: roles?.includes(each.name) })),
    },
    visits: { typed: '', error: undefined, needed: undefined },
    organizers,
    policy: {
      commands: policyCommands(
        TENANT,
        CLIENT,
        organizers.map((each) => each.id),
      ),
      groupCommand: groupCommand(CLIENT),
      run: undefined,
    },
    ...more,
  }
}

const policyOf = (base: PermissionsModel, run: PermissionsModel['policy']['run']) => ({ ...base.policy, run })
const ready = { at, account: 'ok', teams: 'yes', policy: 'ok', browserAddress: true } as const
const waiting = { at, account: 'ok', teams: 'yes', policy: 'waiting' } as const
const all = permissions.map(({ name }) => name)

export const permissionsFirst = model([], [])

const two = model([row(1, ready), row(2, waiting)], all)
export const permissionsWaiting = {
  ...two,
  visits: { typed: '3200', error: undefined, needed: 2 },
  policy: policyOf(two, { startedAt, open: true, seconds: 492, ready: 1, waiting: 1 }),
}

const wrong = model(
  [
    row(1, { at, account: 'disabled', teams: 'yes', policy: 'unknown' }),
    row(2, { at, account: 'ok', teams: 'no', policy: 'unknown' }),
    row(
      3,
      { at, account: 'gone', teams: 'unknown', policy: 'unknown' },
      { name: undefined, upn: undefined, usedBy: [{ siteId: 'lakeside0001', name: 'Lakeside main' }] },
    ),
    row(4, { at, account: 'ok', teams: 'yes', policy: 'unknown', problem: 'graph_throttled' }),
    row(5, undefined),
    row(6, waiting),
  ],
  all.filter((name) => !/^(User|VirtualAppointment|CallRecords)/.test(name)),
)
export const permissionsWrong = {
  ...wrong,
  visits: { typed: 'many', error: 'Enter how many visits you expect in a month.', needed: undefined },
  policy: policyOf(wrong, { startedAt, open: false, seconds: 4_000, ready: 0, waiting: 1 }),
}

const one = model([row(1, { ...ready, browserAddress: false })], all)
export const permissionsDone = {
  ...one,
  visits: { typed: '900', error: undefined, needed: 1 },
  policy: policyOf(one, { startedAt, open: false, seconds: 40, ready: 1, waiting: 0 }),
}

export const people: PeopleModel = {
  frame: sampleFrame('permissions'),
  version: 'a-version',
  typed: 'visits',
  problem: undefined,
  people: [
    { id: id(1), name: 'Virtual visits 1', upn: 'visits-1@lakeside.example', enabled: true, chosen: true },
    { id: id(2), name: 'Virtual visits 2', upn: 'visits-2@lakeside.example', enabled: true, chosen: false },
    { id: id(3), name: 'Visits, old', upn: 'visits-old@lakeside.example', enabled: false, chosen: false },
  ],
}

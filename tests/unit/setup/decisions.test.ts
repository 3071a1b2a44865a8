import { describe, expect, test } from 'vitest'
import { groupCommand, policyCommands } from '../../../src/core/setup/access-policy.ts'
import { judgeSoftware } from '../../../src/core/setup/ehr-software.ts'
import {
  accountsNeeded,
  sitesOf,
  userIdOf,
  visitsOf,
  withOrganizer,
  withoutOrganizer,
} from '../../../src/core/setup/organizers.ts'
import { searchText } from '../../../src/core/setup/people.ts'
import { missingPermissions, permissions } from '../../../src/core/setup/permissions.ts'
import {
  answersOf,
  prerequisites,
  prerequisitesState,
  withAnswers,
} from '../../../src/core/setup/prerequisites.ts'
import { newTenant } from '../../../src/core/sites/tenant.ts'
import { NORTHWIND } from '../sites/site.fixture.ts'

const ID = '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0009'
const tenant = newTenant(NORTHWIND, 'Northwind Health')
const monday = new Date('2031-03-03T09:00:00.000Z')
const tuesday = new Date('2031-03-04T09:00:00.000Z')

describe('organizer accounts', () => {
  test.each([
    [1, 1],
    [1_800, 1],
    [1_801, 2],
    [3_600, 2],
    [900_000, 500],
  ])('%i visits in a month need %i', (visits, accounts) => expect(accountsNeeded(visits)).toBe(accounts))

  test.each([
    ['1,800', 1_800],
    [' 12 000 ', 12_000],
    ['0', undefined],
    ['-5', undefined],
    ['many', undefined],
    ['1e9', undefined],
    ['10000001', undefined],
    ['', undefined],
    [null, undefined],
  ])('“%s” visits are read as %s', (typed, visits) => expect(visitsOf(typed)).toBe(visits))

  test('are added once, removed, and nothing but an object id is one', () => {
    const one = withOrganizer(withOrganizer(tenant, ID), ID)
    expect(one.organizers).toEqual([ID])
    expect(withoutOrganizer(one, ID).organizers).toEqual([])
    expect(userIdOf(` ${ID.toUpperCase()} `)).toBe(ID)
    for (const wrong of [null, '', 'ana@northwind.example', `${ID}' or '1`, '../users'])
      expect(userIdOf(wrong)).toBeUndefined()
  })

  test('that a site uses are named with the site', () => {
    const sites = [
      { siteId: 'northwind001', name: 'Main', organizers: [ID] },
      { siteId: 'northwind002', name: 'North', organizers: [] },
    ]
    expect(sitesOf(ID, sites)).toEqual([{ siteId: 'northwind001', name: 'Main' }])
  })
})

describe('the commands for the Teams administrator', () => {
  const client = '6b1f3a52-8a4e-4a6c-9a53-3d2f4d0f7c11'

  test('create the policy for our application and grant it to each organizer', () => {
    expect(policyCommands(NORTHWIND, client, [ID]).split('\n')).toEqual([
      `Connect-MicrosoftTeams -TenantId "${NORTHWIND}"`,
      `New-CsApplicationAccessPolicy -Identity "EhrConnector-6b1f3a52" -AppIds "${client}" -Description "Teams EHR connector: meetings of video visits"`,
      `Grant-CsApplicationAccessPolicy -PolicyName "EhrConnector-6b1f3a52" -Identity "${ID}"`,
    ])
    expect(groupCommand(client)).toContain('-Group "OBJECT-ID-OF-THE-GROUP" -Rank 1')
  })

  test('take nothing into the shell that is no object id', () => {
    expect(policyCommands(NORTHWIND, client, ['"; Remove-Item *'])).not.toContain('Remove-Item')
  })
})

describe('what is granted', () => {
  test('is told apart by what is required and what is not', () => {
    expect(missingPermissions(permissions.map(({ name }) => name))).toEqual({ required: [], optional: [] })
    expect(missingPermissions(['User.Read.All', 'CallRecords.Read.All']).required).toEqual([
      'OnlineMeetings.ReadWrite.All',
    ])
  })
})

describe('answers', () => {
  const given = (text: string) => answersOf(new URLSearchParams(text))

  test('keep when and by whom; one that did not change keeps its date', () => {
    const first = withAnswers(tenant, given('teams_adopted=yes&ehr_contact=later'), ID, monday)
    const second = withAnswers(first, given('teams_adopted=yes&ehr_contact=yes'), 'somebody else', tuesday)
    expect(second.answers).toEqual([
      { id: 'teams_adopted', answer: 'yes', at: monday.toISOString(), by: ID },
      { id: 'ehr_contact', answer: 'yes', at: tuesday.toISOString(), by: 'somebody else' },
    ])
  })

  test('that nobody asked for are left out', () => {
    expect(given('teams_adopted=perhaps&is_admin=yes').size).toBe(0)
  })

  test('leave the step open until every one is yes', () => {
    const all = prerequisites.map((id) => `${id}=yes`).join('&')
    expect(prerequisitesState(tenant)).toBe('todo')
    expect(prerequisitesState(withAnswers(tenant, given(all), ID, monday))).toBe('done')
    const later = withAnswers(
      tenant,
      given(all.replace('teams_adopted=yes', 'teams_adopted=later')),
      ID,
      monday,
    )
    expect(prerequisitesState(later)).toBe('todo')
    expect(prerequisitesState(withAnswers(later, given('teams_adopted=no'), ID, monday))).toBe('problem')
  })
})

test.each([
  [{ fhirVersion: '4.0.1' }, 'recent'],
  [{ fhirVersion: '4.0.1', releaseDate: '2018-11-30' }, 'recent'],
  [{ fhirVersion: '4.0.1', releaseDate: '2018-10-31' }, 'old'],
  [{ fhirVersion: '4.0.1', releaseDate: '2018' }, 'recent'],
  [{ fhirVersion: '4.0.1', releaseDate: '2017' }, 'old'],
  [{ fhirVersion: '1.0.2', releaseDate: '2031' }, 'other_fhir'],
  [{ fhirVersion: '5.0.0' }, 'other_fhir'],
  [{}, 'silent'],
] as const)('software %o is %s', (software, judged) => {
  const silent = { name: undefined, version: undefined, releaseDate: undefined, fhirVersion: undefined }
  expect(judgeSoftware({ ...silent, ...software })).toBe(judged)
})

test('what is typed into the search cannot end its clause', () => {
  expect(searchText(' ana" OR "mail:\\ \n b ')).toBe('ana OR mail: b')
  expect(searchText('x'.repeat(300))).toHaveLength(100)
})

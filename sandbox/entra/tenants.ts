import type { EntraTenant, EntraUser } from '../contracts.ts'
import { APPLICATION_PERMISSIONS } from './permissions.ts'

/** A synthetic person or service account of a sandbox tenant; `jobTitle` is what the account picker shows. */
export type Account = EntraUser & { readonly jobTitle: string }

/** Template id of Global Administrator (Microsoft Entra built-in roles). */
export const GLOBAL_ADMINISTRATOR = '62e90394-69f5-4237-9190-012177145e10'
/** Template id that every member carries in `wids`: being listed there proves nothing. */
export const MEMBER = 'b79fbf4d-3ef9-4689-8143-76b194e85509'

/** App roles of our registration (infra/entra/application.mjs has the same values). */
export const CONFIGURE = 'Connector.Configure'
export const READ_REPORTS = 'Connector.ReadReports'

export const NORTHWIND_HEALTH = '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01'
export const WOODGROVE_CLINICS = 'b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302'

/** Object ids of the synthetic accounts, by what they stand for. */
export const ACCOUNTS = {
  northwind: {
    administrator: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0001',
    familyDoctor: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0002',
    cardiologist: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0003',
    pediatrician: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0004',
    nursePractitioner: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0005',
    dermatologist: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0006',
    frontDesk: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0007',
    configurator: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0011',
    disabled: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0008',
    organizer1: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0009',
    organizer2: '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0010',
  },
  woodgrove: {
    administrator: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0001',
    clinician: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0002',
    nursePractitioner: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0005',
    frontDesk: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0003',
    frontDeskLead: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0006',
    organizer: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0004',
    organizerWithoutTeams: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0007',
    disabled: '7e2b9c84-35da-4c67-9f12-6a8d3b5c0008',
  },
} as const

/** Synthetic data: a clinic that is set up, with every permission consented, and one that has never seen the product. */
export function defaultTenants(): EntraTenant[] {
  return [
    {
      id: NORTHWIND_HEALTH,
      displayName: 'Northwind Health',
      users: northwindHealth(),
      consented: new Set(APPLICATION_PERMISSIONS),
    },
    {
      id: WOODGROVE_CLINICS,
      displayName: 'Woodgrove Clinics',
      users: woodgroveClinics(),
      consented: new Set(),
    },
  ]
}

function northwindHealth(): Account[] {
  const id = ACCOUNTS.northwind
  const at = (name: string) => `${name}@northwindhealth.example`
  return [
    account(id.administrator, at('ana.ruiz'), 'Ana Ruiz', 'IT', {
      wids: [GLOBAL_ADMINISTRATOR, MEMBER],
    }),
    account(id.familyDoctor, at('maya.okafor'), 'Maya Okafor, MD', 'Family medicine'),
    account(id.cardiologist, at('liam.chen'), 'Liam Chen, MD', 'Cardiology'),
    account(id.pediatrician, at('sofia.marin'), 'Sofía Marín, MD', 'Pediatrics'),
    account(id.nursePractitioner, at('priya.nair'), 'Priya Nair, NP', 'Behavioral health'),
    account(id.dermatologist, at('jonas.weber'), 'Jonas Weber, MD', 'Dermatology'),
    account(id.frontDesk, at('tom.becker'), 'Tom Becker', 'Front desk', {
      teams: false,
      appRoles: [READ_REPORTS],
    }),
    account(id.configurator, at('ines.duarte'), 'Inês Duarte', 'Front desk lead', { appRoles: [CONFIGURE] }),
    account(id.disabled, at('elin.dahl'), 'Elin Dahl, MD', 'Former staff', {
      enabled: false,
      teams: false,
    }),
    account(id.organizer1, at('visits-1'), 'Virtual visits 1', 'Service account'),
    account(id.organizer2, at('visits-2'), 'Virtual visits 2', 'Service account'),
  ]
}

function woodgroveClinics(): Account[] {
  const id = ACCOUNTS.woodgrove
  const at = (name: string) => `${name}@woodgroveclinics.example`
  return [
    account(id.administrator, at('grace.lindqvist'), 'Grace Lindqvist', 'IT', {
      wids: [GLOBAL_ADMINISTRATOR, MEMBER],
    }),
    account(id.clinician, at('omar.haddad'), 'Omar Haddad, MD', 'Internal medicine'),
    account(id.nursePractitioner, at('leah.brooks'), 'Leah Brooks, NP', "Women's health"),
    account(id.frontDesk, at('nina.petrov'), 'Nina Petrov', 'Front desk', {
      teams: false,
      appRoles: [READ_REPORTS],
    }),
    account(id.frontDeskLead, at('paul.archer'), 'Paul Archer', 'Front desk lead', { appRoles: [CONFIGURE] }),
    account(id.organizer, at('visits'), 'Virtual visits', 'Service account'),
    account(id.organizerWithoutTeams, at('visits-spare'), 'Virtual visits, spare', 'Service account', {
      teams: false,
    }),
    account(id.disabled, at('victor.lund'), 'Victor Lund, MD', 'Former staff', {
      enabled: false,
      teams: false,
    }),
  ]
}

function account(
  id: string,
  upn: string,
  displayName: string,
  jobTitle: string,
  differs: Partial<EntraUser> = {},
): Account {
  const usual = { wids: [MEMBER], appRoles: [], enabled: true, teams: true }
  return { id, upn, displayName, mail: upn, jobTitle, ...usual, ...differs }
}

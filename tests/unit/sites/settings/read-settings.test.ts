import { describe, expect, test } from 'vitest'
import { inputFrom, inputOf, type SettingsInput } from '../../../../src/core/sites/settings/input.ts'
import { readSettings } from '../../../../src/core/sites/settings/read-settings.ts'
import { type Site, siteSchema } from '../../../../src/core/sites/site.ts'
import { site } from '../site.fixture.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const ORGANIZER = '0d4f5a10-6c1b-4f0e-8a51-1b7c2e9d0009'
const inUse = site({ organizers: [ORGANIZER], patientPhone: '+1 816 555 0100' })
const inSetup: Site = { ...inUse, setup: true, launch: { ...inUse.launch, clientId: '' } }

const read = (of: Site, change: Partial<SettingsInput> = {}) =>
  readSettings(
    { ...inputOf(of), ...change },
    {
      site: of,
      organizers: [ORGANIZER],
      sealed: (secret) => `sealed:${secret.length}`,
      httpLoopback: false,
      now: NOW,
    },
  )
function saved(of: Site, change: Partial<SettingsInput> = {}): Site {
  const result = read(of, change)
  if ('errors' in result) throw new Error(JSON.stringify(result.errors))
  return siteSchema.parse(result.site)
}
function errors(of: Site, change: Partial<SettingsInput> = {}): Record<string, string> {
  const result = read(of, change)
  return 'errors' in result ? { ...result.errors } : {}
}

describe('e-mails of a site', () => {
  const sender = 'DoNotReply@visits.example.org'

  test('begin with what happens after they were switched on, and keep that through later saves', () => {
    const on = saved(inUse, { emails: { on: true, sender } })
    expect(on.emails).toEqual({ on: true, sender, since: NOW.toISOString() })
    const since = '2031-01-01T00:00:00.000Z'
    expect(saved({ ...inUse, emails: { on: true, sender, since } }).emails?.since).toBe(since)
    const again = saved({ ...inUse, emails: { on: false, sender, since } }, { emails: { on: true, sender } })
    expect(again.emails?.since).toBe(NOW.toISOString())
  })

  test('need an address to come from', () => {
    expect(errors(inUse, { emails: { on: true, sender: '' } })).toHaveProperty(['emails.sender'])
    expect(errors(inUse, { emails: { on: false, sender: 'nobody' } })).toHaveProperty(['emails.sender'])
  })

  test('need the system account, as texts do', () => {
    const { system: _system, ...without } = inUse
    expect(errors(without, { emails: { on: true, sender } })).toHaveProperty(['system.clientId'])
  })
})

test('what is written back is what was ticked, and nothing where nothing was', () => {
  expect(saved(inUse, { writeBack: { links: true, arrived: false } }).writeBack).toEqual({
    links: true,
    arrived: false,
  })
  const before: Site = { ...inUse, writeBack: { links: true, arrived: true } }
  expect(saved(before, { writeBack: { links: false, arrived: false } }).writeBack).toBeUndefined()
})

describe('the settings of a site', () => {
  test('that nobody touched are saved as they were', () => {
    expect(saved(inUse)).toEqual(inUse)
    const rich = site({
      ...inUse,
      clinicName: 'Northwind',
      patientLaunch: {
        fhirBaseUrl: 'https://p.example/r4',
        client: inUse.launch,
        allowedIssuers: ['https://i.example/'],
      },
      videoRule: { kind: 'service_type', codes: ['TELE', 'Video visit'] },
      emails: { on: true, sender: 'DoNotReply@visits.example.org', since: '2031-01-01T00:00:00.000Z' },
      writeBack: { links: true, arrived: false },
      override: { by: ORGANIZER, at: '2031-01-01T00:00:00.000Z', reason: 'No test domain' },
    })
    expect(saved(rich)).toEqual(rich)
  })

  test('come back from a posted form as they were shown', () => {
    const input = inputOf(inUse)
    const fields = new URLSearchParams({
      timeZone: input.timeZone,
      patientPhone: input.patientPhone,
      departments: '1',
      'department.0.id': 'cardiology',
      'department.0.name': 'Cardiology',
      'department.0.locations': '21250403',
      'department.0.on': 'yes',
      organizer: ORGANIZER,
      video: 'virtual_meeting_room',
    })
    for (const role of ['launch', 'system', 'portal'] as const)
      for (const part of ['clientId', 'method', 'scopes'] as const)
        fields.set(`${role}.${part}`, input[role][part])
    expect(inputFrom(fields)).toEqual(input)
  })

  test('of a site in setup may still be missing; of one in use nothing that it lives by', () => {
    expect(saved(inSetup, { timeZone: '', organizers: [], patientPhone: '' })).toMatchObject({
      timeZone: 'UTC',
    })
    expect(
      errors(inUse, { timeZone: '', organizers: [], launch: { ...inputOf(inUse).launch, clientId: '' } }),
    ).toEqual({
      'launch.clientId': expect.stringContaining('in use'),
      organizers: expect.stringContaining('in use'),
      timeZone: expect.stringContaining('in use'),
    })
    const production = { ...inUse, environment: 'production' as const }
    expect(Object.keys(errors(production, { patientPhone: '' }))).toEqual(['patientPhone'])
    const texting = { ...inUse, texts: { ...inUse.texts, on: true } }
    const { system } = inputOf(texting)
    expect(Object.keys(errors(texting, { departments: [], system: { ...system, clientId: '' } }))).toEqual([
      'system.clientId',
      'departments',
    ])
  })
})

describe('a phone number', () => {
  test('is kept in international writing, whatever way it was typed', () => {
    for (const patientPhone of ['816-555-0100', '(816) 555 0100', '+1 816.555.0100'])
      expect(saved(inUse, { patientPhone }).patientPhone).toBe('+1 816 555 0100')
    expect(saved(inUse, { patientPhone: '' })).not.toHaveProperty('patientPhone')
    for (const patientPhone of ['12', 'call us', '+1', '1234567890123456789'])
      expect(errors(inUse, { patientPhone })).toHaveProperty('patientPhone')
  })
})

describe('a client', () => {
  const launch = inputOf(inUse).launch
  const secret = { ...launch, method: 'client_secret_basic', secret: ' s3cret ' }

  test('has its secret sealed, exactly as it was typed, and keeps it while the field stays empty', () => {
    const made = saved(inUse, { launch: secret })
    expect(made.launch.auth).toEqual({ method: 'client_secret_basic', sealedSecret: 'sealed:8' })
    expect(inputOf(made).launch.secret).toBe('')
    expect(saved(made).launch.auth).toEqual(made.launch.auth)
    expect(saved(made, { launch: { ...secret, secret: 'new' } }).launch.auth).toMatchObject({
      sealedSecret: 'sealed:3',
    })
    expect(saved(made, { launch }).launch.auth).toEqual({ method: 'private_key_jwt' })
  })

  test('that needs a secret and has none is refused', () => {
    expect(errors(inUse, { launch: { ...secret, secret: '' } })).toHaveProperty(['launch.secret'])
  })

  test('of the system account is never public, and never asks for a signed-in user', () => {
    const { system } = inputOf(inUse)
    expect(errors(inUse, { system: { ...system, method: 'none' } })).toHaveProperty(['system.method'])
    expect(
      errors(inUse, { system: { ...system, scopes: 'system/Patient.read offline_access' } }),
    ).toHaveProperty(['system.scopes'])
  })

  test('with what no form offers is refused', () => {
    expect(errors(inUse, { launch: { ...launch, method: 'magic' } })).toHaveProperty(['launch.method'])
    expect(errors(inUse, { launch: { ...launch, clientId: 'two words' } })).toHaveProperty([
      'launch.clientId',
    ])
    expect(errors(inUse, { launch: { ...launch, scopes: '' } })).toHaveProperty(['launch.scopes'])
  })
})

describe('departments', () => {
  const row = (more: object = {}) => ({
    id: '',
    name: 'Family medicine',
    locations: '21304876, 21304877',
    on: true,
    ...more,
  })

  test('keep their id under another name, and a new one gets its own', () => {
    const [renamed, added] = saved(inUse, {
      departments: [{ ...row(), id: 'cardiology', name: 'Heart' }, row({ locations: '1' })],
    }).departments
    expect(renamed).toEqual({
      id: 'cardiology',
      name: 'Heart',
      locationIds: ['21304876', '21304877'],
      on: true,
    })
    expect(added?.id).toBe('family-medicine')
  })

  test('cannot take an id that the site does not have, nor one twice', () => {
    const ids = saved(inUse, {
      departments: [
        row({ id: 'stranger' }),
        row({ id: 'cardiology', locations: '1' }),
        row({ id: 'cardiology', locations: '2' }),
      ],
    }).departments.map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)
    expect(ids).not.toContain('stranger')
  })

  test('share no location; empty rows are left out; bad ids are told beside their field', () => {
    expect(saved(inUse, { departments: [row({ name: '', locations: ' ' })] }).departments).toEqual([])
    expect(errors(inUse, { departments: [row(), row({ name: 'Other', locations: '21304877' })] })).toEqual({
      'department.1.locations': '21304877 belongs to Family medicine already.',
    })
    expect(errors(inUse, { departments: [row({ locations: 'Location/1' })] })).toHaveProperty([
      'department.0.locations',
    ])
    expect(errors(inUse, { departments: [row({ locations: '' })] })).toHaveProperty([
      'department.0.locations',
    ])
    expect(errors(inUse, { departments: [row({ name: '' })] })).toHaveProperty(['department.0.name'])
  })
})

describe('a crafted form', () => {
  test('cannot make a stranger organize, nor send sign-ins elsewhere', () => {
    expect(errors(inUse, { organizers: ['7e2b9c84-35da-4c67-9f12-6a8d3b5c0004'] })).toHaveProperty(
      'organizers',
    )
    for (const issuers of ['http://issuer.example/', 'nonsense', 'https://u:p@i.example/'])
      expect(errors(inUse, { issuers })).toHaveProperty('issuers')
    expect(
      errors(inUse, { issuers: Array.from({ length: 6 }, (_, i) => `https://i${i}.example/`).join('\n') }),
    ).toHaveProperty('issuers')
    expect(errors(inUse, { timeZone: 'Mars/Olympus' })).toHaveProperty('timeZone')
    expect(errors(inUse, { video: { kind: 'guess', codes: '' } })).toHaveProperty('video')
    expect(errors(inUse, { video: { kind: 'service_type', codes: ' , ' } })).toHaveProperty(['video.codes'])
    const { portal } = inputOf(inUse)
    expect(
      errors(inUse, { portal: { ...portal, clientId: 'p', url: 'http://p.example/r4' } }),
    ).toHaveProperty(['portal.url'])
    expect(errors(inUse, { portal: { ...portal, url: 'https://p.example/r4' } })).toHaveProperty([
      'portal.clientId',
    ])
  })
})

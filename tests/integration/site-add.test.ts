import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appSettings, sandboxKeys } from '../../sandbox/app-settings.ts'
import { type Azurite, startAzurite } from '../../sandbox/azurite.ts'
import { NORTHWIND_HEALTH, WOODGROVE_CLINICS } from '../../sandbox/entra/tenants.ts'
import { localStorageClients } from '../../sandbox/storage.ts'
import { addSite } from '../../scripts/site-add/add-site.ts'
import { deployment } from '../../scripts/site-add/deployment.ts'
import { readOptions } from '../../scripts/site-add/options.ts'
import { siteFrom } from '../../scripts/site-add/site-from.ts'
import { type SiteStore, siteStore } from '../../src/core/sites/site-store.ts'
import { type Store, store } from '../../src/core/store/store.ts'

const script = fileURLToPath(new URL('../../scripts/site-add.ts', import.meta.url))
const STRANGER = '11111111-2222-3333-4444-555555555555'
const ORGANIZER = '7e2b9c84-35da-4c67-9f12-6a8d3b5c0004'
const SECRET = 'a-secret-of-the-ehr'

let azurite: Azurite
let tables: Store
let sites: SiteStore
let settings: Record<string, string>

beforeAll(async () => {
  azurite = await startAzurite()
  tables = store(localStorageClients(azurite.connectionString))
  sites = siteStore(tables)
  settings = {
    ...appSettings({
      appUrl: 'http://localhost:7071',
      keys: await sandboxKeys(undefined),
      connectionString: azurite.connectionString,
      caFile: '',
      entraAuthority: 'https://localhost:7075',
      graphUrl: 'https://localhost:7076',
      acsEndpoint: 'https://localhost:7077',
      teamsUrl: 'http://localhost:7078',
      allowedTenants: [NORTHWIND_HEALTH, WOODGROVE_CLINICS],
    }),
  }
})
afterAll(() => azurite?.close())

/** The options of a complete site, with those of a case besides or instead; undefined leaves one out. */
function given(more: Record<string, string | string[] | boolean | undefined> = {}): string[] {
  const all = {
    tenant: WOODGROVE_CLINICS,
    name: 'Woodgrove main',
    fhir: 'https://ehr.example/r4/woodgrove',
    environment: 'testing',
    'time-zone': 'America/New_York',
    'client-id': 'teams-visits',
    'system-client-id': 'teams-visits-system',
    organizer: ORGANIZER,
    location: ['21304876=Family medicine', '21304877=Family medicine', '31=Cardiology'],
    sender: '+18665550123',
    phone: '+1 816-555-0100',
    'video-rule': 'service_type:video,telehealth',
    ...more,
  }
  return Object.entries(all).flatMap(([name, value]) => {
    if (value === undefined) return []
    if (typeof value === 'boolean') return value ? [`--${name}`] : []
    return [value].flat().flatMap((one) => [`--${name}`, String(one)])
  })
}

/** As the command line has it; a process of its own is the matter of one test. */
async function run(
  args: string[],
  env: Record<string, string> = {},
): Promise<{ code: number; out: string; err: string }> {
  try {
    return { code: 0, out: await addSite(args, { ...settings, ...env }), err: '' }
  } catch (error) {
    return { code: 1, out: '', err: (error as Error).message }
  }
}

function spawned(args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', import.meta.resolve('tsx'), script, ...args],
      { env: { PATH: process.env.PATH ?? '', ...settings } },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    )
  })
}

describe('site:add', () => {
  it('adds a site that a launch finds, and prints what the EHR team needs', async () => {
    const { code, out, err } = await spawned(given())
    expect(err).toBe('')
    expect(code).toBe(0)
    const site = await sites.byIssuer('https://ehr.example/r4/woodgrove/')
    expect(site).toMatchObject({
      tenantId: WOODGROVE_CLINICS,
      name: 'Woodgrove main',
      environment: 'testing',
      departments: [
        { id: 'family-medicine', name: 'Family medicine', locationIds: ['21304876', '21304877'], on: true },
        { id: 'cardiology', name: 'Cardiology', locationIds: ['31'], on: true },
      ],
      videoRule: { kind: 'service_type', codes: ['video', 'telehealth'] },
      organizers: [ORGANIZER],
      texts: { on: true, epoch: 1, sender: '+18665550123' },
    })
    expect(await tables.tables.tenants.get(WOODGROVE_CLINICS, 'tenant')).toBeDefined()
    for (const line of [
      /Launch URL +http:\/\/localhost:7071\/launch\/provider$/m,
      /Redirect URL +http:\/\/localhost:7071\/launch\/callback$/m,
      /JWKS URL +http:\/\/localhost:7071\/\.well-known\/jwks\.json$/m,
      /Client id +teams-visits$/m,
      /Client id +teams-visits-system$/m,
      /Scopes +.*user\/Appointment\.read/m,
      /Scopes +system\/Appointment\.read/m,
    ])
      expect(out).toMatch(line)
  })

  it('refuses a URL that is a site already, and writes it anew when asked to', async () => {
    const fhir = 'https://ehr.example/r4/again'
    expect((await run(given({ fhir }))).code).toBe(0)
    const first = await sites.byIssuer(fhir)
    const again = await run(given({ fhir, name: 'Another name' }))
    expect(again.code).toBe(1)
    expect(again.err).toContain(`site ${first?.siteId} ("Woodgrove main") already`)
    expect((await sites.byIssuer(fhir))?.name).toBe('Woodgrove main')
    expect((await run(given({ fhir, name: 'Another name', replace: true }))).code).toBe(0)
    expect(await sites.byIssuer(fhir)).toMatchObject({
      siteId: first?.siteId,
      name: 'Another name',
      texts: { epoch: 2 },
    })
  })

  it('refuses a URL of another organization without saying whose it is', async () => {
    const fhir = 'https://ehr.example/r4/theirs'
    expect((await run(given({ fhir, tenant: NORTHWIND_HEALTH, name: 'Northwind north' }))).code).toBe(0)
    for (const more of [{}, { replace: true }]) {
      const { code, err } = await run(given({ fhir, ...more }))
      expect(code).toBe(1)
      expect(err).toContain('belongs to a site of another organization')
      expect(err).not.toMatch(/northwind/i)
    }
    expect((await sites.byIssuer(fhir))?.tenantId).toBe(NORTHWIND_HEALTH)
  })

  it('seals a client secret, and never repeats it', async () => {
    const fhir = 'https://ehr.example/r4/secret'
    const { code, out, err } = await run(given({ fhir, 'client-auth': 'client_secret_basic' }), {
      EHR_CLIENT_SECRET: SECRET,
    })
    expect(code).toBe(0)
    const site = await sites.byIssuer(fhir)
    expect(site?.launch.auth.method).toBe('client_secret_basic')
    expect(JSON.stringify(site) + out + err).not.toContain(SECRET)
  })

  it('stores nothing in a dry run', async () => {
    const fhir = 'https://ehr.example/r4/dry'
    const { code, out } = await run(given({ fhir, 'dry-run': true }))
    expect(code).toBe(0)
    expect(out).toMatch(/Integration records: .*Nothing was stored\.$/s)
    expect(await sites.byIssuer(fhir)).toBeUndefined()
  })

  it('says at once when the storage does not listen, and what to do', async () => {
    const AzureWebJobsStorage = azurite.connectionString.replace(
      /:\d+\/devstoreaccount1;$/,
      ':1/devstoreaccount1;',
    )
    const { code, err } = await run(given(), { AzureWebJobsStorage })
    expect(code).toBe(1)
    expect(err).toMatch(/does not answer at 127\.0\.0\.1:1\. Start the sandbox with npm start/)
  })

  it('explains every option, with an example', async () => {
    const { code, out } = await run(['--help'])
    expect(code).toBe(0)
    const options = Object.keys(readOptions(given({ 'dry-run': true })))
    for (const option of options) expect(out).toContain(`--${option}`)
    expect(out).toContain('Example')
  })

  it('ends with 1 and names an option that it does not know', async () => {
    const { code, err } = await spawned(given({ colour: 'blue' }))
    expect(code).toBe(1)
    expect(err).toContain("'--colour'")
  })
})

describe('the options of a site', () => {
  const problems = (more: Parameters<typeof given>[0], development = false) => {
    const made = siteFrom(readOptions(given(more)), {
      allowedTenants: [WOODGROVE_CLINICS.toUpperCase()],
      development,
      siteId: 'abcdefghijkl',
      epoch: 1,
      emailsSince: '2031-03-01T00:00:00.000Z',
      secrets: { launch: undefined, system: undefined },
    })
    return 'problems' in made ? made.problems : []
  }

  it('are a site when they are right', () => {
    expect(problems({})).toEqual([])
    expect(problems({ fhir: 'http://localhost:7073/r4/x' }, true)).toEqual([])
  })

  it.each<[string, Parameters<typeof given>[0], RegExp]>([
    ['a tenant that is not allowed', { tenant: STRANGER }, /^--tenant: .*ALLOWED_TENANTS/],
    ['a tenant that is no GUID', { tenant: 'woodgrove' }, /^--tenant: .*not a GUID/],
    ['a URL without https', { fhir: 'http://ehr.example/r4' }, /^--fhir: .*is not https/],
    ['http on this machine in production', { fhir: 'http://localhost/r4' }, /^--fhir: .*is not https/],
    ['a URL with credentials', { fhir: 'https://a:b@ehr.example/r4' }, /^--fhir: .*credentials/],
    ['the URL of the metadata', { fhir: 'https://ehr.example/r4/metadata' }, /^--fhir: ends where/],
    ['a URL with a query', { fhir: 'https://ehr.example/r4?x=1' }, /^--fhir: .*query/],
    ['another environment', { environment: 'staging' }, /^--environment: has to be testing or production/],
    ['no time zone', { 'time-zone': 'Middle/Earth' }, /^--time-zone: is not an IANA time zone/],
    ['an organizer that is a name', { organizer: 'front desk' }, /^--organizer: .*GUID/],
    ['no organizer', { organizer: undefined }, /^--organizer: at least one/],
    ['no location', { location: undefined }, /^--location: at least one/],
    ['a location without an id', { location: '=Family' }, /^--location: /],
    ['a location twice', { location: ['1=A', '1=B'] }, /^--location: 1 is given twice/],
    ['a sender that is none', { sender: 'call me!' }, /^--sender: /],
    [
      'texts without a system account',
      { 'system-client-id': undefined },
      /^--sender: needs --system-client-id/,
    ],
    ['an e-mail sender that is none', { 'email-sender': 'visits' }, /^--email-sender: is not an e-mail/],
    [
      'e-mails without a system account',
      { 'system-client-id': undefined, sender: undefined, 'email-sender': 'visits@clinic.example' },
      /^--email-sender: needs --system-client-id/,
    ],
    ['an unknown rule', { 'video-rule': 'service_type' }, /^--video-rule: /],
    ['odd quiet hours', { 'quiet-hours': '9pm-8am' }, /^--quiet-hours: /],
    ['too many reminders', { reminders: '60,120,180,240' }, /^--reminders: /],
    ['a reminder that is no number', { reminders: 'soon' }, /^--reminders: /],
    ['another language', { language: 'de' }, /^--language: has to be/],
    ['a country by name', { countries: 'Canada' }, /^--countries: /],
    [
      'a secret that is not there',
      { 'client-auth': 'client_secret_basic' },
      /^--client-auth: .*EHR_CLIENT_SECRET/,
    ],
    ['a system account without proof', { 'system-client-auth': 'none' }, /^--system-client-auth: /],
    ['a portal URL without its client', { 'patient-fhir': 'https://p.example/r4' }, /^--patient-fhir: needs/],
    ['an issuer that is no URL', { issuer: 'cerner' }, /^--issuer: /],
  ])('are refused with one line: %s', (_name, more, line) => {
    const told = problems(more)
    expect(told).toHaveLength(1)
    expect(told[0]).toMatch(line)
  })

  it('are all told at once', () => {
    const none = Object.fromEntries(Object.keys(readOptions(given())).map((name) => [name, undefined]))
    const told = problems(none).map((line) => line.split(':')[0])
    expect(told.sort()).toEqual(
      ['client-id', 'environment', 'fhir', 'location', 'name', 'organizer', 'tenant', 'time-zone'].map(
        (name) => `--${name}`,
      ),
    )
  })
})

describe('the deployment that a site is added to', () => {
  const nowhere = mkdtempSync(`${tmpdir()}/site-add-`)
  afterAll(() => rmSync(nowhere, { recursive: true, force: true }))

  it('is the sandbox where there are no settings, on the ports of the environment', async () => {
    const found = await deployment({ PORT: '8071', AZURITE_TABLE_PORT: '12002' }, `${nowhere}/`)
    expect(found.settings.PUBLIC_URL).toBe('http://localhost:8071')
    expect(found.settings.AzureWebJobsStorage).toContain('127.0.0.1:12002/')
    expect(found.settings.ALLOWED_TENANTS).toContain(WOODGROVE_CLINICS)
  })

  it('is that of the settings where there are any, and names every problem with them', async () => {
    expect((await deployment(settings, `${nowhere}/`)).settings.AzureWebJobsStorage).toBe(
      azurite.connectionString,
    )
    const broken = deployment({ ...settings, PUBLIC_URL: 'nowhere', GEOGRAPHY: 'mars' }, `${nowhere}/`)
    await expect(broken).rejects.toThrow(/(?=.*PUBLIC_URL must)(?=.*GEOGRAPHY )/s)
  })
})

import { describe, expect, test } from 'vitest'
import { parseSettings, settingNames } from '../../../src/core/config.ts'
import { complete, rsaKey, secret, shortRsaKey } from './settings.fixture.ts'

/** What is said about a complete deployment with these changes; undefined takes a setting away. */
function problems(changes: Record<string, string | undefined>): Readonly<Record<string, string>> {
  const parsed = parseSettings({ ...complete, ...changes })
  return parsed.ok ? {} : (parsed.failure.shown ?? {})
}
const development = { ENVIRONMENT: 'development' }

test('a complete deployment needs nothing else, and its optional settings have defaults', () => {
  const parsed = parseSettings(complete)
  expect(parsed).toMatchObject({
    ok: true,
    value: {
      ENVIRONMENT: 'production',
      ENTRA_ASSERTION: 'managed_identity',
      GRAPH_BASE_URL: 'https://graph.microsoft.com',
      ACS_ENDPOINT: 'https://texts.communication.azure.com',
      VISIT_ERASE_DAYS: 7,
    },
  })
})

test('tenant ids compare however the operator wrote them', () => {
  const parsed = parseSettings(complete)
  expect(parsed.ok && parsed.value.ALLOWED_TENANTS).toEqual([
    '3f6c1d52-7b1e-4a8d-9c55-0a6b8f1e2d01',
    'b8a2e7c4-1f3d-4e69-8d27-5c90e4a7b302',
  ])
})

test('nothing at all names every setting that is missing, at once', () => {
  const parsed = parseSettings({})
  expect(parsed.ok ? [] : Object.keys(parsed.failure.shown ?? {}).sort()).toEqual([
    'ACS_ENDPOINT',
    'ALLOWED_TENANTS',
    'AzureWebJobsStorage',
    'CLIENT_ASSERTION_KEY',
    'ENTRA_CLIENT_ID',
    'FIELD_KEY',
    'GEOGRAPHY',
    'LINK_KEY',
    'PUBLIC_URL',
    'SESSION_KEY',
    'STAMP_SECRET',
  ])
})

test('what is wrong by itself and what is wrong together are told in one go', () => {
  const told = problems({
    GEOGRAPHY: 'moon',
    STAMP_SECRET: undefined,
    LINK_URL: 'http://v.example.org',
    ENTRA_ASSERTION: 'key',
    OUTBOUND_ALLOW: 'ehr.example.org=everywhere',
    AzureWebJobsStorage__accountName: undefined,
  })
  expect(Object.keys(told).sort()).toEqual([
    'AzureWebJobsStorage',
    'ENTRA_ASSERTION',
    'ENTRA_ASSERTION_KEY',
    'GEOGRAPHY',
    'LINK_URL',
    'OUTBOUND_ALLOW',
    'STAMP_SECRET',
  ])
})

test('an empty setting counts as one that is missing', () => {
  expect(problems({ STAMP_SECRET: '' })).toEqual({ STAMP_SECRET: 'is missing' })
  expect(problems({ LINK_URL: '' })).toEqual({})
})

test('a value that is refused is never repeated', () => {
  const canary = 'canary-8d1f'
  // Entries of OUTBOUND_ALLOW are no secrets and are named by what they say.
  const changes = Object.fromEntries(
    settingNames.filter((name) => name !== 'OUTBOUND_ALLOW').map((name) => [name, canary]),
  )
  const told = problems(changes)
  expect(Object.keys(told).length).toBeGreaterThan(20)
  expect(JSON.stringify(told)).not.toContain(canary)
})

describe('https', () => {
  test.each(['PUBLIC_URL', 'LINK_URL', 'GRAPH_BASE_URL', 'ENTRA_AUTHORITY', 'ACS_ENDPOINT', 'TEAMS_ORIGINS'])(
    '%s may use http for localhost in development only',
    (name) => {
      expect(problems({ [name]: 'http://localhost:7071' })[name]).toContain('https')
      expect(problems({ ...development, [name]: 'http://localhost:7071' })).toEqual({})
      expect(problems({ ...development, [name]: 'http://visits.example.org' })[name]).toContain('https')
    },
  )

  test('one of several Teams origins without it is enough to refuse', () => {
    const TEAMS_ORIGINS = 'https://teams.microsoft.com,http://teams.example.org'
    expect(Object.keys(problems({ TEAMS_ORIGINS }))).toEqual(['TEAMS_ORIGINS'])
  })
})

test('an origin has no path, no query, no fragment and no password', () => {
  for (const tail of ['/app', '/?a', '/#a']) {
    const PUBLIC_URL = `https://visits.example.org${tail}`
    expect(Object.keys(problems({ PUBLIC_URL })), tail).toEqual(['PUBLIC_URL'])
  }
  expect(problems({ PUBLIC_URL: 'https://:secret@visits.example.org' })).toHaveProperty('PUBLIC_URL')
  expect(problems({ PUBLIC_URL: 'https://visits.example.org/' })).toEqual({})
})

test('the link host has at most 40 characters, wherever it comes from', () => {
  const host = (length: number) => `https://${'a'.repeat(length - 12)}.example.org`
  expect(problems({ LINK_URL: host(40) })).toEqual({})
  expect(problems({ LINK_URL: host(41) })).toHaveProperty('LINK_URL')
  expect(problems({ PUBLIC_URL: host(41) })).toHaveProperty('LINK_URL')
  expect(problems({ PUBLIC_URL: host(60), LINK_URL: host(40) })).toEqual({})
})

test('nobody may use a deployment that names no tenant, and there is no wildcard', () => {
  for (const ALLOWED_TENANTS of [' , ', '*', 'common', `${complete.ALLOWED_TENANTS},*`])
    expect(problems({ ALLOWED_TENANTS }), ALLOWED_TENANTS).toHaveProperty('ALLOWED_TENANTS')
})

test('a key of its own in place of the managed identity is for development, and must be there', () => {
  expect(problems({ ENTRA_ASSERTION: 'key', ENTRA_ASSERTION_KEY: rsaKey })).toHaveProperty('ENTRA_ASSERTION')
  expect(problems({ ...development, ENTRA_ASSERTION: 'key' })).toHaveProperty('ENTRA_ASSERTION_KEY')
  const good = { ...development, ENTRA_ASSERTION: 'key', ENTRA_ASSERTION_KEY: rsaKey }
  expect(problems(good)).toEqual({})
})

test('a secret is 32 bytes in base64, to the letter', () => {
  for (const STAMP_SECRET of ['short', `${secret()}AAAA`, `!${secret()}`, 'f'.repeat(64)])
    expect(problems({ STAMP_SECRET }), STAMP_SECRET).toHaveProperty('STAMP_SECRET')
})

test('no secret serves two purposes', () => {
  expect(problems({ LINK_KEY: complete.FIELD_KEY })).toEqual({ LINK_KEY: 'must differ from FIELD_KEY' })
  expect(problems({ FIELD_KEY_PREVIOUS: complete.FIELD_KEY })).toHaveProperty('FIELD_KEY_PREVIOUS')
})

test('a signing key is a private key of a kind that EHRs accept', () => {
  const { d: _, ...publicHalf } = JSON.parse(complete.CLIENT_ASSERTION_KEY ?? '{}')
  const p256 = JSON.stringify({ ...JSON.parse(complete.CLIENT_ASSERTION_KEY ?? '{}'), crv: 'P-256' })
  for (const key of ['{', '{}', 'null', JSON.stringify(publicHalf), p256, shortRsaKey])
    expect(problems({ CLIENT_ASSERTION_KEY: key }), key.slice(0, 30)).toHaveProperty('CLIENT_ASSERTION_KEY')
  expect(problems({ CLIENT_ASSERTION_KEY: rsaKey })).toEqual({})
})

test('each entry of OUTBOUND_ALLOW that may not stand is named', () => {
  const OUTBOUND_ALLOW =
    'ehr.example.org=10.20.0.0/16,meta.example.org=169.254.169.254/32,*.example.org=10.0.0.1/32'
  const told = problems({ OUTBOUND_ALLOW }).OUTBOUND_ALLOW
  expect(told).toContain('meta.example.org')
  expect(told).toContain('*.example.org')
  expect(told).not.toContain('10.20.0.0/16')
})

test('storage is named by an account, by its addresses, or by a connection string', () => {
  const none = { AzureWebJobsStorage__accountName: undefined }
  const queues = { AzureWebJobsStorage__queueServiceUri: 'https://a.queue.core.windows.net' }
  const tables = { AzureWebJobsStorage__tableServiceUri: 'https://a.table.core.windows.net' }
  expect(problems(none)).toHaveProperty('AzureWebJobsStorage')
  expect(problems({ ...none, ...queues })).toHaveProperty('AzureWebJobsStorage')
  expect(problems({ ...none, ...queues, ...tables })).toEqual({})
  expect(problems({ ...none, AzureWebJobsStorage: 'UseDevelopmentStorage=true' })).toEqual({})
})

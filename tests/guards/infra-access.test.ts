import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../scripts/snapshot.ts'
import { COMPILING, compiled, compiledEvents, leaf, noCli, OPERATOR, ofType } from './infra-template.ts'

const infra = fileURLToPath(new URL('../../infra', import.meta.url))

async function bicepSources(): Promise<string> {
  const files = (await readdir(infra, { recursive: true })).filter((file) => file.endsWith('.bicep'))
  return (await Promise.all(files.map((file) => readFile(`${infra}/${file}`, 'utf8')))).join('\n')
}

/** The built-in roles by id, as roles.bicep names them. */
async function rolesById(): Promise<Map<string, string>> {
  const text = await readFile(`${infra}/roles.bicep`, 'utf8')
  return new Map(
    [...text.matchAll(/(\w+): '([0-9a-f-]{36})'/g)].map(([, name, id]) => [id ?? '', name ?? '']),
  )
}

/** What each identity may do, and on what; nothing else is ever assigned. */
const NAMED = {
  app: [
    'communicationOwner on communicationServices',
    'keyVaultSecretsUser on vaults',
    'metricsPublisher on components',
    'storageBlobOwner on storageAccounts',
    'storageQueueContributor on storageAccounts',
    'storageTableContributor on storageAccounts',
  ],
  operator: [
    'keyVaultCertificatesOfficer on vaults',
    'keyVaultSecretsOfficer on vaults',
    'storageBlobContributor on storageAccounts',
    'storageQueueSender on storageAccounts',
    'storageTableContributor on storageAccounts',
  ],
}

describe.skipIf(noCli)('who may do what in the compiled template', () => {
  let main: Snapshot
  let events: Snapshot
  beforeAll(async () => {
    ;[main, events] = await Promise.all([compiled(), compiledEvents()])
  }, COMPILING)

  it('gives every identity its named roles and no others', async () => {
    const roles = await rolesById()
    const given: Record<string, string[]> = { app: [], operator: [] }
    for (const { id, scope, properties } of ofType(main, 'Microsoft.Authorization/roleAssignments')) {
      const role =
        /roleDefinitions['/, ]+([0-9a-f-]{36})/.exec(String(properties.roleDefinitionId))?.[1] ?? ''
      const holder = properties.principalId === OPERATOR ? 'operator' : 'app'
      const path = (scope ?? id).replace(/\/providers\/Microsoft\.Authorization\/roleAssignments.*$/, '')
      const target = /\/providers\/[\w.]+\/(\w+)\/[^/]+$/.exec(path)?.[1]
      given[holder]?.push(`${roles.get(role) ?? `an unnamed role ${role}`} on ${target}`)
    }
    expect({ app: given.app?.sort(), operator: given.operator?.sort() }).toEqual(NAMED)
  })

  it('assigns nothing to a person when no operator is named', async () => {
    const assignments = ofType(await compiled('amer', {}), 'Microsoft.Authorization/roleAssignments')
    expect(assignments).toHaveLength(NAMED.app.length)
  })

  it('asks no resource for its keys and holds no secret', async () => {
    const text = JSON.stringify([main, events]) + (await bicepSources())
    expect(text).not.toMatch(/list(Keys|Secrets|ConnectionStrings|AccountSas|ServiceSas|Credentials)\b/i)
    expect(text).not.toMatch(/AccountKey=|SharedAccessKey=|sig=|BEGIN [A-Z ]*PRIVATE KEY|"d":/)
    // Every value that looks random enough to be a key is a reference or a GUID.
    expect(text).not.toMatch(/[A-Za-z0-9+/]{43}=/)
  })

  it('turns off keys and passwords wherever there is another way in', () => {
    const [storage] = ofType(main, 'Microsoft.Storage/storageAccounts')
    expect(storage?.properties).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
    })
    const [vault] = ofType(main, 'Microsoft.KeyVault/vaults')
    expect(vault?.properties).toMatchObject({ enableRbacAuthorization: true, enablePurgeProtection: true })
    expect(vault?.properties).not.toHaveProperty('accessPolicies')
    const [communication] = ofType(main, 'Microsoft.Communication/communicationServices')
    expect(communication?.properties).toMatchObject({ disableLocalAuth: true })
    const [insights] = ofType(main, 'Microsoft.Insights/components')
    expect(insights?.properties).toMatchObject({ DisableLocalAuth: true })
    const passwords = ofType(main, 'Microsoft.Web/sites/basicPublishingCredentialsPolicies')
    expect(passwords.map((one) => [leaf(one), one.properties.allow]).sort()).toEqual([
      ['ftp', false],
      ['scm', false],
    ])
  })

  it('speaks https with TLS 1.2 or better only, on Node 24', () => {
    const [app] = ofType(main, 'Microsoft.Web/sites')
    expect(app?.properties).toMatchObject({
      httpsOnly: true,
      siteConfig: { minTlsVersion: '1.2', scmMinTlsVersion: '1.2', ftpsState: 'Disabled' },
      functionAppConfig: { runtime: { name: 'node', version: '24' } },
    })
  })

  it('keeps only the named log categories, none with recipients, bodies or paths', () => {
    const kept = ofType(main, 'Microsoft.Insights/diagnosticSettings').flatMap(
      ({ properties }) => (properties.logs ?? []) as { category?: string; categoryGroup?: string }[],
    )
    expect(kept.every(({ categoryGroup }) => categoryGroup === undefined)).toBe(true)
    expect(kept.map(({ category }) => category).sort()).toEqual([
      'AuditEvent',
      'AuthOperational',
      'AzurePolicyEvaluationDetails',
      'EmailSendMailOperational',
      'Usage',
    ])
  })
})

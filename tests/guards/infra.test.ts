import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Snapshot } from '../../scripts/snapshot.ts'
import { parseSettings, settingNames } from '../../src/core/config.ts'
import { queueNames, tableNames } from '../../src/core/store/store.ts'
import {
  COMPILING,
  compiled,
  compiledEvents,
  EVERYTHING,
  leaf,
  noCli,
  ofType,
  settingsOf,
} from './infra-template.ts'

// The very key that deploy.sh would make.
const { assertionKey } = await import(new URL('../../infra/lib/new-key.mjs', import.meta.url).href)
const source = fileURLToPath(new URL('../../src', import.meta.url))

/** Read by the host, by no code of ours. */
const HOST_SETTINGS = [
  'AzureWebJobsStorage__credential',
  'AzureWebJobsStorage__clientId',
  'AzureWebJobsStorage__blobServiceUri',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
]
/** Read by our code where it does not run in Azure: a deployment that had them would have a secret. */
const NEVER_DEPLOYED = ['ENTRA_ASSERTION_KEY', 'AzureWebJobsStorage', 'AzureWebJobsStorage__accountName']

async function sources(): Promise<string> {
  const files = (await readdir(source, { recursive: true })).filter((file) => /\.tsx?$/.test(file))
  return (await Promise.all(files.map((file) => readFile(`${source}/${file}`, 'utf8')))).join('\n')
}

describe.skipIf(noCli)('the compiled template', () => {
  let main: Snapshot
  let events: Snapshot
  beforeAll(async () => {
    ;[main, events] = await Promise.all([compiled(), compiledEvents()])
  }, COMPILING)

  it('sets every setting that the code reads, and none besides the host’s own', () => {
    const wanted = [...settingNames.filter((name) => !NEVER_DEPLOYED.includes(name)), ...HOST_SETTINGS]
    expect(Object.keys(settingsOf(main)).sort()).toEqual(wanted.sort())
  })

  it('gives settings that the app accepts once the vault and the other resources answer', () => {
    const answers: Record<string, string> = {
      STAMP_SECRET: Buffer.alloc(32, 1).toString('base64'),
      FIELD_KEY: Buffer.alloc(32, 2).toString('base64'),
      LINK_KEY: Buffer.alloc(32, 3).toString('base64'),
      SESSION_KEY: Buffer.alloc(32, 4).toString('base64'),
      CLIENT_ASSERTION_KEY: assertionKey(),
      AZURE_CLIENT_ID: '44444444-4444-4444-4444-444444444444',
      ACS_ENDPOINT: 'https://sample.unitedstates.communication.azure.com',
      ENTRA_AUTHORITY: 'https://login.microsoftonline.com',
      AzureWebJobsStorage__queueServiceUri: 'https://sample.queue.core.windows.net/',
      AzureWebJobsStorage__tableServiceUri: 'https://sample.table.core.windows.net/',
    }
    const parsed = parseSettings({ ...settingsOf(main), ...answers })
    expect(parsed.ok ? {} : parsed.failure.shown).toEqual({})
  })

  it('takes every key from the vault, without a version', () => {
    const keys = Object.entries(settingsOf(main)).filter(([name]) => /_(KEY|SECRET|CERTIFICATE)$/.test(name))
    expect(keys.length).toBeGreaterThanOrEqual(5)
    for (const [name, value] of keys) {
      const secret = name.replace('GRAPH_', '').toLowerCase().replaceAll('_', '-')
      expect(value, name).toMatch(/@Microsoft\.KeyVault\(SecretUri=/)
      // The name closes the reference: nothing follows that could be a version.
      expect(value, name).toContain(`${secret})`)
    }
  })

  it('opens older things with the previous key while a key is being rotated', async () => {
    const rotating = await compiled('amer', { ...EVERYTHING, EHR_ROTATING_KEYS: 'field-key,link-key' })
    const settings = settingsOf(rotating)
    expect(settings.FIELD_KEY_PREVIOUS).toMatch(/field-key-previous/)
    expect(settings.LINK_KEY_PREVIOUS).toMatch(/link-key-previous/)
    expect(settings.SESSION_KEY_PREVIOUS).toBe('')
    expect(settingsOf(main).FIELD_KEY_PREVIOUS).toBe('')
  })

  it('has every queue with its poison queue, every table and every container that is used', () => {
    const queues = ofType(main, 'Microsoft.Storage/storageAccounts/queueServices/queues').map(leaf)
    expect(queues.sort()).toEqual(queueNames.flatMap((name) => [name, `${name}-poison`]).sort())
    const tables = ofType(main, 'Microsoft.Storage/storageAccounts/tableServices/tables').map(leaf)
    expect(tables.sort()).toEqual([...tableNames].sort())
    const containers = ofType(main, 'Microsoft.Storage/storageAccounts/blobServices/containers').map(leaf)
    expect(containers.sort()).toEqual(['app-package', 'releases'])
    const [app] = ofType(main, 'Microsoft.Web/sites')
    expect(JSON.stringify(app?.properties)).toContain('app-package')
  })

  it('subscribes every Event Grid function, and keeps no event that was not delivered', async () => {
    const functions = [...(await sources()).matchAll(/functions\.eventGrid\('(\w+)'/g)].map(
      ([, name]) => name,
    )
    const subscriptions = ofType(events, 'Microsoft.EventGrid/systemTopics/eventSubscriptions')
    const targets = subscriptions.map(({ properties }) => JSON.stringify(properties.destination))
    expect(functions.length).toBeGreaterThan(0)
    expect(targets).toHaveLength(functions.length)
    for (const name of functions)
      expect(targets.filter((target) => target.includes(`/functions/${name}`))).toHaveLength(1)
    expect(JSON.stringify(subscriptions)).not.toMatch(/deadLetter/i)
  })

  it('alerts only on log lines that the code writes', async () => {
    const written = new Set(
      [...(await sources()).matchAll(/(?:log|\))\(\s*'([a-z_]+)'/g)].map(([, name]) => name),
    )
    const rules = ofType(main, 'Microsoft.Insights/scheduledQueryRules')
    expect(rules.map((rule) => leaf(rule).replace(/^.*-alerts-/, ''))).toEqual(
      expect.arrayContaining([
        'heartbeat',
        'site-heartbeat',
        'poison',
        'stuck-sends',
        'server-errors',
        'launch-failures',
        'visits-unread',
        'throttling',
        'dropped-events',
        'fraud-guard',
      ]),
    )
    // One site that is late wakes somebody although all others are well, and says which.
    const late = rules.find((rule) => leaf(rule).endsWith('site-heartbeat'))
    expect(JSON.stringify(late?.properties)).toContain('"dimensions":[{"name":"site"')
    for (const rule of rules) {
      const text = JSON.stringify(rule.properties)
      const compared = [...text.matchAll(/event == \\"(\w+)\\"/g), ...inLists(text)].map(([, name]) => name)
      for (const name of compared) expect(written, `${leaf(rule)} waits for ${name}`).toContain(name)
      expect(rule.properties.actions, leaf(rule)).toMatchObject({ actionGroups: [expect.any(String)] })
    }
  })
})

function inLists(text: string): RegExpMatchArray[] {
  const lists = [...text.matchAll(/event in \(([^)]*)\)/g)].map(([, list]) => list ?? '')
  return lists.flatMap((list) => [...list.matchAll(/\\"(\w+)\\"/g)])
}

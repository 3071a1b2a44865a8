import type { Page } from 'playwright-core'
import type { SandboxEhr } from '../../../sandbox/ehr/ehr.ts'

/** The values of one record as they stand on the page, by label. */
async function recordOnPage(page: Page, title: string): Promise<ReadonlyMap<string, string>> {
  const record = page.locator('.record').filter({ has: page.getByRole('heading', { name: title }) })
  await record.waitFor()
  const lines = await record.locator('dl > div').evaluateAll((rows) =>
    rows.map((row) => {
      const value = row.querySelector('dd > span') ?? row.querySelector('dd')
      return [row.querySelector('dt')?.textContent ?? '', value?.textContent?.trim() ?? ''] as const
    }),
  )
  return new Map(lines)
}

export type Registered = { readonly clientId: string; readonly systemClientId: string }

/**
 * What the EHR's own team does with the records: registers the clinicians' application and the system account with
 * nothing but what the page says, and gives back the client ids.
 */
export async function registerFromRecords(page: Page, ehr: SandboxEhr): Promise<Registered> {
  const [provider, system] = [
    await recordOnPage(page, 'Provider record'),
    await recordOnPage(page, 'System account record'),
  ]
  const of = (record: ReadonlyMap<string, string>, label: string) => {
    const value = record.get(label)
    if (!value) throw new Error(`the record has no ${label}: ${[...record.keys()].join(', ')}`)
    return value
  }
  const [clientId, systemClientId] = ['woodgrove-teams-visits', 'woodgrove-teams-visits-system']
  ehr.register({
    clientId,
    kind: 'private_key_jwt',
    redirectUris: [of(provider, 'Redirect URL')],
    scope: of(provider, 'Scopes'),
    grants: ['authorization_code'],
    jwksUri: of(provider, 'JWKS URL'),
  })
  ehr.register({
    clientId: systemClientId,
    kind: 'private_key_jwt',
    redirectUris: [],
    scope: of(system, 'Scopes'),
    grants: ['client_credentials'],
    jwksUri: of(system, 'JWKS URL'),
  })
  return { clientId, systemClientId }
}

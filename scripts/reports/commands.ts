import { parseArgs } from 'node:util'
import { keyRing } from '../../src/core/keys/key-ring.ts'
import { rebuildReports } from '../../src/core/reports/rebuild.ts'
import { siteStore } from '../../src/core/sites/site-store.ts'
import { tenantSchema } from '../../src/core/sites/tenant.ts'
import { tenantStore } from '../../src/core/sites/tenant-store.ts'
import { removeTenant } from '../../src/core/tenants/remove-tenant.ts'
import { visitStore } from '../../src/core/visits/visit-store.ts'
import { commandStorage } from '../command-storage.ts'

export const HELP = `npm run reports -- rebuild --from 2031-03-01 --to 2031-03-31 [--tenant ID] [--site ID]
    makes the reports of these UTC days anew, from the visits that are still known and the records of the rest
npm run reports -- settings --tenant ID [--retention-months 13] [--call-quality on|off]
    shows, or changes, how long a tenant's reports are kept and whether call quality is asked for
npm run reports -- remove-tenant --tenant ID --confirm ID
    erases everything that is kept of a tenant, and prints the receipt

    --storage https://<account>.table.core.windows.net   as whoever is signed in to the Azure CLI; default: what the
                                                         settings name, else the sandbox on this machine`

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  tenant: { type: 'string' },
  site: { type: 'string' },
  confirm: { type: 'string' },
  storage: { type: 'string' },
  'retention-months': { type: 'string' },
  'call-quality': { type: 'string' },
} as const
type Options = Partial<Record<keyof typeof OPTIONS, string>>
type Env = Readonly<Record<string, string | undefined>>

/** `npm run reports` as a function: what it prints, or an Error whose message a person reads. */
export async function reportCommand(args: readonly string[], env: Env): Promise<string> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  const [command] = positionals
  if (command === 'rebuild') return rebuild(values, env)
  if (command === 'settings') return settings(values, env)
  if (command === 'remove-tenant') return remove(values, env)
  if (command === undefined || command === 'help') return HELP
  throw new Error(`There is no command "${command}".\n\n${HELP}`)
}

async function rebuild(options: Options, env: Env): Promise<string> {
  const { from = '', to = '' } = options
  for (const day of [from, to])
    if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(Date.parse(day)))
      throw new Error('Say which days: --from 2031-03-01 --to 2031-03-31')
  const { store, said } = await commandStorage(options.storage, env)
  const sites = (await siteStore(store).all()).filter(
    ({ tenantId, siteId }) =>
      (options.tenant === undefined || tenantId === options.tenant) &&
      (options.site === undefined || siteId === options.site),
  )
  if (sites.length === 0) throw new Error(`No such site in ${said}.`)
  // No link is written here: the visits are only read, and told where their record lies.
  const visits = visitStore(store, keyRing(new Uint8Array(32)), 7)
  const lines: string[] = []
  for (const site of sites) {
    const rebuilt = await rebuildReports({ store, visits, now: () => new Date() }, site, { from, to })
    lines.push(`${site.siteId}: ${rebuilt.visits} visits on ${rebuilt.days} days`)
  }
  return `${lines.join('\n')}\nRebuilt in ${said}.`
}

async function settings(options: Options, env: Env): Promise<string> {
  const { tenant = '' } = options
  if (tenant === '') throw new Error('Say whose: --tenant ID')
  const tenants = tenantStore((await commandStorage(options.storage, env)).store)
  const { value, version } = await tenants.read(tenant)
  const months = options['retention-months']
  const quality = options['call-quality']
  if (quality !== undefined && quality !== 'on' && quality !== 'off')
    throw new Error('--call-quality is on or off')
  const reports = {
    retentionMonths: months === undefined ? value.reports.retentionMonths : Number(months),
    callQuality: quality === undefined ? value.reports.callQuality : quality === 'on',
  }
  const next = tenantSchema.safeParse({ ...value, reports })
  if (!next.success) throw new Error('--retention-months is a whole number from 1 to 120')
  if (months !== undefined || quality !== undefined) {
    const saved = await tenants.save(next.data, version)
    if (!saved.ok) throw new Error('Somebody else changed the configuration just now. Run it again.')
  }
  return `${tenant}: kept for ${reports.retentionMonths} months, call quality ${reports.callQuality ? 'on' : 'off'}`
}

async function remove({ tenant = '', confirm, storage }: Options, env: Env): Promise<string> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(tenant)) throw new Error('Say whose: --tenant ID')
  if (confirm !== tenant)
    throw new Error('Everything of this tenant is erased for good. Repeat its id to confirm: --confirm ID')
  const { store, said } = await commandStorage(storage, env)
  const receipt = await removeTenant({ store, now: () => new Date() }, tenant.toLowerCase())
  const { numbers } = receipt
  const left =
    numbers.length === 0
      ? ''
      : `\nStill numbers of the Communication Services resource, at their monthly price until you release them: ${numbers.join(', ')}. How: docs/operations.md, "A tenant that leaves".`
  return `${JSON.stringify(receipt, null, 2)}\nErased in ${said}. Take the tenant out of ALLOWED_TENANTS as well.${left}`
}

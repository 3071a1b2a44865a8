import { assertionSource } from '../../src/core/accounts/assertion.ts'
import { credentials } from '../../src/core/accounts/credential.ts'
import { storageClients } from '../../src/core/app.ts'
import type { Settings } from '../../src/core/config.ts'
import { keyRing } from '../../src/core/keys/key-ring.ts'
import { recordText } from '../../src/core/sites/record.ts'
import type { Site } from '../../src/core/sites/site.ts'
import { newSiteId } from '../../src/core/sites/site-id.ts'
import { siteStore } from '../../src/core/sites/site-store.ts'
import { sealClientSecret } from '../../src/core/sites/smart-site.ts'
import { type TenantStore, tenantStore } from '../../src/core/sites/tenant-store.ts'
import { createStorage, store } from '../../src/core/store/store.ts'
import { deployment } from './deployment.ts'
import { HELP, type Options, readOptions } from './options.ts'
import { siteFrom } from './site-from.ts'
import { storageAnswers } from './storage-answers.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * `npm run site:add` as a function: what it prints, or an Error whose message a person reads.
 * @param args the command line
 * @param env settings, ports and client secrets
 */
export async function addSite(args: readonly string[], env: Environment): Promise<string> {
  const options = readOptions(args)
  if (options.help) return HELP
  const { settings, said } = await deployment(env)
  const candidate = siteFor(options, settings, env, { siteId: newSiteId(), epoch: 1 })
  if ('problems' in candidate) throw new Error(candidate.problems.join('\n'))
  if (options['dry-run']) return `${recordText(candidate.site, settings.PUBLIC_URL)}\n\nNothing was stored.`
  const site = await add(options, settings, env, candidate.site)
  return `${recordText(site, settings.PUBLIC_URL)}\n\nAdded to ${said}.`
}

function siteFor(
  options: Options,
  settings: Settings,
  env: Environment,
  { siteId, epoch, emailsSince }: { siteId: string; epoch: number; emailsSince?: string | undefined },
) {
  const ring = keyRing(settings.FIELD_KEY, settings.FIELD_KEY_PREVIOUS)
  const owner = { tenantId: options.tenant?.toLowerCase() ?? '', siteId }
  const sealed = (secret: string | undefined) => secret && sealClientSecret(ring, owner, secret)
  return siteFrom(options, {
    allowedTenants: settings.ALLOWED_TENANTS,
    development: settings.ENVIRONMENT === 'development',
    siteId,
    epoch,
    emailsSince: emailsSince ?? new Date().toISOString(),
    secrets: {
      launch: sealed(env.EHR_CLIENT_SECRET),
      system: sealed(env.EHR_SYSTEM_CLIENT_SECRET),
    },
  })
}

async function add(options: Options, settings: Settings, env: Environment, candidate: Site): Promise<Site> {
  await storageAnswers(settings)
  const clients = await storageClients(
    settings,
    credentials(
      settings,
      assertionSource(settings, () => new Date()),
    ),
  )
  // An account in Azure has its tables from the deployment.
  if (settings.AzureWebJobsStorage) await createStorage(clients)
  const tables = store(clients)
  const sites = siteStore(tables)
  const { tenantId, fhirBaseUrl } = candidate
  const taken = 'The FHIR base URL belongs to a site of another organization of this deployment.'
  const before = await sites.byIssuer(fhirBaseUrl)
  if (before && before.tenantId !== tenantId) throw new Error(taken)
  if (before && !options.replace)
    throw new Error(
      `The FHIR base URL is site ${before.siteId} ("${before.name}") already. --replace writes it anew.`,
    )
  // Texts that are switched on begin with a baseline, and for that the epoch has to rise.
  const anew =
    before &&
    siteFor(options, settings, env, {
      siteId: before.siteId,
      epoch: before.texts.epoch + 1,
      // Those that are on already go on from where they began.
      emailsSince: before.emails?.on ? before.emails.since : undefined,
    })
  const site = anew && 'site' in anew ? anew.site : candidate
  await nameTenant(tenantStore(tables), tenantId, options['tenant-name'], site)
  const saved = await sites.save(site)
  if (saved.ok) return site
  throw new Error(
    saved.failure.code === 'site_url_taken' ? taken : `The site could not be saved: ${saved.failure.code}.`,
  )
}

/** A new tenant is called as the option says, else as its first site; a known one keeps its name unless told otherwise. */
async function nameTenant(tenants: TenantStore, tenantId: string, name: string | undefined, site: Site) {
  const { value, version } = await tenants.read(tenantId, name ?? site.name)
  const organizers = [...new Set([...value.organizers, ...site.organizers])]
  const saved = await tenants.save({ ...value, name: name ?? value.name, organizers }, version)
  if (!saved.ok) throw new Error('Somebody changed the organization at this moment. Run the command again.')
}

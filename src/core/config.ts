import { z } from 'zod'
import { count, guid, list, origin, rsaKey, seconds, secret, serviceUrl, smartKey } from './config-fields.ts'
import { parseOutboundPolicy } from './http/outbound-policy.ts'
import { fail, ok, type Result } from './result.ts'

/** The settings as the operator writes them: one line each in local.settings.example.json and infra/. */
const schema = z.object({
  ENVIRONMENT: z.enum(['production', 'development']).default('production'),
  GEOGRAPHY: z.enum(['amer', 'emea', 'apac']),
  PUBLIC_URL: origin,
  LINK_URL: origin.optional(),
  ALLOWED_TENANTS: z
    .string()
    .transform(list)
    .pipe(z.array(guid).min(1, 'name at least one tenant id; nobody can use the deployment otherwise')),
  ENTRA_AUTHORITY: serviceUrl.default('https://login.microsoftonline.com'),
  ENTRA_CLIENT_ID: guid,
  ENTRA_ASSERTION: z.enum(['managed_identity', 'key']).default('managed_identity'),
  ENTRA_ASSERTION_KEY: rsaKey.optional(),
  AZURE_CLIENT_ID: guid.optional(),
  GRAPH_BASE_URL: serviceUrl.default('https://graph.microsoft.com'),
  ACS_ENDPOINT: serviceUrl,
  TEAMS_ORIGINS: z
    .string()
    .default('https://teams.microsoft.com,https://visit.teams.microsoft.com,https://teams.live.com')
    .transform(list)
    .pipe(z.array(origin).min(1)),
  STAMP_SECRET: secret,
  FIELD_KEY: secret,
  FIELD_KEY_PREVIOUS: secret.optional(),
  LINK_KEY: secret,
  LINK_KEY_PREVIOUS: secret.optional(),
  SESSION_KEY: secret,
  SESSION_KEY_PREVIOUS: secret.optional(),
  CLIENT_ASSERTION_KEY: smartKey,
  CLIENT_ASSERTION_KEY_PREVIOUS: smartKey.optional(),
  /** PEM of a certificate with its key: Graph encrypts what it tells of a meeting with it. Without it, it tells nothing. */
  GRAPH_NOTIFICATION_CERTIFICATE: z.string().optional(),
  GRAPH_NOTIFICATION_CERTIFICATE_PREVIOUS: z.string().optional(),
  OUTBOUND_ALLOW: z.string().default(''),
  /** App roles (their values, as in infra/entra/application.mjs) that may configure, and read the reports. */
  PORTAL_ADMIN_ROLE: z.string().min(1).default('Connector.Configure'),
  PORTAL_REPORTS_ROLE: z.string().min(1).default('Connector.ReadReports'),
  /** Pages of the operator that the portal's footer leads to. */
  TERMS_URL: serviceUrl.optional(),
  PRIVACY_URL: serviceUrl.optional(),
  SWEEP_SCHEDULE: z.string().default('0 */2 * * * *'),
  REMINDER_SCHEDULE: z.string().default('30 * * * * *'),
  NUMBERS_SCHEDULE: z.string().default('0 */2 * * * *'),
  ERASE_SCHEDULE: z.string().default('0 15 3 * * *'),
  SWEEP_HORIZON_DAYS: count(30, 370),
  SWEEP_NEAR_DAYS: count(3, 370),
  SWEEP_FAR_MINUTES: count(60, 1_440),
  REPORT_SCHEDULE: z.string().default('15 * * * * *'),
  RETENTION_SCHEDULE: z.string().default('0 45 3 * * *'),
  SMS_REPEATABILITY_SECONDS: seconds(240),
  NOTICE_LEASE_SECONDS: seconds(120),
  /** "Service limits for Azure Communication Services", e-mail from a domain of one's own; raised on request. */
  TEXTS_PER_NUMBER: count(12, 1_000),
  TEXTS_PER_PREFIX: count(1_000, 100_000),
  TEXTS_PER_TENANT: count(250_000, 10_000_000),
  EMAILS_PER_MINUTE: count(30, 10_000),
  EMAILS_PER_HOUR: count(100, 100_000),
  VISIT_OPENS_MINUTES: count(30, 240),
  VISIT_ERASE_DAYS: count(7, 90),
  AzureWebJobsStorage: z.string().optional(),
  AzureWebJobsStorage__accountName: z.string().optional(),
  AzureWebJobsStorage__queueServiceUri: z.url().optional(),
  AzureWebJobsStorage__tableServiceUri: z.url().optional(),
})

export type Settings = Readonly<z.infer<typeof schema>>

/** Every setting that the code reads; the deployment's guard compares it with what infra/ sets. */
export const settingNames: readonly string[] = Object.keys(schema.shape)

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

/**
 * Parses all settings at once, each by itself and then together, so that one round of mending is enough.
 * @returns the settings, or `settings_invalid` whose `shown` names every problem, setting by setting. Values are never
 * repeated, but for the entries of OUTBOUND_ALLOW: they are no secrets and have no other name.
 */
export function parseSettings(
  env: Readonly<Record<string, string | undefined>>,
): Result<Settings, 'settings_invalid'> {
  const shown: Record<string, string> = {}
  const problem = (name: string, words: string) => {
    shown[name] = shown[name] ? `${shown[name]}; ${words}` : words
  }
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    // A setting that is there and empty is one that somebody meant to leave out.
    const given = env[name] === '' ? undefined : env[name]
    const parsed = field.safeParse(given)
    if (parsed.success) values[name] = parsed.data
    else if (given === undefined) problem(name, 'is missing')
    else for (const issue of parsed.error.issues) problem(name, issue.message)
  }
  checkTogether(values, problem)
  return Object.keys(shown).length === 0 ? ok(values as Settings) : fail('settings_invalid', { shown })
}

const URLS = ['PUBLIC_URL', 'LINK_URL', 'GRAPH_BASE_URL', 'ENTRA_AUTHORITY', 'ACS_ENDPOINT'] as const
const SECRETS = [
  'STAMP_SECRET',
  'FIELD_KEY',
  'FIELD_KEY_PREVIOUS',
  'LINK_KEY',
  'LINK_KEY_PREVIOUS',
  'SESSION_KEY',
  'SESSION_KEY_PREVIOUS',
] as const

/** What only several settings together tell; a setting that did not parse is left out. */
function checkTogether(values: Partial<Settings>, problem: (name: string, words: string) => void): void {
  const development = values.ENVIRONMENT === 'development'
  for (const name of [...URLS, 'TEAMS_ORIGINS'] as const)
    for (const url of [values[name] ?? []].flat())
      if (url.startsWith('http:') && !(development && isLoopback(new URL(url).hostname)))
        problem(name, 'must use https (http is for localhost in development only)')
  const links = values.LINK_URL ?? values.PUBLIC_URL
  if (links && new URL(links).host.length > 40)
    problem('LINK_URL', 'the link host may have at most 40 characters, so that a text fits one segment')
  if (values.ENTRA_ASSERTION === 'key') {
    if (!development) problem('ENTRA_ASSERTION', 'a key is for development; deploy with managed_identity')
    if (!values.ENTRA_ASSERTION_KEY) problem('ENTRA_ASSERTION_KEY', 'is needed when ENTRA_ASSERTION is "key"')
  }
  const account = values.AzureWebJobsStorage ?? values.AzureWebJobsStorage__accountName
  if (
    !account &&
    !(values.AzureWebJobsStorage__queueServiceUri && values.AzureWebJobsStorage__tableServiceUri)
  )
    problem('AzureWebJobsStorage', 'or AzureWebJobsStorage__accountName is needed')
  // One key for two purposes would let what was made for one be used for the other.
  for (const [at, name] of SECRETS.entries()) {
    const twin = SECRETS.slice(0, at).find((other) => values[name]?.equals(values[other] ?? Buffer.alloc(0)))
    if (twin) problem(name, `must differ from ${twin}`)
  }
  const outbound = parseOutboundPolicy(values.OUTBOUND_ALLOW, { allowHttpLoopback: development })
  if (!outbound.ok) for (const line of outbound.failure.problems) problem('OUTBOUND_ALLOW', line)
}

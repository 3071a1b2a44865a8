import { z } from 'zod'
import { parseOutboundPolicy } from './http/outbound-policy.ts'
import { fail, ok, type Result } from './result.ts'

const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, 'must be a GUID')
const list = (value: string) =>
  value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
const origin = z.string().transform((value, ctx) => {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.username)
    return url.origin
  ctx.addIssue({ code: 'custom', message: 'must be an origin such as https://visits.example.org' })
  return z.NEVER
})
const serviceUrl = z
  .url({ protocol: /^https?$/, message: 'must be a URL' })
  .transform((value) => value.replace(/\/+$/, ''))
const secret = z.string().transform((value, ctx) => {
  const bytes = Buffer.from(value, 'base64')
  if (bytes.length === 32) return bytes
  ctx.addIssue({ code: 'custom', message: 'must be 32 random bytes in base64 (openssl rand -base64 32)' })
  return z.NEVER
})
const seconds = (byDefault: number) => z.coerce.number().int().min(0).default(byDefault)
const count = (byDefault: number, most: number) => z.coerce.number().int().min(1).max(most).default(byDefault)

/** The settings as the operator writes them: one line each in local.settings.example.json and infra/. */
const schema = z
  .object({
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
    ENTRA_ASSERTION_KEY: z.string().optional(),
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
    CLIENT_ASSERTION_KEY: z.string(),
    CLIENT_ASSERTION_KEY_PREVIOUS: z.string().optional(),
    /** PEM of a certificate with its key: Graph encrypts what it tells of a meeting with it. Without it, it tells nothing. */
    GRAPH_NOTIFICATION_CERTIFICATE: z.string().optional(),
    GRAPH_NOTIFICATION_CERTIFICATE_PREVIOUS: z.string().optional(),
    OUTBOUND_ALLOW: z.string().default(''),
    SWEEP_SCHEDULE: z.string().default('0 */2 * * * *'),
    REMINDER_SCHEDULE: z.string().default('30 * * * * *'),
    ERASE_SCHEDULE: z.string().default('0 15 3 * * *'),
    SWEEP_HORIZON_DAYS: count(14, 370),
    SMS_REPEATABILITY_SECONDS: seconds(240),
    NOTICE_LEASE_SECONDS: seconds(120),
    VISIT_OPENS_MINUTES: count(30, 240),
    VISIT_ERASE_DAYS: count(7, 90),
    AzureWebJobsStorage: z.string().optional(),
    AzureWebJobsStorage__accountName: z.string().optional(),
    AzureWebJobsStorage__queueServiceUri: z.url().optional(),
    AzureWebJobsStorage__tableServiceUri: z.url().optional(),
  })
  .superRefine((value, ctx) => {
    const problem = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
    const development = value.ENVIRONMENT === 'development'
    for (const name of [
      'PUBLIC_URL',
      'LINK_URL',
      'GRAPH_BASE_URL',
      'ENTRA_AUTHORITY',
      'ACS_ENDPOINT',
    ] as const) {
      const url = value[name]
      if (url?.startsWith('http:') && !(development && isLoopback(new URL(url).hostname)))
        problem(name, 'must use https (http is for localhost in development only)')
    }
    if (new URL(value.LINK_URL ?? value.PUBLIC_URL).host.length > 40)
      problem('LINK_URL', 'the link host may have at most 40 characters, so that a text fits one segment')
    if (value.ENTRA_ASSERTION === 'key' && !value.ENTRA_ASSERTION_KEY)
      problem('ENTRA_ASSERTION_KEY', 'is needed when ENTRA_ASSERTION is "key"')
    if (value.ENTRA_ASSERTION === 'key' && !development)
      problem('ENTRA_ASSERTION', 'a key is for development; deploy with managed_identity')
    if (!value.AzureWebJobsStorage && !value.AzureWebJobsStorage__accountName)
      if (!value.AzureWebJobsStorage__queueServiceUri || !value.AzureWebJobsStorage__tableServiceUri)
        problem('AzureWebJobsStorage', 'or AzureWebJobsStorage__accountName is needed')
    const outbound = parseOutboundPolicy(value.OUTBOUND_ALLOW, { allowHttpLoopback: development })
    if (!outbound.ok) for (const line of outbound.failure.problems) problem('OUTBOUND_ALLOW', line)
  })

export type Settings = Readonly<z.infer<typeof schema>>

/** Every setting that the code reads; the deployment's guard compares it with what infra/ sets. */
export const settingNames: readonly string[] = Object.keys(schema.shape)

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}

/**
 * Parses all settings at once.
 * @returns the settings, or `settings_invalid` whose `shown` names every problem, setting by setting; values are never repeated.
 */
export function parseSettings(
  env: Readonly<Record<string, string | undefined>>,
): Result<Settings, 'settings_invalid'> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(given)
  if (parsed.success) return ok(parsed.data)
  const shown: Record<string, string> = {}
  for (const issue of parsed.error.issues) {
    const name = String(issue.path[0] ?? 'settings')
    const words = issue.code === 'invalid_type' && given[name] === undefined ? 'is missing' : issue.message
    shown[name] = shown[name] ? `${shown[name]}; ${words}` : words
  }
  return fail('settings_invalid', { shown })
}

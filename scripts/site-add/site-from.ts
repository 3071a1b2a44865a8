import { isBaseUrl } from '../../src/core/sites/base-url.ts'
import { NEW_TEXTS } from '../../src/core/sites/new-site.ts'
import { PATIENT_SCOPES, PROVIDER_SCOPES, SYSTEM_SCOPES } from '../../src/core/sites/scopes.ts'
import { type Site, siteSchema } from '../../src/core/sites/site.ts'
import { endpointProblem } from '../../src/core/smart/endpoint.ts'
import type { Options } from './options.ts'
import { clientAuth, departments, quietHours, type Tell, videoRule } from './parts.ts'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
/** A number in international writing, a short code, or an alphanumeric sender id of up to eleven characters. */
const SENDER = /^(\+[1-9]\d{6,14}|\d{4,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{2,11})$/

export type Context = {
  readonly allowedTenants: readonly string[]
  /** http to this machine is for development. */
  readonly development: boolean
  readonly siteId: string
  readonly epoch: number
  /** Since when e-mails are on: what was booked before is not told by e-mail. */
  readonly emailsSince: string
  /** The secrets of the environment, sealed for this site. */
  readonly secrets: { readonly launch: string | undefined; readonly system: string | undefined }
}

/** The site that the options describe, or every problem with them, one line each. */
export function siteFrom(options: Options, context: Context): { site: Site } | { problems: string[] } {
  const problems: string[] = []
  const tell: Tell = (option, problem) => {
    problems.push(`--${option}: ${problem}`)
    return undefined
  }
  const needed = (option: 'tenant' | 'name' | 'fhir' | 'environment' | 'time-zone' | 'client-id') =>
    options[option]?.trim() || tell(option, 'is needed')
  const tenantId = needed('tenant')?.toLowerCase()
  const fhirBaseUrl = baseUrl('fhir', needed('fhir'), context, tell)
  const [organizers, system, texts] = [
    options.organizer ?? [],
    options['system-client-id'],
    { sender: options.sender, phone: options.phone },
  ]
  checkTenant(tenantId, context, tell)
  if (organizers.length === 0) tell('organizer', 'at least one is needed: no meeting can be made without it')
  for (const id of organizers)
    if (!GUID.test(id)) tell('organizer', `"${id}" is not a GUID (Entra object id)`)
  if (!options.location?.length) tell('location', 'at least one is needed: nothing would be swept')
  if (texts.sender && !SENDER.test(texts.sender))
    tell('sender', `"${texts.sender}" is no number such as +18665550123, short code or sender id`)
  if (texts.sender && !system)
    tell('sender', 'needs --system-client-id: texts are written from what the system account reads')
  if (options['email-sender'] && !system)
    tell('email-sender', 'needs --system-client-id: e-mails are written from what the system account reads')
  for (const issuer of options.issuer ?? []) endpoint('issuer', issuer, context, tell)
  const auth = {
    launch: clientAuth(
      'client-auth',
      options['client-auth'] ?? 'private_key_jwt',
      secret('', context.secrets.launch),
      tell,
    ),
    system: clientAuth(
      'system-client-auth',
      options['system-client-auth'] ?? 'private_key_jwt',
      secret('SYSTEM_', context.secrets.system),
      tell,
    ),
  }
  const candidate = {
    tenantId,
    siteId: context.siteId,
    name: needed('name'),
    environment: needed('environment'),
    fhirBaseUrl,
    timeZone: needed('time-zone'),
    patientPhone: texts.phone,
    clinicName: options['clinic-name'],
    launch: { clientId: needed('client-id'), auth: auth.launch, scopes: options.scopes ?? PROVIDER_SCOPES },
    patientLaunch: patientLaunch(options, fhirBaseUrl, context, tell),
    system: system
      ? { clientId: system, auth: auth.system, scopes: options['system-scopes'] ?? SYSTEM_SCOPES }
      : undefined,
    allowedIssuers: options.issuer ?? [],
    allowCapabilityFallback: options['capability-fallback'] ?? false,
    departments: departments(options.location ?? [], tell),
    videoRule: videoRule(options['video-rule'] ?? 'virtual_meeting_room', tell),
    organizers: organizers.map((id) => id.toLowerCase()),
    texts: {
      on: texts.sender !== undefined,
      epoch: context.epoch,
      sender: texts.sender,
      confirm: NEW_TEXTS.confirm,
      reminderMinutes: list(options.reminders ?? '1440,60').map(Number),
      defaultLanguage: options.language ?? 'en',
      countries: list(options.countries ?? 'US,CA').map((code) => code.toUpperCase()),
      quietHours: quietHours(options['quiet-hours'] ?? '21:00-08:00', tell),
    },
    emails: options['email-sender']
      ? { on: true, sender: options['email-sender'], since: context.emailsSince }
      : undefined,
    openTeamsAtOnce: options['open-teams-at-once'] ?? false,
  }
  const parsed = siteSchema.safeParse(candidate)
  for (const issue of parsed.error?.issues ?? []) {
    const option = OPTION_OF[issue.path.slice(0, 2).join('.')] ?? OPTION_OF[String(issue.path[0])]
    // What is told already is not told again in other words.
    if (option && !problems.some((line) => line.startsWith(`--${option}:`)))
      tell(option, words(option, issue.message))
    else if (!option) problems.push(`${issue.path.join('.')}: ${issue.message}`)
  }
  return parsed.success && problems.length === 0 ? { site: parsed.data } : { problems }
}

/** The option behind each part of a site that only its schema checks. */
const OPTION_OF: Readonly<Record<string, string>> = {
  tenantId: 'tenant',
  name: 'name',
  environment: 'environment',
  fhirBaseUrl: 'fhir',
  timeZone: 'time-zone',
  patientPhone: 'phone',
  clinicName: 'clinic-name',
  'launch.clientId': 'client-id',
  'launch.auth': 'client-auth',
  'launch.scopes': 'scopes',
  patientLaunch: 'patient-client-id',
  'system.clientId': 'system-client-id',
  'system.auth': 'system-client-auth',
  'system.scopes': 'system-scopes',
  allowedIssuers: 'issuer',
  departments: 'location',
  videoRule: 'video-rule',
  organizers: 'organizer',
  'texts.sender': 'sender',
  'emails.sender': 'email-sender',
  'texts.reminderMinutes': 'reminders',
  'texts.defaultLanguage': 'language',
  'texts.countries': 'countries',
  'texts.quietHours': 'quiet-hours',
}

const WORDS: Readonly<Record<string, string>> = {
  environment: 'has to be testing or production',
  'time-zone': 'is not an IANA time zone such as America/Chicago',
  language: 'has to be en, es or fr',
  'email-sender': 'is not an e-mail address such as visits@clinic.example',
  countries: 'are two-letter codes such as US,CA',
  reminders: 'are at most three numbers of minutes, from 5 to 20160',
}

function words(option: string, message: string): string {
  return WORDS[option] ?? message
}

function checkTenant(tenantId: string | undefined, { allowedTenants }: Context, tell: Tell): void {
  if (tenantId === undefined) return
  if (!GUID.test(tenantId)) tell('tenant', `"${tenantId}" is not a GUID`)
  else if (!allowedTenants.some((allowed) => allowed.toLowerCase() === tenantId))
    tell('tenant', `${tenantId} is not in ALLOWED_TENANTS; nobody of it could use the site`)
}

function baseUrl(
  option: string,
  given: string | undefined,
  context: Context,
  tell: Tell,
): string | undefined {
  if (given === undefined) return undefined
  if (endpoint(option, given, context, tell) === undefined) return undefined
  if (!isBaseUrl(given)) return tell(option, 'has to be the bare base URL, without a query')
  if (/\/(metadata|\.well-known\/.*)$/.test(given))
    return tell(option, 'ends where the FHIR version and tenant end; leave out what comes after')
  return given.replace(/\/+$/, '')
}

function endpoint(option: string, given: string, { development }: Context, tell: Tell): string | undefined {
  const problem = endpointProblem(given, development)
  return problem ? tell(option, `"${given}" ${problem}`) : given
}

function patientLaunch(options: Options, fhir: string | undefined, context: Context, tell: Tell) {
  const clientId = options['patient-client-id']
  const own = options['patient-fhir']
  if (clientId === undefined) {
    if (own !== undefined) tell('patient-fhir', 'needs --patient-client-id')
    return undefined
  }
  return {
    fhirBaseUrl: own === undefined ? fhir : baseUrl('patient-fhir', own, context, tell),
    client: {
      clientId,
      auth: { method: 'private_key_jwt' },
      scopes: options['patient-scopes'] ?? PATIENT_SCOPES,
    },
    allowedIssuers: options.issuer ?? [],
  }
}

function secret(prefix: string, sealed: string | undefined) {
  return { variable: `EHR_${prefix}CLIENT_SECRET`, sealed }
}

function list(value: string): string[] {
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
}

import { z } from 'zod'
import { pushKey } from '../pushes/registered-keys.ts'

const languages = z.enum(['en', 'es', 'fr'])
const clientAuth = z.discriminatedUnion('method', [
  z.object({ method: z.literal('none') }),
  z.object({ method: z.literal('private_key_jwt') }),
  /** The secret is sealed for this site; it can be replaced and never read back. */
  z.object({ method: z.literal('client_secret_basic'), sealedSecret: z.string() }),
])
const client = z.object({
  /** As the EHR gave it; empty until it has, which only a site in setup may be. */
  clientId: z.string().max(200),
  auth: clientAuth,
  scopes: z.string().min(1).max(2000),
})

/** A place whose appointments are swept together. `locationIds` are FHIR Location ids of the site. */
const department = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  name: z.string().min(1).max(100),
  locationIds: z.array(z.string().min(1).max(64)).min(1).max(200),
  on: z.boolean(),
})

/** How an appointment by video is told from one in the room; never guessed from a text. */
const videoRule = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('virtual_meeting_room') }),
  z.object({ kind: z.literal('virtual_service') }),
  z.object({ kind: z.literal('service_type'), codes: z.array(z.string().min(1)).min(1) }),
])

/** A site's own words before the link, for each thing that is told; what is left out has the words of the language. */
const lead = z.string().min(1).max(320)
const leads = z.object({
  booked: lead.optional(),
  moved: lead.optional(),
  cancelled: lead.optional(),
  not_video: lead.optional(),
  reminder: lead.optional(),
})

const texts = z.object({
  on: z.boolean(),
  /** Raised whenever texts are switched on: the sweep that follows records a baseline and confirms nothing. */
  epoch: z.number().int().min(0),
  sender: z.string().min(3).max(20).optional(),
  confirm: z.object({
    booked: z.boolean(),
    moved: z.boolean(),
    cancelled: z.boolean(),
    not_video: z.boolean(),
  }),
  /** Minutes before the start; a reminder's ordinal is its place in this list. At most three. */
  reminderMinutes: z.array(z.number().int().min(5).max(20_160)).max(3),
  defaultLanguage: languages,
  /** Texts to one number within 24 hours, at most; six where nothing is said. */
  dailyCap: z.number().int().min(1).max(50).optional(),
  /** Who gets the notices of patients under this age; the guardian of those under 18 where nothing is said. */
  minors: z
    .object({ age: z.number().int().min(12).max(21), to: z.enum(['guardian', 'nobody', 'record']) })
    .optional(),
  /** Languages that patients may be texted in; all of them where it is left out. The default one is always among them. */
  languages: z.array(languages).min(1).max(3).optional(),
  wording: z.object({ en: leads.optional(), es: leads.optional(), fr: leads.optional() }).optional(),
  /** Whether texts begin with the clinic's name: somebody else may read them. */
  nameClinic: z.boolean().optional(),
  /** What a segment costs, in US dollars, as the administrator knows it; for estimates only. */
  segmentPrice: z.number().min(0).max(10).optional(),
  /** Countries (ISO 3166-1 alpha-2) that may be texted; the first is that of numbers without a country code. */
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(1),
  quietHours: z.object({ from: z.string().regex(/^\d\d:\d\d$/), to: z.string().regex(/^\d\d:\d\d$/) }),
})

/** E-mails about what texts are about (`texts.confirm`, `texts.reminderMinutes`), whether texts are on or not. */
const emails = z.object({
  on: z.boolean(),
  /** An address of a domain that is linked to the Communication Services resource. */
  sender: z.email(),
  /** When they were switched on: what patients should have been told before is not told by e-mail. */
  since: z.iso.datetime(),
})

/** An integration engine that says which appointments changed (pushes/), and by which keys it proves itself. */
const push = z.object({
  /** `iss` of its tokens. */
  issuer: z.string().min(1).max(200),
  /** Where its public keys are, or they themselves. */
  jwksUrl: z.url().max(500).optional(),
  keys: z.array(pushKey).min(1).max(5).optional(),
})

const fields = z.object({
  tenantId: z.string(),
  siteId: z.string().regex(/^[a-z0-9]{12}$/),
  name: z.string().min(1).max(100),
  environment: z.enum(['testing', 'production']),
  fhirBaseUrl: z.url(),
  /**
   * True until an administrator has finished the setup in the portal: nobody can launch yet, nothing is swept, and the
   * client id may still be missing.
   */
  setup: z.boolean().optional(),
  /** Who decided, and when, that production begins although no testing site passed the connection doctor. */
  override: z.object({ by: z.string(), at: z.iso.datetime(), reason: z.string().min(1).max(500) }).optional(),
  timeZone: z.string().refine((zone) => isTimeZone(zone), 'is not an IANA time zone'),
  /** The number that patients may call, as people write it. */
  patientPhone: z.string().min(3).max(30).optional(),
  /** The clinic's name, shown to patients only where the site says so. */
  clinicName: z.string().min(1).max(60).optional(),
  launch: client,
  /**
   * How the EHR's patient portal opens a visit: its own FHIR base (it may be the same one), client and issuers. Left out
   * where the portal does not.
   */
  patientLaunch: z
    .object({ fhirBaseUrl: z.url(), client, allowedIssuers: z.array(z.url()).max(5) })
    .optional(),
  /** The system account that sweeps read with; without it there are visits but no texts. */
  system: client.optional(),
  /** Issuers of id_tokens besides the discovered one; Cerner's differs. */
  allowedIssuers: z.array(z.url()).max(5),
  allowCapabilityFallback: z.boolean(),
  departments: z.array(department).max(2_000),
  videoRule,
  /** Entra user ids of the service accounts that organize this site's meetings. */
  organizers: z.array(z.string()).max(50),
  texts,
  emails: emails.optional(),
  openTeamsAtOnce: z.boolean(),
  push: push.optional(),
  /** What is written back into the EHR: the vendor's video link fields, the status "arrived" while the patient waits. */
  writeBack: z.object({ links: z.boolean(), arrived: z.boolean() }).optional(),
})

export const siteSchema = fields.refine(({ setup, launch }) => setup === true || launch.clientId !== '', {
  path: ['launch', 'clientId'],
  message: 'is missing',
})

export type Site = z.infer<typeof siteSchema>
/** Whether clinicians may launch and patients are told: its tenant may use the deployment and its setup is finished. */
export function isLive(site: Pick<Site, 'tenantId' | 'setup'>, allowedTenants: readonly string[]): boolean {
  return site.setup !== true && allowedTenants.includes(site.tenantId)
}

export type Department = z.infer<typeof department>
export type SiteClient = z.infer<typeof client>
export type VideoRule = z.infer<typeof videoRule>
export type Language = z.infer<typeof languages>
export type Leads = z.infer<typeof leads>

export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

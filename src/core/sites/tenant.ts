import { z } from 'zod'

const instant = z.iso.datetime()

/** What an administrator said that Graph cannot tell, and when. `by`: their Entra user id. */
const answer = z.object({
  id: z.string().regex(/^[a-z_]{1,40}$/),
  answer: z.enum(['yes', 'no', 'later']),
  at: instant,
  by: z.string(),
})

/** A consent: who gave it, when, and to which version of its words. */
const consent = z.object({ at: instant, by: z.string(), wording: z.number().int().min(1) })

/** How long the reports keep a visit, and whether they ask for call quality, which needs a permission of its own. */
const reports = z.object({
  retentionMonths: z.number().int().min(1).max(120).default(13),
  callQuality: z.boolean().default(false),
})
export type ReportSettings = z.infer<typeof reports>
export const REPORT_DEFAULTS: ReportSettings = { retentionMonths: 13, callQuality: false }

/** A Microsoft 365 organization as it is configured here; what belongs to one FHIR base URL is the site's. */
export const tenantSchema = z.object({
  tenantId: z.string(),
  name: z.string().min(1).max(200),
  /** Answers to the prerequisites of "Before you begin". */
  answers: z.array(answer).max(40).default([]),
  /** How many video visits the organization expects in a month: it says how many organizer accounts are needed. */
  visitsPerMonth: z.number().int().min(1).max(10_000_000).optional(),
  /** Entra user ids of the service accounts that may organize meetings; a site's organizers are chosen among them. */
  organizers: z.array(z.string()).max(500).default([]),
  /** Both are needed before any patient is texted. */
  smsConsents: z.object({ sending: consent.optional(), recipients: consent.optional() }).default({}),
  reports: reports.default(REPORT_DEFAULTS),
})

export type Tenant = z.infer<typeof tenantSchema>
export type TenantAnswer = z.infer<typeof answer>
export type Consent = z.infer<typeof consent>

/** A tenant that nobody has configured yet. */
export function newTenant(tenantId: string, name: string): Tenant {
  return { tenantId, name, answers: [], organizers: [], smsConsents: {}, reports: REPORT_DEFAULTS }
}

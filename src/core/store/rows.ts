import { z } from 'zod'
import { bay } from '../visits/bay.ts'

/** Every row and message says which shape it has, so that the next release can still read what this one wrote. */
const schema = z.literal(1)
const instant = z.iso.datetime()
const json = z.string()
/** A text that is too long for one column. */
const parts = {
  json,
  json2: json.optional(),
  json3: json.optional(),
  json4: json.optional(),
  json5: json.optional(),
  json6: json.optional(),
  json7: json.optional(),
  json8: json.optional(),
  json9: json.optional(),
}

export const noticeStates = [
  'claimed',
  'sending',
  'sent',
  'delivered',
  'undelivered',
  'unknown',
  'skipped',
  'expired',
] as const

/** What a visit row of a version came from: the reason why the patient is told, or not. */
export const causes = ['baseline', 'booked', 'moved', 'cancelled', 'not_video', 'untold'] as const

/** How far the purchase of a number has come (senders/order.ts). */
export const orderStates = [
  'asked',
  'searching',
  'found',
  'price_changed',
  'purchasing',
  'bought',
  'done',
  'failed',
  'cancelled',
] as const

/** One appointment by video, under `v:{visit key}` in the partition of its bay (visits/bay.ts). */
const visit = z.object({
  schema,
  type: z.literal('visit'),
  departmentId: z.string(),
  start: instant,
  minutes: z.number().int(),
  /** Raised when what the patient should know changed: start, cancelled or not, by video or not. */
  version: z.number().int(),
  cause: z.enum(causes),
  /** When this version came to be. */
  since: instant,
  cancelled: z.boolean(),
  video: z.boolean(),
  /** The EHR's own version: only says that looking again is worth it. */
  ehrVersion: z.string(),
  linkKeyId: z.string(),
  linkSerial: z.number().int(),
  linkBucket: z.number().int(),
  sealedAppointment: z.string().optional(),
  /** Whose visit it is, as a pseudonym of this visit alone (visits/patient-key.ts): only good to be compared. */
  patientKey: z.string().max(22).optional(),
  sealedMeeting: z.string().optional(),
  patientSeenAt: instant.optional(),
  patientWaitingSince: instant.optional(),
  clinicianJoinedAt: instant.optional(),
  /** Who is where in the meeting, by hashed ids (meetings/roster/roster.ts, as JSON), and the subscription that tells. */
  roster: json.optional(),
  subscriptionId: z.string().optional(),
  subscriptionUntil: instant.optional(),
  /** What passed and failed of the patient's device check, and when (visits/device-check.ts). No device is named. */
  deviceCheck: z.string().max(200).optional(),
  deviceCheckedAt: instant.optional(),
  /** How late the clinic said it is, in minutes, and for which version: a visit that moved since is not late. */
  lateMinutes: z.number().int().min(0).max(720).optional(),
  lateVersion: z.number().int().optional(),
  /** Links beside the patient's own, without any address (visits/extra-links.ts, as JSON). */
  extraLinks: json.optional(),
  /** A visit without a patient: two clinicians, no appointment. */
  consult: z.boolean().optional(),
  /** Why Graph tells nothing of this meeting: a code. Gone as soon as it does. */
  watchFailure: z.string().max(64).optional(),
  /** When the online meeting was deleted: from then on an old link opens nothing. */
  meetingClosedAt: instant.optional(),
  /** When the video links, and the status "arrived", were written into the EHR; what was last refused, and when. */
  linksWrittenAt: instant.optional(),
  arrivedWrittenAt: instant.optional(),
  writeBackFailure: z.string().max(64).optional(),
  writeBackFailedAt: instant.optional(),
  /** When somebody first pressed Join on a link's page: the beginning of the wait. */
  waitedFrom: instant.optional(),
  /** The Microsoft 365 user who pressed Join first, on the clinician's page. */
  clinicianId: z.string().max(64).optional(),
  /** Why the meeting could not be made when somebody wanted to join: a code; the latest one, and when. */
  meetingFailure: z.string().max(64).optional(),
  meetingFailedAt: instant.optional(),
  /** Who was in the meeting from when until when, by Graph's attendance reports, without names (reports/attendance.ts). */
  attendance: json.optional(),
  /** How often Graph was asked for the attendance, and when it is to be asked next. */
  attendanceLooks: z.number().int().optional(),
  attendanceNext: instant.optional(),
  /** When the attendance was complete, or given up: from then on the reports need the meeting no longer. */
  reportAt: instant.optional(),
  /** Call quality by Graph's call records (reports/quality.ts), how often it was asked for, and when next. */
  quality: json.optional(),
  qualityLooks: z.number().int().optional(),
  qualityNext: instant.optional(),
  /** Under which start the visit stands in the reports: where its record lies, should it have moved since. */
  reportedStart: instant.optional(),
})

/** One notice of one version of a visit, under `n:{visit key}:{version}:{kind}` beside its visit. */
const notice = z.object({
  schema,
  type: z.literal('notice'),
  state: z.enum(noticeStates),
  /** Why it was skipped, expired or not delivered: a stable code. */
  reason: z.string().optional(),
  /** Who holds it until when; a holder that died is followed by the next one. */
  claimId: z.string(),
  leaseUntil: instant,
  /** When the first request may have reached the vendor: the start of its repeatability window. */
  firstSentAt: instant.optional(),
  changedAt: instant,
})

/** What became of one visit, under `v:{start}:{record id}` in the partition of its site's month (reports/). */
const visitReport = z.object({
  schema,
  type: z.literal('visit'),
  start: instant,
  minutes: z.number().int(),
  departmentId: z.string(),
  outcome: z.string(),
  reason: z.string().optional(),
  /** By which account: planned only, live events, or Graph's attendance reports. */
  basis: z.enum(['planned', 'live', 'attendance']),
  /** Both sides were in from here on; until the last one left, in seconds. */
  begun: instant.optional(),
  seconds: z.number().int().optional(),
  /** Seconds from the first participant's wait to the first admission. */
  waited: z.number().int().optional(),
  attendees: z.number().int().optional(),
  clinicianId: z.string().optional(),
  device: z.enum(['passed', 'failed', 'none']),
  deviceCheck: z.string().optional(),
  rating: z.enum(['good', 'fair', 'poor', 'none']),
  quality: json.optional(),
  messages: json,
})

/** What a site's UTC day comes to, by department, under `d:{day}` beside its visits (reports/day-rollup.ts). */
const dayReport = z.object({
  schema,
  type: z.literal('day'),
  ...parts,
})

export const rowSchemas = {
  /** `json` holds the types of sites/site.ts; a site's may take several columns (sites/site-row.ts). */
  tenants: z.object({ schema, json }),
  sites: z.object({ schema, ...parts }),
  /** Who changed the configuration, when and what; `json` holds the fields (sites/differences.ts). */
  history: z.object({
    schema,
    at: instant,
    by: z.string(),
    what: z.string(),
    siteId: z.string().optional(),
    json,
  }),
  siteindex: z.object({ schema, tenantId: z.string(), siteId: z.string(), claimedAt: instant.optional() }),
  /** The one thing kept of a person: the EHR's id of a user and the Microsoft 365 user that they confirmed to be. */
  users: z.object({ schema, ehrUserId: z.string(), entraUserId: z.string(), confirmedAt: instant }),
  visits: z.discriminatedUnion('type', [visit, notice]),
  /** `from` is the bay that the visit came from: there its row still lies should a move have broken off. */
  visitindex: z.object({ schema, bay, version: z.number().int(), from: bay.optional() }),
  links: z.object({
    schema,
    tenantId: z.string(),
    siteId: z.string(),
    visitKey: z.string(),
    audience: z.enum(['patient', 'guest']),
    serial: z.number().int(),
    eraseAfter: instant,
    revokedAt: instant.optional(),
  }),
  consumed: z.object({ schema, until: instant }),
  sweeps: z.object({
    schema,
    epoch: z.string(),
    baselineAt: instant,
    sweptAt: instant,
    /** Departments in whose bays of this day visits of the department lie (visits/strayed.ts), with spaces between. */
    bays: z.string().max(32_000).optional(),
  }),
  optouts: z.object({ schema, at: instant, word: z.string() }),
  /** What was said by numbers and sent to them lately (messaging/numbers.ts), by pseudonyms. */
  numberlog: z.discriminatedUnion('type', [
    z.object({ schema, type: z.literal('word'), phoneKey: z.string(), word: z.string(), saidAt: instant }),
    z.object({
      schema,
      type: z.literal('texts'),
      at: instant,
      siteId: z.string(),
      numbers: z.string().max(32_000),
    }),
  ]),
  /** What a tenant's texts may come from. */
  senders: z.object({
    schema,
    sender: z.string().min(3).max(20),
    kind: z.enum(['tollFree', 'attached', 'alphanumeric']),
    country: z.string().regex(/^[A-Z]{2}$/),
    /** What carriers know of it; only the administrator and what became of texts tell (senders/verification.ts). */
    verification: z.enum(['not_needed', 'not_submitted', 'submitted', 'verified']),
    verificationAt: instant.optional(),
    /** The last word of the carriers: a text arrived, or was blocked because the number is not verified (code 4010). */
    evidence: z.enum(['delivered', 'blocked']).optional(),
    evidenceAt: instant.optional(),
    perMinute: z.number().int().min(1).max(100_000),
    addedAt: instant,
    addedBy: z.string(),
    /** Since when it is being given back to the vendor. */
    releasingAt: instant.optional(),
  }),
  /** A number that is being bought, one step at a time (senders/order.ts). */
  orders: z.object({
    schema,
    orderId: z.string(),
    state: z.enum(orderStates),
    country: z.string(),
    askedAt: instant,
    askedBy: z.string(),
    changedAt: instant,
    /** A month, as it was shown to whoever agreed. */
    shownAmount: z.number(),
    shownCurrency: z.string(),
    searches: z.number().int(),
    tries: z.number().int(),
    /** Until then whoever asked the vendor is waited for. */
    leaseUntil: instant.optional(),
    /** The vendor's long-running operation, as its SDK writes it down. */
    operation: z.string().max(8000).optional(),
    searchId: z.string().optional(),
    number: z.string().optional(),
    amount: z.number().optional(),
    currency: z.string().optional(),
    expiresBy: instant.optional(),
    watchUntil: instant.optional(),
    failure: z.string().optional(),
    failedIn: z.enum(orderStates).optional(),
    retryAt: instant.optional(),
  }),
  reports: z.discriminatedUnion('type', [visitReport, dayReport]),
  /** What was erased for good, when, and how many rows of each table. */
  erasures: z.object({
    schema,
    kind: z.enum(['retention', 'tenant']),
    at: instant,
    before: z.string().optional(),
    json,
    /** Of a removal: phone numbers that stay with the Communication Services resource, with spaces between. */
    numbers: z.string().max(32_000).optional(),
  }),
  /** The notice that an e-mail's operation id stands for, sealed: its delivery report names nothing else of ours. */
  emailids: z.object({ schema, notice: z.string() }),
  /** The last run of the connection doctor on a site; `json` holds its lines (doctor/line.ts). */
  doctor: z.object({
    schema,
    runId: z.string(),
    startedAt: instant,
    finishedAt: instant.optional(),
    by: z.string(),
    fingerprint: z.string(),
    json,
  }),
  /** What was found out about permissions and organizer accounts, and when (setup/check-store.ts, as JSON). */
  setupchecks: z.object({ schema, at: instant, json }),
  /** Which places of a sender's pace are taken (messaging/slots.ts), and until when its vendor asked for a pause. */
  pace: z.object({ schema, taken: z.string().max(32_000), pausedUntil: instant.optional() }),
} as const

export type TableName = keyof typeof rowSchemas
export type Row<Name extends TableName> = z.infer<(typeof rowSchemas)[Name]>

export type VisitRow = z.infer<typeof visit>
export type NoticeRow = z.infer<typeof notice>
export type NoticeState = (typeof noticeStates)[number]
export type Cause = (typeof causes)[number]

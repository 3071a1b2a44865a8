import { z } from 'zod'
import { bay } from '../visits/bay.ts'

const schema = z.literal(1)
const noticeRef = z.object({
  visitKey: z.string().regex(/^[A-Za-z0-9_-]{22}$/),
  version: z.number().int().positive(),
  kind: z.string().regex(/^(booked|moved|cancelled|not_video|reminder\.\d{1,2}|late\.\d{1,3})(@email)?$/),
  /** After this instant the words would no longer be true or welcome: the notice expires instead. */
  deadline: z.iso.datetime(),
  /** It is not to be told, for this reason; only its row is written, so that staff can see why. */
  skip: z.enum(['too_near', 'later_reminder', 'in_past']).optional(),
})
const notices = z.object({
  schema,
  tenantId: z.string(),
  siteId: z.string(),
  /** All of one partition. */
  bay,
  notices: z.array(noticeRef).min(1).max(100),
  /** The place in their sender's pace that all these notices hold (messaging/pace.ts). */
  place: z.iso.datetime().optional(),
})

/** What lies in each queue. Visit keys only: never an EHR identifier of a patient or appointment, a phone or a name. */
export const messageSchemas = {
  sweeps: z.union([
    z.object({
      schema,
      tenantId: z.string(),
      siteId: z.string(),
      departmentId: z.string(),
      /** UTC day; with the department, the partition of its visits. */
      day: z.iso.date(),
    }),
    /** Appointments that the EHR pushed word of (pushes/): their ids, sealed. `tries` were made before. */
    z.object({
      schema,
      kind: z.literal('pushed'),
      tenantId: z.string(),
      siteId: z.string(),
      sealed: z.string().max(40_000),
      tries: z.number().int().min(0),
    }),
  ]),
  confirmations: notices,
  reminders: notices,
  /** What a timer hands out of a site that is too large for one run: a part of its departments. */
  ranges: z.object({
    schema,
    kind: z.enum(['reminders', 'meetings', 'erase']),
    tenantId: z.string(),
    siteId: z.string(),
    /** Department ids (visits/bay-range.ts); `from` inclusive, `to` exclusive. */
    from: z.string().max(40),
    to: z.string().max(40),
    /** The timer's tick. */
    at: z.iso.datetime(),
  }),
  /** A meeting to be watched, or what Graph told of one: sealed, and encrypted as it came. */
  roster: z.discriminatedUnion('kind', [
    z.object({
      schema,
      kind: z.literal('watch'),
      tenantId: z.string(),
      siteId: z.string(),
      visitKey: z.string(),
      /** Ask Graph whether the subscription is still there. */
      verify: z.boolean().optional(),
    }),
    z.object({
      schema,
      kind: z.literal('close'),
      tenantId: z.string(),
      siteId: z.string(),
      visitKey: z.string(),
    }),
    z.object({ schema, kind: z.literal('told'), pointer: z.string(), sealed: z.string() }),
  ]),
  /** Something to be written into the EHR about a visit; `tries` were made before. */
  writeback: z.object({
    schema,
    tenantId: z.string(),
    siteId: z.string(),
    visitKey: z.string(),
    what: z.enum(['links', 'arrived']),
    tries: z.number().int().min(0).default(0),
  }),
  /** A run of the connection doctor, or the end of the wait for its test text's report. */
  doctor: z.object({
    schema,
    kind: z.enum(['run', 'receipt_due']),
    tenantId: z.string(),
    siteId: z.string(),
    runId: z.string(),
    /** The administrator's own phone, for the test text. */
    sealedPhone: z.string().optional(),
  }),
  /** A number that is being bought, or given back: take it on as far as it goes. */
  numbers: z.discriminatedUnion('kind', [
    z.object({ schema, kind: z.literal('order'), tenantId: z.string(), orderId: z.string() }),
    z.object({ schema, kind: z.literal('release'), tenantId: z.string(), sender: z.string() }),
  ]),
  /** A day or a visit that the reports should be brought up to date with, or a visit that Graph is asked about. */
  reports: z.discriminatedUnion('kind', [
    z.object({ schema, kind: z.literal('day'), tenantId: z.string(), siteId: z.string(), day: z.iso.date() }),
    z.object({
      schema,
      kind: z.enum(['visit', 'attendance', 'quality']),
      tenantId: z.string(),
      siteId: z.string(),
      visitKey: z.string(),
    }),
  ]),
  /** A vendor's event, sealed as it came: it holds a phone number. */
  receipts: z.object({ schema, sealed: z.string() }),
  /** The next look at organizer accounts whose access policy is not in effect yet. `run`: which press of the button. */
  setupchecks: z.object({ schema, tenantId: z.string(), run: z.string() }),
} as const

export type QueueName = keyof typeof messageSchemas
export type Message<Name extends QueueName> = z.infer<(typeof messageSchemas)[Name]>
export type NoticeRef = z.infer<typeof noticeRef>
/** A department's day that is to be looked at. */
export type SweepWindow = Exclude<Message<'sweeps'>, { kind: 'pushed' }>

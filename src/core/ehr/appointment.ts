import { z } from 'zod'
import type { VideoRule } from '../sites/site.ts'

/** An appointment as the EHR says it now. Read, used and dropped; only pseudonyms of it are ever stored. */
export type Appointment = {
  readonly id: string
  /** `meta.versionId`: says only that looking again is worth it. */
  readonly ehrVersion: string
  readonly status: string
  readonly start: Date
  /** When it was booked, where the EHR says so (Appointment.created). */
  readonly created?: Date | undefined
  readonly minutes: number
  readonly cancelled: boolean
  /** The visit took place or will not any more: fulfilled or noshow. */
  readonly over: boolean
  readonly video: boolean
  readonly patientId: string | undefined
  readonly practitionerIds: readonly string[]
  readonly locationIds: readonly string[]
  readonly serviceType: string | undefined
  /** What the participants are called, by their kind, where the EHR says so. */
  readonly participants: readonly { kind: string; display: string | undefined }[]
}

const coding = z.object({
  coding: z.array(z.object({ code: z.string().optional() })).optional(),
  text: z.string().optional(),
})
/**
 * Id, status and start make an appointment. What else does not fit its type is left out: a resource that cannot be
 * read looks like one that is gone, and its patient would be told so.
 */
const resource = z.object({
  resourceType: z.literal('Appointment'),
  id: z.string().min(1),
  meta: z.object({ versionId: z.string().optional() }).optional().catch(undefined),
  status: z.string(),
  start: z.iso.datetime({ offset: true }).optional(),
  created: z.iso.datetime({ offset: true }).optional().catch(undefined),
  end: z.iso.datetime({ offset: true }).optional().catch(undefined),
  minutesDuration: z.number().positive().optional().catch(undefined),
  serviceType: z.array(coding).optional().catch(undefined),
  participant: z
    .array(
      z.object({
        type: z.array(coding).optional().catch(undefined),
        actor: z.object({ reference: z.string().optional(), display: z.string().optional() }).optional(),
      }),
    )
    .default([])
    .catch([]),
  contained: z.array(z.unknown()).default([]).catch([]),
  extension: z
    .array(z.looseObject({ url: z.string() }))
    .default([])
    .catch([]),
})
/** The contained resource that marks a visit by video; `type` of other kinds of resources is another thing. */
const room = z.object({ resourceType: z.literal('HealthcareService'), type: z.array(coding) })

const CANCELLED = new Set(['cancelled', 'entered-in-error', 'proposed', 'waitlist'])
const OVER = new Set(['fulfilled', 'noshow'])
export const VIRTUAL_ROOM = /^(patient|provider) virtual meeting room$/i
/** R5's element as an R4 extension: HL7, "Extensions for Using Data Elements from FHIR R5 in FHIR R4". */
const VIRTUAL_SERVICE = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Appointment.virtualService'

/**
 * @returns the appointment, or undefined where the resource is none or has no start (a request without a time is not
 * an appointment that anybody could join).
 */
export function parseAppointment(from: unknown, rule: VideoRule): Appointment | undefined {
  const parsed = resource.safeParse(from)
  if (!parsed.success || !parsed.data.start) return undefined
  const { data } = parsed
  const start = new Date(parsed.data.start)
  const ended = data.end ? (Date.parse(data.end) - start.getTime()) / 60_000 : undefined
  const references = data.participant.map((p) => p.actor?.reference ?? '')
  const ids = (type: string) =>
    references
      .map((reference) => new RegExp(`(?:^|/)${type}/([A-Za-z0-9.-]{1,64})$`).exec(reference)?.[1])
      .filter((id): id is string => id !== undefined)
  return {
    id: data.id,
    ehrVersion: data.meta?.versionId ?? '',
    status: data.status,
    start,
    ...(data.created ? { created: new Date(data.created) } : {}),
    minutes: Math.max(1, Math.round(data.minutesDuration ?? ended ?? 30)),
    cancelled: CANCELLED.has(data.status),
    over: OVER.has(data.status),
    video: isVideo(data, rule),
    patientId: ids('Patient')[0],
    practitionerIds: ids('Practitioner'),
    locationIds: ids('Location'),
    serviceType: data.serviceType?.map((type) => type.text ?? type.coding?.[0]?.code).find(Boolean),
    participants: data.participant.map(({ type, actor }) => ({
      kind:
        /(?:^|\/)([A-Z][A-Za-z]+)\/[^/]+$/.exec(actor?.reference ?? '')?.[1] ??
        (type?.some(({ text }) => text === 'Patient') ? 'Patient' : 'Other'),
      // A contained resource is the appointment's own: a meeting room, or somebody whose record is elsewhere.
      display: actor?.reference?.startsWith('#') ? undefined : actor?.display,
    })),
  }
}

function isVideo(data: z.infer<typeof resource>, rule: VideoRule): boolean {
  switch (rule.kind) {
    case 'virtual_meeting_room':
      return data.contained.some((held) =>
        room.safeParse(held).data?.type.some((type) => VIRTUAL_ROOM.test(type.text ?? '')),
      )
    case 'virtual_service':
      return data.extension.some((extension) => extension.url === VIRTUAL_SERVICE)
    case 'service_type':
      return (data.serviceType ?? []).some(
        (type) =>
          rule.codes.includes(type.text ?? '') ||
          (type.coding ?? []).some((c) => rule.codes.includes(c.code ?? '')),
      )
  }
}

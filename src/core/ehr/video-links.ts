import { z } from 'zod'
import { VIRTUAL_ROOM } from './appointment.ts'

/** What a write to an appointment has to know of it: read right before. */
export type Writable = {
  readonly versionId: string
  readonly status: string
  /** Video links are there already: they are replaced, not added. */
  readonly linked: boolean
}

export type VideoLinks = {
  readonly provider: string
  readonly patient: string
  readonly start: Date
  readonly end: Date
}

export type PatchOperation = {
  readonly op: 'add' | 'replace'
  readonly path: string
  readonly value: string
}

/** Oracle Health, "Appointment | R4 API", Patch: longer links are refused. */
export const LONGEST_LINK = 255

const resource = z.object({
  resourceType: z.literal('Appointment'),
  meta: z.object({ versionId: z.string() }),
  status: z.string(),
  contained: z.array(z.unknown()).default([]).catch([]),
})
const room = z.object({
  resourceType: z.literal('HealthcareService'),
  type: z.array(z.object({ text: z.string().optional() })),
  telecom: z.array(z.object({ system: z.string().optional(), value: z.string().optional() })),
})

export function parseWritable(from: unknown): Writable | undefined {
  const parsed = resource.safeParse(from)
  if (!parsed.success) return undefined
  const { meta, status, contained } = parsed.data
  const linked = contained.some((held) => {
    const { type = [], telecom = [] } = room.safeParse(held).data ?? {}
    const isRoom = type.some(({ text }) => text !== undefined && VIRTUAL_ROOM.test(text))
    return isRoom && telecom.some(({ system, value }) => system === 'url' && value)
  })
  return { versionId: meta.versionId, status, linked }
}

/**
 * The vendor's own video visit fields (Oracle Health, "Appointment | R4 API", Patch): exactly four operations, all of one
 * kind. In a patch `contained` 0 is the provider's room and 1 the patient's, the other way round than in a read.
 */
export function linkOperations(op: 'add' | 'replace', links: VideoLinks): PatchOperation[] {
  return [
    { op, path: '/contained/0/telecom/0/value', value: links.provider },
    { op, path: '/contained/1/telecom/0/value', value: links.patient },
    { op, path: '/contained/0/telecom/0/period/start', value: links.start.toISOString() },
    { op, path: '/contained/0/telecom/0/period/end', value: links.end.toISOString() },
  ]
}

export const ARRIVED: readonly PatchOperation[] = [{ op: 'replace', path: '/status', value: 'arrived' }]

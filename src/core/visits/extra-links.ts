import { z } from 'zod'
import type { VisitRow } from '../store/rows.ts'
import { bay } from './bay.ts'

/** Who a link was sent to, as the clinician said. */
export const LINK_ROLES = ['patient', 'family', 'interpreter', 'colleague', 'other'] as const
export type LinkRole = (typeof LINK_ROLES)[number]

const extraLink = z.object({
  serial: z.number().int().min(2),
  audience: z.enum(['patient', 'guest']),
  role: z.enum(LINK_ROLES),
  way: z.enum(['sms', 'email']),
  /** When it was sent. */
  at: z.iso.datetime(),
  /** The link key that it is computed with. */
  keyId: z.string(),
  /** Of the form that asked for it: the same form sent twice is one link and one message. */
  form: z.string(),
  /** Bay and version of the visit when it was made: its message keeps that name, wherever the visit moves. */
  bay: bay.optional(),
  version: z.number().int().optional(),
  revokedAt: z.iso.datetime().optional(),
})
/**
 * A link that was sent by hand, beside the patient's own: to another number or address of the patient, or to a guest. Its
 * own token, its own end, revocable. To whom it went is nowhere.
 */
export type ExtraLink = z.infer<typeof extraLink>

const column = z.array(extraLink)
/** So many links of one visit are a mistake, or somebody else at work. */
export const MOST_LINKS = 20

/** The links of a visit row; an unreadable column of another release counts as none. */
export function extraLinks(row: Pick<VisitRow, 'extraLinks'>): ExtraLink[] {
  if (row.extraLinks === undefined) return []
  const parsed = column.safeParse(JSON.parse(row.extraLinks))
  return parsed.success ? parsed.data : []
}

export function withExtraLinks(row: VisitRow, links: readonly ExtraLink[]): VisitRow {
  return { ...row, extraLinks: JSON.stringify(links) }
}

/** A guest's link ends a day after the visit: long enough for a late one. */
const AFTER_END = 24 * 3_600_000

export function endOfExtraLink({ start, minutes }: Pick<VisitRow, 'start' | 'minutes'>): Date {
  return new Date(Date.parse(start) + minutes * 60_000 + AFTER_END)
}

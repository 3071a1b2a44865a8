import { z } from 'zod'
import type { KeyRing } from '../keys/key-ring.ts'
import { sealSame, unseal } from '../keys/seal.ts'
import type { Visit } from '../visits/visit.ts'
import type { LaunchSession } from './session.ts'

/** A clinician's day has no more visits ahead. */
export const MOST_LATE = 30

const target = z.object({
  /** The visits that the page shows. */
  visitKeys: z.array(z.string().regex(/^[A-Za-z0-9_-]{22}$/)).max(100),
  /** What the page was drawn with; a difference means that the EHR changed the appointment. */
  facts: z.string().max(100).optional(),
  /** The other visits that a delay was told to: the page says of each whether its text went out. */
  late: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{22}$/))
    .max(MOST_LATE)
    .optional(),
})

/**
 * What an open page keeps an eye on. It lies sealed in the page's own address for looks, bound to the launch, so that a
 * look reads our rows alone: neither the EHR nor Graph is asked every second.
 */
export type LookTarget = z.infer<typeof target>

export function sealLook(
  ring: KeyRing,
  { launchId }: Pick<LaunchSession, 'launchId'>,
  look: LookTarget,
): string {
  return sealSame(ring, `look|${launchId}`, JSON.stringify(look))
}

/** @returns undefined for anything that was not made for this launch. */
export function openLook(
  ring: KeyRing,
  { launchId }: Pick<LaunchSession, 'launchId'>,
  sealed: string,
): LookTarget | undefined {
  const opened = unseal(ring, `look|${launchId}`, sealed)
  if (!opened.ok) return undefined
  const parsed = target.safeParse(JSON.parse(opened.value))
  return parsed.success ? parsed.data : undefined
}

/** What of the appointment a page cannot show anew without the EHR. */
export function factsOf({ row }: Pick<Visit, 'row'>): string {
  return [row.start, row.minutes, row.cancelled, row.video].join('|')
}

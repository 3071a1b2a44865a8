import { z } from 'zod'
import type { Meeting } from '../contracts.ts'

/** `participants` of a request: only attendees count, the organizer comes from the path. */
export const participants = z.object({
  attendees: z
    .array(
      z.object({
        upn: z.string().min(1).nullish(),
        role: z.enum(['attendee', 'presenter', 'coorganizer', 'producer']).nullish(),
        identity: z.unknown().optional(),
      }),
    )
    .nullish(),
  organizer: z.unknown().optional(),
  producers: z.unknown().optional(),
  contributors: z.unknown().optional(),
})

/** Attendees as they are kept; a role that is not given is `attendee`. */
export function attendeesOf(value: z.infer<typeof participants> | null | undefined): Meeting['attendees'] {
  return (value?.attendees ?? []).flatMap(({ upn, role }) =>
    upn ? [{ upn, role: role === 'presenter' || role === 'coorganizer' ? role : ('attendee' as const) }] : [],
  )
}

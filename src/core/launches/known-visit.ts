import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Failure } from '../result.ts'
import { type Visit, type VisitMeeting, type VisitRef, type VisitSeals, visitRef } from '../visits/visit.ts'
import type { VisitStore } from '../visits/visit-store.ts'
import { openChoice } from './choice.ts'
import type { LaunchSession } from './session.ts'

export type KnownPorts = {
  readonly visits: Pick<VisitStore, 'find'>
  readonly seals: VisitSeals
  readonly identity: IdentityKeys
  readonly sessionKeys: KeyRing
}

export type KnownVisit = { readonly visit: Visit; readonly meeting: VisitMeeting }

/**
 * Which visit a launch means as far as that can be said without the EHR: the EHR's own token named the appointment, or a
 * page of this launch did after it had read it. A chart or an encounter alone names none.
 */
export function namedVisit(
  { identity, sessionKeys }: Pick<KnownPorts, 'identity' | 'sessionKeys'>,
  session: LaunchSession,
  chosen: string | undefined,
): VisitRef | undefined {
  const { context, tenantId, siteId } = session
  if (context.kind === 'appointment') return visitRef(identity, session, context.appointmentId)
  const visitKey = chosen === undefined ? undefined : openChoice(sessionKeys, session, chosen)
  return visitKey === undefined ? undefined : { tenantId, siteId, visitKey }
}

/** A visit whose meeting is there already. */
export async function withMeeting(
  { visits, seals }: Pick<KnownPorts, 'visits' | 'seals'>,
  ref: VisitRef | undefined,
): Promise<KnownVisit | undefined> {
  const visit = ref && (await visits.find(ref))
  const meeting = visit && seals.meeting(visit)
  return meeting && { visit, meeting }
}

/** The EHR was asked and knows: there is nothing to open, whatever we remember. */
const TOLD = new Set(['launch_no_appointment', 'launch_no_context', 'ehr_not_found'])

/** Whether a failure says that the EHR could not be asked, and nothing about the appointment. */
export function leavesOpen({ code }: Failure): boolean {
  return !TOLD.has(code)
}

import type { IdentityKeys } from '../keys/identity.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { Failure } from '../result.ts'
import { isOfPatient } from '../visits/patient-key.ts'
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

/** A visit that a launch names without the EHR being asked, and whether a page of the launch had read it before. */
type NamedVisit = { readonly ref: VisitRef; readonly readBefore: boolean }

/**
 * Which visit a launch means as far as that can be said without the EHR: the EHR's own token named the appointment, or a
 * page of this launch did after it had read it. A chart or an encounter alone names none.
 */
export function namedVisit(
  { identity, sessionKeys }: Pick<KnownPorts, 'identity' | 'sessionKeys'>,
  session: LaunchSession,
  chosen: string | undefined,
): NamedVisit | undefined {
  const { context, tenantId, siteId } = session
  const choice = chosen === undefined ? undefined : openChoice(sessionKeys, session, chosen)
  if (context.kind === 'appointment') {
    const ref = visitRef(identity, session, context.appointmentId)
    return { ref, readBefore: choice === ref.visitKey }
  }
  return choice === undefined ? undefined : { ref: { tenantId, siteId, visitKey: choice }, readBefore: true }
}

/**
 * Whether a launch may be shown a visit that the EHR did not show it now. Never another patient's than whose chart is
 * open: a patient that the launch names is the row's, or a page of this launch read the visit before and the row does not
 * say otherwise. Without a chart there is nothing to contradict: the EHR's own word in the token is enough, but not once it
 * refused to show the appointment or took the launch back; what a page of the launch read before stays open. Pure.
 */
export function mayOpenUnread(
  identity: IdentityKeys,
  { context }: Pick<LaunchSession, 'context'>,
  { ref, readBefore }: NamedVisit,
  { row }: Pick<Visit, 'row'>,
  { code }: Failure,
): boolean {
  const patientId = context.kind === 'none' ? undefined : context.patientId
  if (patientId === undefined) return readBefore || !WITHDRAWN.has(code)
  return isOfPatient(identity, ref, row, patientId) ?? readBefore
}

/** A visit whose meeting is there already, and which may be opened though the EHR did not show it. */
export async function knownVisit(
  ports: KnownPorts,
  session: LaunchSession,
  chosen: string | undefined,
  failure: Failure,
): Promise<KnownVisit | undefined> {
  const named = leavesOpen(failure) ? namedVisit(ports, session, chosen) : undefined
  const known = named && (await withMeeting(ports, named.ref))
  return known && mayOpenUnread(ports.identity, session, named, known.visit, failure) ? known : undefined
}

/** A visit whose meeting is there already. */
export async function withMeeting(
  { visits, seals }: Pick<KnownPorts, 'visits' | 'seals'>,
  ref: VisitRef,
): Promise<KnownVisit | undefined> {
  const visit = await visits.find(ref)
  const meeting = visit && seals.meeting(visit)
  return meeting && { visit, meeting }
}

/** The EHR was asked, and says that this clinician is not to see it. */
const WITHDRAWN = new Set(['ehr_scope_missing', 'launch_taken_back'])

/** The EHR was asked and knows: there is nothing to open, whatever we remember. */
const TOLD = new Set(['launch_no_appointment', 'launch_no_context', 'ehr_not_found'])

/** Whether a failure says that the EHR could not be asked, and nothing about the appointment. */
function leavesOpen({ code }: Failure): boolean {
  return !TOLD.has(code)
}

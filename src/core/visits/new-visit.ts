import type { KeyRing } from '../keys/key-ring.ts'
import { bucketOf } from '../keys/link-token.ts'
import type { VisitRow } from '../store/rows.ts'
import type { VisitFacts } from './changes.ts'
import type { VisitRef, VisitSeals } from './visit.ts'

/** The row of a visit seen for the first time, by a sweep or by a launch. */
export function newVisitRow(
  seals: VisitSeals,
  linkKeys: KeyRing,
  ref: VisitRef,
  appointmentId: string,
  facts: VisitFacts,
  patientKey?: string,
): VisitRow {
  return {
    schema: 1,
    type: 'visit',
    ...facts,
    linkKeyId: linkKeys.current.id,
    linkSerial: 1,
    // The links of one site and day lie together; a visit that moves keeps its link and so its bucket.
    linkBucket: bucketOf(ref.siteId, facts.start.slice(0, 10)),
    sealedAppointment: seals.sealAppointment(ref, appointmentId),
    ...(patientKey === undefined ? {} : { patientKey }),
  }
}

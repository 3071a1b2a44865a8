import type { KeyRing } from '../keys/key-ring.ts'
import type { SmsReport } from '../messaging/sms-events.ts'
import type { Store } from '../store/store.ts'
import { doctorStore } from './doctor-store.ts'
import { receiptOutcome } from './receipt.ts'
import { openDoctorTag } from './test-text-tag.ts'

/**
 * Takes the delivery report of a test text, which may come before the line says that it is waited for.
 * @returns the tenant whose text it was; undefined where the report is of something else.
 */
export async function receiveDoctorReport(
  { store, ring, now }: { store: Pick<Store, 'tables'>; ring: KeyRing; now: () => Date },
  report: SmsReport,
): Promise<string | undefined> {
  const name = openDoctorTag(ring, report.tag ?? report.Tag ?? '')
  if (!name) return undefined
  const outcome = receiptOutcome(report.deliveryStatus, report.deliveryStatusDetails)
  const runs = doctorStore(store, now)
  if (outcome) await runs.tell(name.tenantId, name.siteId, name.runId, { id: 'test_text', ...outcome })
  return name.tenantId
}

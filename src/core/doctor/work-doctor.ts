import type { Site } from '../sites/site.ts'
import type { Message } from '../store/messages.ts'
import type { DoctorPorts } from './check.ts'
import { checks } from './checks.ts'
import { doctorStore } from './doctor-store.ts'
import type { Line } from './line.ts'
import { openPhone } from './phone.ts'
import { overdue, RECEIPT_SECONDS } from './receipt.ts'
import { runChecks } from './run-checks.ts'

/** Works off a message of the queue: runs the checks, or ends the wait for a delivery report. */
export async function workDoctor(
  ports: DoctorPorts,
  site: Site,
  message: Message<'doctor'>,
): Promise<readonly Line[]> {
  const { tenantId, siteId, runId } = message
  const runs = doctorStore(ports.store, ports.now)
  const run = await runs.read(tenantId, siteId)
  if (run?.runId !== runId || run.finishedAt !== undefined) return []
  if (message.kind === 'receipt_due') {
    const line = run.lines.find(({ id }) => id === 'test_text')
    if (line) await runs.tell(tenantId, siteId, runId, overdue(line))
    return []
  }
  const { sealedPhone } = message
  const lines = await runChecks(
    checks,
    {
      ports,
      site,
      runId,
      startedAt: new Date(run.startedAt),
      by: run.by,
      phone: openPhone(ports.keys.field, runId, sealedPhone),
      facts: { meetings: [], full: [] },
    },
    (line) => runs.tell(tenantId, siteId, runId, line),
  )
  if (lines.some((line) => line.id === 'test_text' && line.state === 'running')) {
    await ports.store.queues.doctor.send(
      { schema: 1, kind: 'receipt_due', tenantId, siteId, runId },
      RECEIPT_SECONDS,
    )
  }
  return lines
}

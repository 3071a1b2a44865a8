import type { DeliverPorts } from './deliver.ts'
import { settleInParallel } from './in-parallel.ts'
import { noticeId, noticeText } from './notice.ts'
import { BACK_OFF, left, type Outcome, settled, unsent } from './outcome.ts'
import type { Ready } from './prepare.ts'

/** Requests of one message that are under way at the same time. */
const AT_ONCE = 8

/**
 * Makes the requests for notices that are marked as being sent.
 * @returns what became of each, and what a request threw, if any did: that notice stays in doubt.
 */
export async function sendTexts(
  ports: DeliverPorts,
  from: string,
  ready: readonly Ready[],
): Promise<{ outcomes: Outcome[]; thrown: unknown[] }> {
  const sent = await settleInParallel(ready, AT_ONCE, async (one) => {
    const { name, row, to, body, inDoubt } = one
    // After a long pause the lease may be over and a successor at work: what was not asked for yet stays unasked.
    if (ports.now().getTime() >= Date.parse(row.leaseUntil))
      return left({ name, row: inDoubt ? row : unsent(row) }, BACK_OFF, 'lease_over', ports.now())
    const result = await ports.sendText({
      from,
      to,
      body,
      repeatabilityId: ports.identity.repeatabilityId(name.tenantId, noticeText(name)),
      firstSentAt: new Date(row.firstSentAt ?? row.changedAt),
      tag: noticeId(ports.noticeKeys, name),
    })
    return settled({ name, row }, result, inDoubt, ports.now())
  })
  return {
    outcomes: sent.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])),
    thrown: sent.flatMap((one) => (one.status === 'rejected' ? [one.reason] : [])),
  }
}

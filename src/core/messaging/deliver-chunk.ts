import type { Site } from '../sites/site.ts'
import type { Channel } from './channel.ts'
import type { DeliverByPorts } from './deliver-by.ts'
import { keepPace, pauseIfAsked } from './keep-pace.ts'
import type { Outcome } from './outcome.ts'
import { markSending, type ReadyWords } from './prepare.ts'
import type { Later } from './put-back.ts'
import { sendAll } from './send.ts'
import { recordOutcomes, writeClaims } from './write-claims.ts'

export type Chunk<Words> = {
  /** What is at its end, or left for later: to be written as that. */
  readonly settled: readonly Outcome[]
  readonly ready: readonly ReadyWords<Words>[]
  /** When the EHR was asked about them: from then on what was read grows old. */
  readonly readAt: Date
}

/**
 * Claims, sends and records up to twenty-five notices. The claim says already what each comes to: what is sent is marked as
 * such before anything is asked of the vendor, so that a crash leaves a doubt only where there may be one.
 */
export async function deliverChunk<Words>(
  channel: Channel<Words>,
  ports: DeliverByPorts,
  site: Site,
  { settled, ready, readAt }: Chunk<Words>,
): Promise<{ outcomes: Outcome[]; later: Later[] }> {
  const table = ports.store.tables.visits
  // Reading took its time: who lost a place over it takes another one.
  const { go, wait } = await keepPace(channel, ports, site, undefined, ready)
  const sending = go.map((one) => markSending(one, ports.rules.leaseSeconds, readAt, ports.now()))
  const { written, taken } = await writeClaims(table, [...settled, ...wait, ...sending])
  // Whoever changed a row meanwhile has it now: this run sends nothing for it.
  const mine = sending.flatMap((one) => {
    const row = written.get(one)
    return row ? [{ ...one, row }] : []
  })
  const { outcomes, thrown } = await sendAll(channel, ports, site, mine)
  if (outcomes.length > 0) await recordOutcomes(table, outcomes)
  await pauseIfAsked(channel, ports, site, outcomes)
  // Recorded what is known: the rest of the work is the redelivered message's.
  if (thrown.length > 0) throw thrown[0]
  return {
    outcomes: [...[...settled, ...wait].filter((one) => written.has(one)), ...outcomes],
    later: taken,
  }
}

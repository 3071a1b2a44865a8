import type { PhoneNumbers } from './phone-numbers.ts'
import type { SenderStore } from './sender-store.ts'

export type ReleasePorts = {
  readonly senders: Pick<SenderStore, 'read' | 'remove'>
  readonly numbers: () => Promise<PhoneNumbers>
}

/** Seconds between two looks whether the number is gone. */
const LOOK_SECONDS = 5
const LATER_SECONDS = 60

/**
 * Gives a number that was bought here back to the vendor; it stays listed as "being released" until the resource no
 * longer has it. However often this runs, the number is released once.
 * @returns seconds until the next look, or undefined once it is gone.
 */
export async function advanceRelease(
  { senders, numbers }: ReleasePorts,
  tenantId: string,
  sender: string,
): Promise<number | undefined> {
  const listed = await senders.read(tenantId, sender)
  // Only what an administrator marked: a message alone releases nothing.
  if (listed?.value.releasingAt === undefined) return undefined
  const vendor = await numbers()
  const there = await vendor.find(sender)
  if (!there.ok) return LATER_SECONDS
  if (there.value) {
    const released = await vendor.release(sender)
    const gone = !released.ok && released.failure.code === 'numbers_gone'
    const begun = released.ok || released.failure.code === 'numbers_conflict'
    if (!gone) return begun ? LOOK_SECONDS : LATER_SECONDS
  }
  await senders.remove(tenantId, sender)
  return undefined
}

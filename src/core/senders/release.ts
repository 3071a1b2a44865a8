import { fail, ok, type Result } from '../result.ts'
import type { Site } from '../sites/site.ts'
import type { SiteStore } from '../sites/site-store.ts'
import type { Versioned } from '../sites/version.ts'
import type { PhoneNumbers } from './phone-numbers.ts'
import type { Sender, SenderStore } from './sender-store.ts'

export type ReleasePorts = {
  readonly senders: Pick<SenderStore, 'read' | 'save' | 'remove'>
  readonly sites: Pick<SiteStore, 'ofTenant'>
  readonly numbers: () => Promise<PhoneNumbers>
}

/** Seconds between two looks whether the number is gone. */
const LOOK_SECONDS = 5
const LATER_SECONDS = 60

/** The sites whose texts come from a sender. Pure. */
export function linkedTo(sender: string, sites: readonly Site[]): Site[] {
  return sites.filter(({ texts }) => texts.sender === sender)
}

/**
 * Marks a sender as being given back. A site may be linked to it at the same moment, so that it is asked again behind the
 * mark, which nobody can link to any more, and the mark is taken off again.
 * @returns `sender_linked`: a site uses it, and nothing is given back.
 */
export async function markRelease(
  { senders, sites, now }: Pick<ReleasePorts, 'senders' | 'sites'> & { readonly now: () => Date },
  tenantId: string,
  { value, version }: Versioned<Sender>,
): Promise<Result<void, 'sender_linked' | 'config_changed'>> {
  const isLinked = async () => linkedTo(value.sender, await sites.ofTenant(tenantId)).length > 0
  if (await isLinked()) return fail('sender_linked')
  const marked = await senders.save(tenantId, { ...value, releasingAt: now().toISOString() }, version)
  if (!marked.ok) return marked
  if (!(await isLinked())) return ok(undefined)
  await unmark(senders, tenantId, value.sender)
  return fail('sender_linked')
}

async function unmark(
  senders: Pick<SenderStore, 'read' | 'save'>,
  tenantId: string,
  sender: string,
): Promise<void> {
  const read = await senders.read(tenantId, sender)
  if (!read) return
  const { releasingAt: _none, ...kept } = read.value
  await senders.save(tenantId, kept, read.version)
}

/**
 * Gives a number that was bought here back to the vendor; it stays listed as "being released" until the resource no
 * longer has it. However often this runs, the number is released once.
 * @returns seconds until the next look, or undefined once it is gone.
 */
export async function advanceRelease(
  { senders, sites, numbers }: ReleasePorts,
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
    // Whatever crossed the mark: a number that a site texts from is not given back.
    if (linkedTo(sender, await sites.ofTenant(tenantId)).length > 0) {
      await unmark(senders, tenantId, sender)
      return undefined
    }
    const released = await vendor.release(sender)
    const gone = !released.ok && released.failure.code === 'numbers_gone'
    const begun = released.ok || released.failure.code === 'numbers_conflict'
    if (!gone) return begun ? LOOK_SECONDS : LATER_SECONDS
  }
  await senders.remove(tenantId, sender)
  return undefined
}

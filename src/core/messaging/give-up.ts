/**
 * Milliseconds after which a request to the vendor is given up. Eight requests are under way at once, so a chunk of
 * twenty-five takes a minute at worst, half of the lease of its claims (`NOTICE_LEASE_SECONDS`), and a message of a
 * hundred stays within host.json's functionTimeout.
 */
export const PATIENCE_MS = 15_000

/** Made anew for each request: aborts it when the vendor has been silent for too long. What became of it is then unknown. */
export type GiveUp = () => AbortSignal

export const giveUp: GiveUp = () => AbortSignal.timeout(PATIENCE_MS)

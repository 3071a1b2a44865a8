/**
 * Milliseconds after which a request to the vendor is given up. Of a chunk of twenty-five, eight texts are under way at once, or
 * four e-mails: a minute at worst, or 105 seconds, within the lease of its claims (`NOTICE_LEASE_SECONDS`), and a message of a
 * hundred stays within host.json's functionTimeout.
 */
export const PATIENCE_MS = 15_000

/** Made anew for each request: aborts it when the vendor has been silent for too long. What became of it is then unknown. */
export type GiveUp = () => AbortSignal

export const giveUp: GiveUp = () => AbortSignal.timeout(PATIENCE_MS)

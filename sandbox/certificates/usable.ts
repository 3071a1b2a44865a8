import { createPrivateKey, X509Certificate } from 'node:crypto'
import type { Certificate } from '../contracts.ts'

const MONTH = 30 * 86_400_000

/** Whether the three parts read as PEM, belong together, name localhost and stay valid for a month after `now`. */
export function usable(kept: Certificate, now: Date): boolean {
  try {
    const authority = new X509Certificate(kept.ca)
    const server = new X509Certificate(kept.cert)
    const until = now.getTime() + MONTH
    return (
      server.checkIssued(authority) &&
      server.verify(authority.publicKey) &&
      server.checkPrivateKey(createPrivateKey(kept.key)) &&
      server.checkHost('localhost') !== undefined &&
      [authority, server].every((one) => one.validFromDate <= now && one.validToDate.getTime() > until)
    )
  } catch {
    return false
  }
}

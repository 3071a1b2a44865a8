import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { OutboundError } from './outbound-error.ts'
import { addressRefusal, type OutboundPolicy } from './outbound-policy.ts'

export type ResolvedAddress = { readonly address: string; readonly family: number }

/** All addresses of a name. Tests bring their own; the real one is the system's (hosts file, then DNS). */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>

export const systemResolve: Resolve = (host) => systemLookup(host, { all: true, verbatim: true })

/**
 * The lookup that sockets are opened with. It runs once for each connection and the socket connects to nothing but
 * what it returned, so that there is no second answer to rebind to. One forbidden address among the answers refuses
 * the name as a whole: a public EHR has no private twin, and which one were tried first would be up to the resolver.
 */
export function checkedLookup(policy: OutboundPolicy, protocol: string, resolve: Resolve): LookupFunction {
  return (host, options, callback) => {
    const answer = async () => {
      const addresses = await resolve(host).catch(() => [])
      if (addresses.length === 0) throw new OutboundError('outbound_dns', host)
      for (const { address } of addresses) {
        const reason = addressRefusal(policy, protocol, host, address)
        if (reason !== undefined) throw new OutboundError('outbound_address', host, reason)
      }
      return addresses
    }
    answer().then(
      (addresses) => {
        const [first] = addresses
        if (options.all) callback(null, [...addresses])
        else callback(null, first?.address ?? '', first?.family)
      },
      (error) => callback(error, options.all ? [] : ''),
    )
  }
}

import { isIP } from 'node:net'
import type { OutboundCode } from '../../../src/core/http/outbound-error.ts'
import type { Resolve, ResolvedAddress } from '../../../src/core/http/outbound-lookup.ts'
import { addHosts } from './ssrf-hosts.ts'
import { addNames } from './ssrf-names.ts'
import { addUrls } from './ssrf-urls.ts'

/** A URL that must be refused, and the code it is refused with. */
export type Vector = { readonly family: string; readonly url: string; readonly code: OutboundCode }

export type VectorTable = { readonly vectors: readonly Vector[]; readonly resolve: Resolve }

/** What the families write into. */
export type TableWriter = {
  urls(family: string, code: OutboundCode, urls: readonly string[]): void
  /** `https://{host}:{a watched port}/r4`, refused by address unless another code is given. */
  hosts(family: string, hosts: readonly string[], code?: OutboundCode): void
  /** Makes the resolver answer; gives the host back. */
  name(host: string, ...addresses: string[]): string
  /** A watched port, the http and the https one in turn. */
  port(): number
}

/** Names that the operator's setting of the tests opens; see the families on rules. */
export const REDIRECTOR = 'redirector.example'
export const WIDE = 'wide.example'

/**
 * The whole table, and the resolver that its names need.
 * @param ports where listeners watch: most URLs lead there if nothing stops them
 * @param redirectorPort where {@link REDIRECTOR} answers /{status}/{target} with a redirect to that target
 * @param redirectTargets how many targets there are
 */
export function vectorTable(
  ports: readonly [number, number],
  redirectorPort: number,
  redirectTargets: number,
): VectorTable {
  const vectors: Vector[] = []
  const names = new Map<string, readonly ResolvedAddress[]>()
  const table: TableWriter = {
    urls(family, code, urls) {
      for (const url of urls) vectors.push({ family, url, code })
    },
    hosts(family, hosts, code = 'outbound_address') {
      for (const host of hosts) vectors.push({ family, url: `https://${host}:${table.port()}/r4`, code })
    },
    name(host, ...addresses) {
      const answer = addresses.map((address) => ({ address, family: isIP(address) }))
      names.set(host, answer)
      return host
    },
    port: () => ports[vectors.length % 2 === 0 ? 0 : 1],
  }
  addHosts(table)
  addNames(table)
  addUrls(table)
  table.name(REDIRECTOR, '127.0.0.1')
  for (let target = 0; target < redirectTargets; target++) {
    const redirect = (status: number) => `https://${REDIRECTOR}:${redirectorPort}/${status}/${target}`
    table.urls('redirects', 'outbound_redirect', [301, 302, 303, 307, 308].map(redirect))
  }

  const resolve: Resolve = async (host) => {
    const found = names.get(host)
    if (found === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' })
    return found
  }
  return { vectors, resolve }
}

/** A list written as one text. */
export function words(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '')
}

export const PUBLIC = '93.184.215.14'
export const PUBLIC_IPV6 = '2606:2800:21f:cb07:6820:80da:af6b:8b2c'

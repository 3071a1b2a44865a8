import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6

/** An address without its zone, or undefined for anything that is not one in canonical notation (no octal, no hex). */
export function parseAddress(text: string): Address | undefined {
  const bare = text.split('%', 1)[0] ?? ''
  return isIP(bare) === 0 ? undefined : ipaddr.parse(bare)
}

/**
 * Why an address may not be connected to, or undefined for a globally routable unicast address.
 *
 * Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries. Two rules are stricter than the registries: of IPv6
 * only 2000::/3 is in use as global unicast, so all else is refused without a list of its own; and forms that carry
 * an IPv4 address (mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP) are refused whatever they carry,
 * since nobody publishes a server that way. The reason then names both, as in `ipv4Mapped/loopback`.
 * 168.63.129.16 is Azure's WireServer: it is public by every registry, and answers any machine inside Azure.
 */
export function isForbidden(text: string): string | undefined {
  const address = parseAddress(text)
  if (address === undefined) return 'notAnAddress'
  return address instanceof ipaddr.IPv4 ? forbiddenIPv4(address) : forbiddenIPv6(address)
}

const WIRE_SERVER = '168.63.129.16'

function forbiddenIPv4(address: ipaddr.IPv4): string | undefined {
  if (address.toString() === WIRE_SERVER) return 'azureWireServer'
  const range = address.range()
  return range === 'unicast' ? undefined : range
}

function forbiddenIPv6(address: ipaddr.IPv6): string | undefined {
  const [embedded] = embeddedIPv4(address)
  if (embedded) {
    const inner = forbiddenIPv4(embedded.address)
    return inner === undefined ? embedded.form : `${embedded.form}/${inner}`
  }
  const range: string = address.range()
  if (range !== 'unicast') return range
  return ((address.parts[0] ?? 0) & 0xe000) === 0x2000 ? undefined : 'reserved'
}

type Embedded = { readonly form: string; readonly address: ipaddr.IPv4 }

/** The IPv4 addresses that an IPv6 address may stand for on some path of the network. */
export function embeddedIPv4(address: ipaddr.IPv6): readonly Embedded[] {
  const parts = address.parts
  const at = (index: number) => parts[index] ?? 0
  const from = (high: number, low: number) =>
    new ipaddr.IPv4([(high >> 8) & 255, high & 255, (low >> 8) & 255, low & 255])
  const last = from(at(6), at(7))
  const zeros = (count: number) => parts.slice(0, count).every((part) => part === 0)

  if (zeros(5) && at(5) === 0xffff) return [{ form: 'ipv4Mapped', address: last }]
  if (zeros(4) && at(4) === 0xffff && at(5) === 0) return [{ form: 'ipv4Translated', address: last }]
  // :: and ::1 are addresses of their own.
  if (zeros(6) && (at(6) !== 0 || at(7) > 1)) return [{ form: 'ipv4Compatible', address: last }]
  if (at(0) === 0x64 && at(1) === 0xff9b) {
    // RFC 6052 2.2: behind a /48 prefix the IPv4 address sits around the "u" octet, behind a /96 at the end.
    const split = from(at(3), ((at(4) & 0xff) << 8) | (at(5) >> 8))
    return at(2) === 1
      ? [
          { form: 'nat64', address: last },
          { form: 'nat64', address: split },
        ]
      : [{ form: 'nat64', address: last }]
  }
  if (at(0) === 0x2002) return [{ form: '6to4', address: from(at(1), at(2)) }]
  // RFC 4380 4: the client's address is stored inverted.
  if (at(0) === 0x2001 && at(1) === 0) {
    return [
      { form: 'teredo', address: from(at(6) ^ 0xffff, at(7) ^ 0xffff) },
      { form: 'teredo', address: from(at(2), at(3)) },
    ]
  }
  // RFC 5214 6.1, with and without the universal bit.
  if ((at(4) & 0xfdff) === 0 && at(5) === 0x5efe) return [{ form: 'isatap', address: last }]
  return []
}

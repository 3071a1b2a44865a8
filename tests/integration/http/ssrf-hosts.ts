import { isIP } from 'node:net'
import {
  carriersOfIPv4,
  FORBIDDEN_IPV4,
  FORBIDDEN_IPV6,
  notationsOfIPv4,
  TARGETS_IPV4,
} from './ssrf-addresses.ts'
import { PUBLIC, type TableWriter, words } from './ssrf-vectors.ts'

const literal = (address: string) => (isIP(address) === 6 ? `[${address}]` : address)

/** Addresses written into the URL. */
export function addHosts(table: TableWriter): void {
  table.hosts('IPv4', FORBIDDEN_IPV4)
  table.hosts('IPv4 in other notations', TARGETS_IPV4.flatMap(notationsOfIPv4))
  table.hosts('IPv4 shortest forms', words('0 0x0 00 1 127.1 127.0.1 0x7f.1 0177.1 10.1 169.254.43518'))
  table.hosts('IPv4 with an empty hexadecimal part', words('127.0.0.0x 0x7f.0x 0x'))
  table.hosts('IPv6', FORBIDDEN_IPV6.map(literal))
  table.hosts('IPv4 inside IPv6', TARGETS_IPV4.flatMap(carriersOfIPv4).map(literal))
  table.hosts('IPv4 inside IPv6, a public one too', carriersOfIPv4(PUBLIC).map(literal))
  table.hosts(
    'IPv6 with a zone',
    words('[fe80::1%25eth0] [fe80::1%eth0] [::1%25lo] [::1%lo] [::1%251] [fe80::1%25] [fd00:ec2::254%25en0]'),
    'outbound_url',
  )
  table.hosts(
    'not a host',
    words(`127.0.0.256 1.2.3.4.5 0x100000000 4294967296 256.1 [::1 ::1 [::1]x [] [127.0.0.1] [v1.x]
      [1::2::3] [::ffff:127.0.0.256] [::ffff:127.1]`),
    'outbound_url',
  )
}

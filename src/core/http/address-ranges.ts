import ipaddr from 'ipaddr.js'
import { lazily } from '../once.ts'
import { type Address, embeddedIPv4, parseAddress } from './address-rules.ts'

/** A range of addresses in CIDR notation. */
export type AddressRange = { readonly base: Address; readonly prefix: number; readonly text: string }

/** Reads `10.20.0.0/16` or `2001:db8::/48`; undefined for anything else, a missing prefix included. */
export function parseRange(text: string): AddressRange | undefined {
  const [, address = '', digits = ''] = /^([^/%]+)\/(\d{1,3})$/.exec(text) ?? []
  const base = parseAddress(address)
  const prefix = Number(digits)
  if (base === undefined || digits === '' || prefix > bits(base)) return undefined
  return { base, prefix, text }
}

function bits(address: Address): number {
  return address instanceof ipaddr.IPv4 ? 32 : 128
}

export function contains(range: AddressRange, address: Address): boolean {
  return range.base.kind() === address.kind() && address.match(range.base, range.prefix)
}

/** Whether one range lies wholly inside another. */
export function isInside(inner: AddressRange, outer: AddressRange): boolean {
  return inner.prefix >= outer.prefix && contains(outer, inner.base)
}

/** Wide enough for every private network there is, too narrow to say "anything". */
export function isTooWide(range: AddressRange): boolean {
  return range.prefix < (range.base instanceof ipaddr.IPv4 ? 8 : 7)
}

/**
 * What no setting can open: where clouds hand out identities to whoever asks from inside, and addresses that name no
 * single other machine.
 * Sources: Azure "What is IP address 168.63.129.16?" and "Azure Instance Metadata Service"; AWS "Use the Instance
 * Metadata Service" (IPv6 endpoint) and "EKS Pod Identity"; Google "About VM metadata" (IPv6 endpoint); Alibaba Cloud
 * "View instance metadata"; Oracle Cloud's 192.0.0.192.
 */
const NEVER = [
  '169.254.0.0/16',
  '168.63.129.16/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  'fd00:ec2::/32',
  'fd20:ce::/32',
  'fe80::/10',
  '0.0.0.0/8',
  '224.0.0.0/4',
  '255.255.255.255/32',
  '::/128',
  'ff00::/8',
] as const

/** {@link NEVER} as ranges, read when they are first asked for: not at the start of every process. */
export const neverRanges = lazily((): readonly AddressRange[] =>
  NEVER.map((text) => {
    const range = parseRange(text)
    if (range === undefined) throw new Error(`not a range: ${text}`)
    return range
  }),
)

/** Whether an address, or an IPv4 address that it carries, is in {@link NEVER}. */
export function isNever(address: Address): boolean {
  const all =
    address instanceof ipaddr.IPv4 ? [address] : [address, ...embeddedIPv4(address).map((e) => e.address)]
  return all.some((one) => neverRanges().some((range) => contains(range, one)))
}

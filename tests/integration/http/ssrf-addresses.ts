/** First, last and notable addresses of every IPv4 range that is not public unicast. */
export const FORBIDDEN_IPV4 = [
  ...['0.0.0.0', '0.0.0.1', '0.255.255.255'],
  ...['10.0.0.0', '10.0.0.1', '10.255.255.255'],
  ...['100.64.0.0', '100.100.100.200', '100.127.255.255'],
  ...['127.0.0.0', '127.0.0.1', '127.1.2.3', '127.255.255.255'],
  ...['169.254.0.0', '169.254.169.254', '169.254.170.2', '169.254.169.253', '169.254.255.255'],
  ...['172.16.0.0', '172.17.0.1', '172.31.255.255'],
  ...['192.0.0.0', '192.0.0.170', '192.0.0.192', '192.0.0.255'],
  ...['192.0.2.0', '192.0.2.255'],
  ...['192.31.196.1', '192.52.193.1', '192.175.48.1'],
  ...['192.88.99.0', '192.88.99.1', '192.88.99.255'],
  ...['192.168.0.0', '192.168.0.1', '192.168.255.255'],
  ...['198.18.0.0', '198.19.255.255'],
  ...['198.51.100.0', '198.51.100.255', '203.0.113.0', '203.0.113.255'],
  ...['224.0.0.1', '239.255.255.255'],
  ...['240.0.0.0', '255.255.255.254', '255.255.255.255'],
  '168.63.129.16',
]

/** The same for IPv6, without the forms that carry an IPv4 address. */
export const FORBIDDEN_IPV6 = [
  ...['::', '::1', '0:0:0:0:0:0:0:1', '0000:0000:0000:0000:0000:0000:0000:0001'],
  ...['100::', '100::ffff:ffff:ffff:ffff', '100:0:0:1::1'],
  ...['1::', '200::1', '400::1', '1fff:ffff::1'],
  ...['2001:2::', '2001:2:0:ffff::1', '2001:3::1', '2001:4:112::1', '2001:5::1'],
  ...['2001:10::', '2001:1f:ffff::1', '2001:20::', '2001:2f:ffff::1', '2001:30::1', '2001:1ff:ffff::1'],
  ...['2001:db8::', '2001:db8::1', '2001:DB8:FFFF::1', '2620:4f:8000::1'],
  ...['3fff::', '3fff:fff:ffff::1', '4000::1', '5f00::', '5f00:ffff::1', '8000::1', 'bfff::1', 'e000::1'],
  ...['fc00::', 'fc00::1', 'fd00::1', 'fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fdff:ffff::1'],
  ...['fe00::1', 'fe80::', 'fe80::1', 'FE80::A9FE:A9FE', 'febf::1', 'fec0::', 'fec0::1', 'feff::1'],
  ...['ff00::', 'ff01::1', 'ff02::1', 'ff02::2', 'ff05::1:3', 'ff0e::1', 'ffff::1'],
]

/** What an attacker is after. */
export const TARGETS_IPV4 = [
  '127.0.0.1',
  '169.254.169.254',
  '168.63.129.16',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '100.100.100.200',
]

const octetsOf = (ipv4: string): readonly [number, number, number, number] => {
  const [a = 0, b = 0, c = 0, d = 0] = ipv4.split('.').map(Number)
  return [a, b, c, d]
}
const hex = (value: number, width = 0) => value.toString(16).padStart(width, '0')
const map = (text: string, turn: (char: string) => string) => [...text].map(turn).join('')
const digitsFrom = (zero: number) => (char: string) =>
  /\d/.test(char) ? String.fromCodePoint(zero + Number(char)) : char

/** Other ways of writing an IPv4 address that URL parsers and sockets understand. */
export function notationsOfIPv4(ipv4: string): readonly string[] {
  const [a, b, c, d] = octetsOf(ipv4)
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  const octal = (value: number) => `0${value.toString(8)}`
  return [
    `${whole}`,
    `0x${hex(whole)}`,
    `0X${hex(whole).toUpperCase()}`,
    `0x0000${hex(whole, 8)}`,
    octal(whole),
    `${a}.${b * 65536 + c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `0x${hex(a)}.${b * 65536 + c * 256 + d}`,
    `0x${hex(a)}.0x${hex(b)}.0x${hex(c)}.0x${hex(d)}`,
    `${octal(a)}.${octal(b)}.${octal(c)}.${octal(d)}`,
    `00${octal(a)}.00${octal(b)}.00${octal(c)}.00${octal(d)}`,
    `0x${hex(a)}.${octal(b)}.${c}.0x${hex(d)}`,
    `${ipv4}.`,
    `${whole}.`,
    ipv4.replaceAll('.', '%2e'),
    map(ipv4, (char) => `%${hex(char.charCodeAt(0), 2)}`),
    ipv4.replaceAll('.', '。'),
    ipv4.replaceAll('.', '．'),
    ipv4.replaceAll('.', '｡'),
    map(ipv4, digitsFrom(0xff10)),
    map(ipv4, digitsFrom(0x1d7ce)),
    map(ipv4, digitsFrom(0xff10)).replaceAll('.', '．'),
    ipv4.replace('.', '\u00ad.'),
    ipv4.replace('.', '\u200b.'),
    encodeURIComponent(map(ipv4, digitsFrom(0xff10))),
  ]
}

/** IPv6 addresses that carry an IPv4 address, in bracket-less notation. */
export function carriersOfIPv4(ipv4: string): readonly string[] {
  const [a, b, c, d] = octetsOf(ipv4)
  const high = hex(a * 256 + b)
  const low = hex(c * 256 + d)
  const inverted = `${hex((a * 256 + b) ^ 0xffff)}:${hex((c * 256 + d) ^ 0xffff)}`
  return [
    `::ffff:${ipv4}`,
    `::ffff:${high}:${low}`,
    `::FFFF:${high.toUpperCase()}:${low.toUpperCase()}`,
    `0:0:0:0:0:ffff:${ipv4}`,
    `0000:0000:0000:0000:0000:ffff:${high}:${low}`,
    `::ffff:0:${ipv4}`,
    `::${ipv4}`,
    `::${high}:${low}`,
    `64:ff9b::${ipv4}`,
    `64:ff9b::${high}:${low}`,
    `64:ff9b:1::${ipv4}`,
    `64:ff9b:1:${high}:${hex(c)}:${hex(d * 256)}::`,
    `2002:${high}:${low}::`,
    `2002:${high}:${low}::1`,
    `2001:0:${high}:${low}::1`,
    `2001:0:4136:e378:8000:63bf:${inverted}`,
    `2606:4700::5efe:${ipv4}`,
    `2606:4700::200:5efe:${high}:${low}`,
  ]
}

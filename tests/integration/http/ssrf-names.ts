import { carriersOfIPv4, FORBIDDEN_IPV4, FORBIDDEN_IPV6, TARGETS_IPV4 } from './ssrf-addresses.ts'
import { PUBLIC, PUBLIC_IPV6, REDIRECTOR, type TableWriter, WIDE, words } from './ssrf-vectors.ts'

const METADATA: Readonly<Record<string, string>> = {
  '169.254.169.254': 'metadata metadata.google.internal instance-data instance-data.ec2.internal 1.nip.io',
  '168.63.129.16': 'wireserver.internal a8-3f-81-10.example 168.63.129.16.sslip.io',
  '100.100.100.200': 'metadata.alibaba.internal',
  '169.254.170.2': 'ecs-metadata.example',
  'fd00:ec2::254': 'metadata-v6.ec2.internal',
  'fd20:ce::254': 'metadata-v6.google.internal',
  '192.0.0.192': 'metadata.oci.internal',
}

/** Names, by what they resolve to. */
export function addNames(table: TableWriter): void {
  const { name } = table
  const all = [...FORBIDDEN_IPV4, ...FORBIDDEN_IPV6, ...TARGETS_IPV4.flatMap(carriersOfIPv4)]
  table.hosts(
    'name with a forbidden answer',
    all.map((address, i) => name(`name-${i}.example`, address)),
  )
  table.hosts('name with a zone in its answer', [
    name('z.example', 'fe80::1%eth0'),
    name('y.example', '::1%lo'),
  ])
  table.hosts('name with an answer that is none', [
    name('x.example', '0177.0.0.1'),
    name('w.example', 'localhost'),
  ])
  const partners = [...TARGETS_IPV4, '::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1']
  table.hosts(
    'name with public and forbidden answers',
    partners.flatMap((address, i) => [
      name(`mixed-${i}-last.example`, PUBLIC, address),
      name(`mixed-${i}-first.example`, address, PUBLIC),
      name(`mixed-${i}-among.example`, PUBLIC_IPV6, PUBLIC, address, '8.8.8.8'),
    ]),
  )
  const missing = words('missing.example missing missing.invalid.')
  table.hosts('name without an answer', [...missing, name('empty.example')], 'outbound_dns')

  const local = words(
    'localhost localhost. localhost.localdomain ip6-localhost app.localhost host.docker.internal',
  )
  table.hosts(
    'local names',
    local.map((host) => name(host, '127.0.0.1', '::1')),
  )
  table.hosts(
    'local names in other notations',
    words(`LOCALHOST LocalHost %6c%6f%63%61%6c%68%6f%73%74 local%68ost local\u00adhost localhost。
      ｌｏｃａｌｈｏｓｔ ＬＯＣＡＬＨＯＳＴ ⓛⓞⓒⓐⓛⓗⓞⓢⓣ ℓocalhost localhoſt 𝓁𝑜𝒸𝒶𝓁𝒽𝑜𝓈𝓉`),
  )
  // Cyrillic and Greek letters: other names, which this resolver does not know.
  table.hosts(
    'names that only look alike',
    words('lоcalhost localhοst іp6-localhost ehr.exаmple'),
    'outbound_dns',
  )

  for (const [address, hosts] of Object.entries(METADATA)) {
    for (const host of words(hosts))
      table.hosts('metadata hosts', [name(host, address), name(`${host}.`, address), host.toUpperCase()])
  }
  const beside = `${REDIRECTOR}. x${REDIRECTOR} a.${REDIRECTOR} ${REDIRECTOR}.ehr.example redirector ${REDIRECTOR}-1`
  table.hosts(
    'name beside an allowed one',
    words(beside).map((host) => name(host, '127.0.0.1')),
  )
  table.hosts('metadata inside a wider allowed range', [name(WIDE, '169.254.169.254')])
  table.hosts('address that is allowed for a name only', words('100.64.1.1 127.0.0.1.'))
}

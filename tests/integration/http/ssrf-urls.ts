import type { OutboundCode } from '../../../src/core/http/outbound-error.ts'
import { PUBLIC, type TableWriter, words } from './ssrf-vectors.ts'

const HOSTS = words('127.0.0.1 [::1] 169.254.169.254 2130706433 localhost')

const SCHEMES = words(
  'ftp ws wss gopher dict ldap tftp sftp ssh jar netdoc unix http+unix view-source blob urn httpss',
)

const LOW_PORTS = words(
  '0 00022 1 7 19 21 22 23 25 53 80 110 111 135 139 143 389 444 445 465 514 587 631 636 873 993 995 1023',
)

/** Everything of a URL but its host. */
export function addUrls(table: TableWriter): void {
  table.name('ehr.example', PUBLIC)
  const each = (family: string, code: OutboundCode, write: (host: string) => readonly string[]) => {
    for (const host of HOSTS) table.urls(family, code, write(`${host}:${table.port()}`))
  }
  each('user names and passwords', 'outbound_url', (host) => [
    `https://ehr.example@${host}/`,
    `https://ehr.example:443@${host}/`,
    `https://user:password@${host}/r4`,
    `https://ehr.example%2F@${host}/`,
    `https://${host}@ehr.example/`,
    `https://a@b@${host}/`,
    `https://:secret@${host}/`,
  ])
  each('empty user name', 'outbound_address', (host) => [`https://@${host}/`, `https://:@${host}/r4`])
  each('host broken by a delimiter', 'outbound_url', (host) => [
    `https://ehr.example%40${host}/`,
    `https://ehr.example%2F${host}/`,
    `https://ehr.example%3F${host}/`,
    `https://${host}%00.ehr.example/`,
    `https://ehr example.${host}/`,
    `https://<${host}>/`,
  ])
  each('other host further on', 'outbound_address', (host) => [
    `https://${host}/@ehr.example/`,
    `https://${host}/https://ehr.example/`,
    `https://${host}?@ehr.example/`,
    `https://${host}#@ehr.example/`,
    `https://${host}\\@ehr.example/`,
    `https://${host}\\.ehr.example/r4`,
  ])
  each('slashes', 'outbound_address', (host) => [
    `https:\\\\${host}\\r4`,
    `https:/\\${host}/`,
    `https:/${host}/`,
    `https:${host}/`,
    `https:////${host}/`,
    `https:///${host}/`,
  ])
  each('white space and control characters', 'outbound_address', (host) => [
    ` https://${host}/`,
    `\u0000https://${host}/`,
    `https://${host}/\n`,
    `ht\ttps://${host}/`,
    `https:\r\n//${host}/`,
    `https://${host.slice(0, 2)}\t${host.slice(2)}/`,
    `HtTpS://${host}/`,
  ])
  each('http', 'outbound_scheme', (host) => [
    `http://${host}/`,
    `HTTP://${host}/r4`,
    `http:\\\\${host}`,
    `http:${host}`,
  ])
  each('other schemes', 'outbound_scheme', (host) => SCHEMES.map((scheme) => `${scheme}://${host}/r4`))
  table.urls(
    'other schemes',
    'outbound_scheme',
    words(`http://ehr.example/r4 file:///etc/passwd file://localhost/etc/passwd data:application/json,{}
      javascript:alert(1) about:blank blob:https://127.0.0.1/x`),
  )

  const hosts = words('169.254.169.254 168.63.129.16 [fd00:ec2::254] metadata.google.internal')
  const paths = words(
    'latest/meta-data/ metadata/instance?api-version=1 computeMetadata/v1/ machine?comp=goalstate',
  )
  for (const place of hosts.flatMap((host) => paths.map((path) => `${host}/${path}`))) {
    table.urls('metadata by https', 'outbound_address', [`https://${place}`])
    table.urls('metadata by http', 'outbound_scheme', [`http://${place}`])
  }

  const withPort = (port: string) => `https://ehr.example:${port}/r4`
  table.urls('low ports', 'outbound_port', LOW_PORTS.map(withPort))
  table.urls('ports that are none', 'outbound_url', words('65536 99999 -1 8443x 0x1bb ４４３x').map(withPort))
  table.urls('not a URL', 'outbound_url', [
    '',
    ' ',
    ...words('ehr.example //127.0.0.1/ /r4 127.0.0.1 https:// https: ? https://?x'),
  ])
}

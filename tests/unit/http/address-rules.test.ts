import { describe, expect, test } from 'vitest'
import { isForbidden } from '../../../src/core/http/address-rules.ts'
import {
  carriersOfIPv4,
  FORBIDDEN_IPV4,
  FORBIDDEN_IPV6,
  TARGETS_IPV4,
} from '../../integration/http/ssrf-addresses.ts'

describe('an address', () => {
  test.each([...FORBIDDEN_IPV4, ...FORBIDDEN_IPV6])('%s is refused', (address) => {
    expect(isForbidden(address)).toMatch(/^\w+$/)
  })

  // The neighbours of every refused range.
  test.each([
    ...[
      '1.0.0.0',
      '9.255.255.255',
      '11.0.0.0',
      '100.63.255.255',
      '100.128.0.0',
      '126.255.255.255',
      '128.0.0.0',
    ],
    ...['168.63.129.15', '168.63.129.17', '169.253.255.255', '169.255.0.0', '172.15.255.255', '172.32.0.0'],
    ...[
      '191.255.255.255',
      '192.0.1.0',
      '192.0.3.0',
      '192.88.98.255',
      '192.88.100.0',
      '192.167.255.255',
      '192.169.0.0',
    ],
    ...['198.17.255.255', '198.20.0.0', '198.51.99.255', '198.51.101.0', '203.0.112.255', '203.0.114.0'],
    ...['223.255.255.255', '8.8.8.8'],
    ...[
      '2000::1',
      '2001:200::1',
      '2001:db7:ffff::1',
      '2001:db9::1',
      '2003::1',
      '2001:4860:4860::8888',
      '2606:4700::1111',
    ],
    ...['2620:4f:7fff::1', '2620:4f:8001::1', '3ffe::1', '3fff:1000::1'],
  ])('%s, which is public, is not', (address) => {
    expect(isForbidden(address)).toBeUndefined()
  })

  test.each([...TARGETS_IPV4, '8.8.8.8'].flatMap(carriersOfIPv4))(
    '%s is refused for its form alone',
    (address) => {
      expect(isForbidden(address)).toMatch(
        /^(ipv4Mapped|ipv4Compatible|ipv4Translated|nat64|6to4|teredo|isatap)(\/\w+)?$/,
      )
    },
  )

  test('the reason names what the form carries', () => {
    expect(isForbidden('::ffff:127.0.0.1')).toBe('ipv4Mapped/loopback')
    expect(isForbidden('64:ff9b::a9fe:a9fe')).toBe('nat64/linkLocal')
    expect(isForbidden('2002:a83f:8110::1')).toBe('6to4/azureWireServer')
    expect(isForbidden('2001:0:4136:e378:8000:63bf:f5ff:fffe')).toBe('teredo/private')
    expect(isForbidden('::ffff:8.8.8.8')).toBe('ipv4Mapped')
  })

  test.each([
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '2130706433',
    '127.0.0.1.',
    '[::1]',
    '::1::',
    '1.2.3.4/8',
  ])('%j is no address and refused as such', (text) => expect(isForbidden(text)).toBe('notAnAddress'))

  test('a zone does not hide the address', () => {
    expect(isForbidden('fe80::1%eth0')).toBe('linkLocal')
    expect(isForbidden('::ffff:127.0.0.1%lo')).toBe('ipv4Mapped/loopback')
  })
})

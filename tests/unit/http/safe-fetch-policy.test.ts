import { describe, expect, test } from 'vitest'
import {
  addressRefusal,
  type OutboundPolicy,
  PUBLIC_ONLY,
  parseOutboundPolicy,
} from '../../../src/core/http/outbound-policy.ts'
import { checkUrl } from '../../../src/core/http/outbound-url.ts'

function policy(allow: string, allowHttpLoopback = false): OutboundPolicy {
  const parsed = parseOutboundPolicy(allow, { allowHttpLoopback })
  if (!parsed.ok) throw new Error(parsed.failure.detail)
  return parsed.value
}
const problems = (allow: string) => {
  const parsed = parseOutboundPolicy(allow)
  return parsed.ok ? [] : parsed.failure.problems
}
const codeFor = (rules: OutboundPolicy, url: string) => {
  try {
    checkUrl(rules, url)
    return undefined
  } catch (error) {
    return (error as { code: string }).code
  }
}

describe('OUTBOUND_ALLOW', () => {
  test('opens the named ranges for the named host and for no other', () => {
    const rules = policy('ehr.intern.example=10.20.0.0/16|10.21.0.7/32,localhost=127.0.0.0/8|::1/128')
    const refused = (host: string, address: string) => addressRefusal(rules, 'https:', host, address)
    expect(refused('ehr.intern.example', '10.20.3.4')).toBeUndefined()
    expect(refused('ehr.intern.example', '10.21.0.7')).toBeUndefined()
    expect(refused('ehr.intern.example', '8.8.8.8')).toBeUndefined()
    expect(refused('localhost', '::1')).toBeUndefined()
    expect(refused('ehr.intern.example', '10.21.0.8')).toBe('private')
    expect(refused('other.example', '10.20.3.4')).toBe('private')
    expect(refused('ehr.intern.example', '127.0.0.1')).toBe('loopback')
    expect(refused('ehr.intern.example', '::ffff:10.20.3.4')).toBe('ipv4Mapped/private')
  })

  test('is written as people write hosts', () => {
    expect([
      ...policy(' EHR.Intern.Example = 10.0.0.0/8 , [FD12::1]=fd12::/48,10.1.2.3=10.1.2.3/32,').rules.keys(),
    ]).toEqual(['ehr.intern.example', '[fd12::1]', '10.1.2.3'])
    expect(policy('a.example=10.1.0.0/16,A.example=10.2.0.0/16').rules.get('a.example')).toHaveLength(2)
    expect(policy('').rules.size).toBe(0)
  })

  test.each([
    '169.254.169.254/32',
    '169.254.0.0/16',
    '168.63.129.16/32',
    '100.100.100.200/32',
    'fd00:ec2::254/128',
    'fd20:ce::254/128',
    'fe80::/10',
    'fe80::1/128',
    '0.0.0.0/8',
    '::/128',
    '224.0.0.1/32',
  ])('never opens %s', (range) => {
    expect(problems(`a.example=${range}`)).toEqual([expect.stringContaining('can never be allowed')])
  })

  test.each([
    ['100.64.0.0/10', '100.100.100.200', '100.64.1.1'],
    ['168.0.0.0/8', '168.63.129.16', '168.1.1.1'],
    ['fd00::/8', 'fd00:ec2::254', 'fd12::1'],
    ['64:ff9b::/96', '64:ff9b::169.254.169.254', '64:ff9b::8.8.8.8'],
    ['::ffff:0:0/96', '::ffff:168.63.129.16', '::ffff:10.0.0.1'],
  ])('opens %s without %s in it', (range, metadata, other) => {
    const rules = policy(`a.example=${range}`)
    expect(addressRefusal(rules, 'https:', 'a.example', metadata)).toBeDefined()
    expect(addressRefusal(rules, 'https:', 'a.example', other)).toBeUndefined()
  })

  test.each([
    'a.example',
    'a.example=',
    '=10.0.0.0/8',
    'a.example=10.0.0.0',
    'a.example=10.0.0.0/33',
    'a.example=10.0.0.0/',
    'a.example=010.0.0.0/8',
    'a.example=10.0.0.0/8|',
    'a.example=0.0.0.0/0',
    'a.example=::/0',
    'a.example=10.0.0.0/7',
    '*.example=10.0.0.0/8',
    'https://a.example=10.0.0.0/8',
    'a.example:8443=10.0.0.0/8',
    'a.example/r4=10.0.0.0/8',
    'user@a.example=10.0.0.0/8',
  ])('refuses to start with %s', (allow) => {
    expect(problems(allow)).toHaveLength(1)
  })

  test('names every problem at once', () => {
    expect(problems('a.example=10.0.0.0,b.example=fe80::/10|x,c')).toHaveLength(4)
  })
})

describe('http to this machine', () => {
  const development = policy('', true)

  test('is spoken in development only, to three spellings of it, on any port', () => {
    for (const url of [
      'http://localhost:80/',
      'http://127.0.0.1:7071/r4',
      'http://[::1]:9/',
      'http://LOCALHOST/',
    ]) {
      expect(codeFor(development, url), url).toBeUndefined()
      expect(codeFor(PUBLIC_ONLY, url), url).toBe('outbound_scheme')
    }
    for (const url of [
      'http://127.0.0.2/',
      'http://app.localhost/',
      'http://localhost./',
      'http://ehr.example/',
      'ftp://localhost/',
    ])
      expect(codeFor(development, url), url).toBe('outbound_scheme')
  })

  test('does not follow the name localhost elsewhere', () => {
    const rules = policy('localhost=10.0.0.0/8', true)
    expect(addressRefusal(rules, 'http:', 'localhost', '127.0.0.1')).toBeUndefined()
    expect(addressRefusal(rules, 'http:', 'localhost', '::1')).toBeUndefined()
    for (const address of ['10.0.0.1', '8.8.8.8', '169.254.169.254', '::ffff:127.0.0.1'])
      expect(addressRefusal(rules, 'http:', 'localhost', address), address).toBeDefined()
  })

  test('does not open https to it', () => {
    expect(codeFor(development, 'https://127.0.0.1:8443/')).toBe('outbound_address')
    expect(codeFor(policy('127.0.0.1=127.0.0.0/8'), 'https://127.0.0.1:8443/')).toBeUndefined()
  })
})

describe('ports', () => {
  test.each([
    'https://ehr.example/r4',
    'https://ehr.example:443/r4',
    'https://ehr.example:1024/',
    'https://ehr.example:65535/',
  ])('%s may be called', (url) => expect(codeFor(PUBLIC_ONLY, url)).toBeUndefined())
})

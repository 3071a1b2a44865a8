import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { parseOutboundPolicy } from '../../../src/core/http/outbound-policy.ts'
import { createSafeFetch } from '../../../src/core/http/safe-fetch.ts'
import type { UrlProblem } from '../../../src/core/sites/validation/finding.ts'
import { type ValidatePorts, validateBase } from '../../../src/core/sites/validation/validate-base.ts'
import { type BadEhr, type BadEhrs, startBadEhrs } from '../../e2e/support/bad-ehrs.ts'
import { httpServer } from '../http/safe-fetch-servers.ts'

let ehrs: BadEhrs
beforeAll(async () => {
  ehrs = await startBadEhrs()
})
afterAll(() => ehrs.close())

/** @param allow as the operator's OUTBOUND_ALLOW; loopback by http is a development deployment's. */
function outbound(allow = 'localhost=127.0.0.0/8|::1/128') {
  const policy = parseOutboundPolicy(allow, { allowHttpLoopback: true })
  if (!policy.ok) throw new Error(policy.failure.detail)
  const fetch = createSafeFetch(policy.value, { totalTimeoutMs: 700 })
  onTestFinished(() => fetch.close())
  return { fetch, allowHttp: true }
}
const nobody: ValidatePorts['owner'] = async () => 'nobody'
const look = (url: string, owner = nobody) => validateBase(url, { outbound: outbound(), owner })

/** What was asked of the bad EHRs while something was done. */
async function asked(work: () => Promise<unknown>): Promise<string[]> {
  const from = ehrs.asked.length
  await work()
  return ehrs.asked.slice(from)
}

describe('a FHIR base URL that works', () => {
  test('passes every check, with the software named', async () => {
    const found = await look(ehrs.url('good'))
    expect(found).toMatchObject({
      url: ehrs.url('good'),
      notes: [],
      software: { name: 'Sandbox EHR', version: '1.0' },
      vendor: 'oracle_health',
    })
    expect(found.problem).toBeUndefined()
    expect(found.passed).toEqual(['address', 'reachable', 'fhir', 'appointments', 'smart', 'sign_in', 'keys'])
  })

  test('is taken with what people copy along: white space, a slash, the name of a document, a query', async () => {
    for (const more of ['/', '/metadata', '/metadata?_format=json', '/.well-known/smart-configuration', '  '])
      expect((await look(`  ${ehrs.url('good')}${more}`)).url).toBe(ehrs.url('good'))
  })

  test('is told with what will not work with it', async () => {
    expect(await look(ehrs.url('noSmartConfiguration'))).toMatchObject({
      notes: [{ code: 'smart_only_capability' }],
    })
    expect((await look(ehrs.url('noAuthMethods'))).problem).toBeUndefined()
  })
})

describe('a FHIR base URL that does not', () => {
  test.each<[BadEhr, UrlProblem]>([
    ['html', 'url_html'],
    ['redirecting', 'url_redirect'],
    ['huge', 'url_too_large'],
    ['slow', 'url_slow'],
    ['broken', 'url_server_error'],
    ['selfSigned', 'url_certificate'],
    ['nobody', 'url_no_connection'],
    ['dstu2', 'url_other_version'],
    ['stu3', 'url_other_version'],
    ['noPkce', 'smart_no_pkce'],
    ['plainPkce', 'smart_no_pkce'],
    ['noTokenEndpoint', 'smart_unreadable'],
    ['noSignIn', 'smart_missing'],
    ['noKeys', 'smart_keys'],
    ['noAppointmentSearch', 'appointment_missing'],
  ])('%s is refused as %s', async (which, code) => {
    const found = await look(ehrs.url(which))
    expect(found.problem?.code).toBe(code)
    expect(found.smart).toBeUndefined()
  })

  test('names the version that it speaks', async () => {
    expect((await look(ehrs.url('dstu2'))).problem?.shown).toBe('DSTU2 (1.0.2)')
    expect((await look(ehrs.url('stu3'))).problem?.shown).toBe('STU3 (3.0.1)')
  })

  test('a redirect is not followed', async () => {
    const paths = await asked(() => look(ehrs.url('redirecting')))
    expect(paths).toHaveLength(1)
    expect(paths[0]).toMatch(/^\/redirecting\/.*\/metadata$/)
  })

  test.each(['wrongSuffix', 'noSuffix', 'tooDeep'] as const)(
    '%s: the right address on the same host is found by asking it',
    async (which) => {
      const found = await look(ehrs.url(which))
      expect(found).toMatchObject({ problem: { code: 'url_not_found' }, likelyUrl: ehrs.right(which) })
    },
  )

  test('no likely address is offered that does not answer, and few are asked', async () => {
    const paths = await asked(async () => {
      expect((await look(ehrs.url('noSuffix').replace('/off/', '/nowhere/'))).likelyUrl).toBeUndefined()
    })
    expect(paths.length).toBeLessThanOrEqual(5)
  })

  test('nothing is asked of an address that is somebody’s already', async () => {
    for (const [whose, code] of [
      ['this_tenant', 'url_duplicate'],
      ['other_tenant', 'url_of_other_organization'],
    ] as const) {
      const paths = await asked(async () => {
        expect((await look(ehrs.url('good'), async () => whose)).problem).toEqual({ code })
      })
      expect(paths).toEqual([])
    }
  })

  test('nothing is connected to on a private, reserved or metadata address', async () => {
    for (const url of [
      'https://10.0.0.7/r4',
      'https://169.254.169.254/latest',
      'https://168.63.129.16/r4',
      'https://[fd00:ec2::254]/r4',
      'https://0x7f.1/r4',
      'https://127.0.0.1:9443/r4',
    ])
      expect((await validateBase(url, { outbound: outbound(''), owner: nobody })).problem).toMatchObject({
        code: 'url_address',
      })
  })

  test('what the server names is guarded too: keys on a private address are not fetched', async () => {
    const { base } = await httpServer((request, response) => {
      response.setHeader('content-type', 'application/json')
      if (request.url?.endsWith('/metadata')) return void response.end(JSON.stringify(METADATA))
      const smart = {
        jwks_uri: 'https://10.0.0.7/jwk',
        authorization_endpoint: `${base}/a`,
        token_endpoint: `${base}/t`,
      }
      response.end(JSON.stringify({ ...smart, code_challenge_methods_supported: ['S256'] }))
    })
    expect((await look(`${base}/r4`)).problem).toEqual({ code: 'smart_keys', shown: 'https://10.0.0.7/jwk' })
  })

  test('the likely address stays on the host that was typed', async () => {
    const { base } = await httpServer((_, response) => void response.writeHead(404).end())
    const from = ehrs.asked.length
    const found = await look(`${base}/dstu2/0b8a0111-e8e6-4c26-a91c-5069cbc6b1ca`)
    expect(found).toMatchObject({ problem: { code: 'url_not_found', shown: '404' } })
    expect(ehrs.asked.length).toBe(from)
  })
})

const METADATA = {
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  rest: [
    {
      mode: 'server',
      resource: [{ type: 'Appointment', searchParam: [{ name: 'location' }, { name: 'date' }] }],
    },
  ],
}

import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ehr } from '../../../src/core/ehr/ehr.ts'
import { useFetch } from '../../../src/core/http/cross-fetch.ts'
import { developmentFetch, startOddServer } from './ehr.fixture.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const CANARY = 'García Núñez, +1 816 555 0101'
const open: { close(): Promise<void> }[] = []
beforeAll(() => useFetch(developmentFetch()))
afterEach(async () => {
  for (const server of open.splice(0)) await server.close()
})
afterAll(() => useFetch(undefined))

type Said = { status?: number; body: unknown; headers?: Record<string, string> }

/** An EHR that answers every request in this way. */
async function odd(say: (url: URL, base: string) => Said) {
  let base = ''
  const server = await startOddServer((request, response) => {
    const { status = 200, body, headers } = say(new URL(request.url ?? '/', base), base)
    response.writeHead(status, { 'content-type': 'application/fhir+json', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  base = server.base
  open.push(server)
  const videoRule = { kind: 'virtual_meeting_room' } as const
  return { ...server, ehr: ehr({ fhirBaseUrl: base, accessToken: 'the-token', videoRule }, () => NOW) }
}
const bundle = (next?: string, entry: object[] = []) => ({
  resourceType: 'Bundle',
  entry,
  link: next === undefined ? [] : [{ relation: 'next', url: next }],
})
const search = (from: Awaited<ReturnType<typeof odd>>) =>
  from.ehr.appointmentsIn(['1'], NOW, new Date(NOW.getTime() + 86_400_000))

describe('a next link', () => {
  test('to another server is refused, and nothing is sent there', async () => {
    const foreign = await odd(() => ({ body: bundle() }))
    const leading = await odd(() => ({ body: bundle(`${foreign.base}/Appointment?page=2`) }))
    expect(await search(leading)).toMatchObject({ ok: false, failure: { code: 'ehr_foreign_link' } })
    expect(foreign.asked).toEqual([])
  })

  test.each([
    ['another tenant of the server', (base: string) => base.replace('/r4/clinic', '/r4/other/Appointment')],
    ['a neighbour whose name begins alike', (base: string) => `${base}-2/Appointment`],
    ['a way up', (base: string) => `${base}/../other/Appointment`],
    ['an encoded way up', (base: string) => `${base}/%2e%2e/other/Appointment`],
    ['another scheme', (base: string) => base.replace('http:', 'https:')],
    ['no server at all', () => 'file:///etc/passwd'],
    ['a password in the address', () => 'http://a:b@127.0.0.1:1/r4/clinic/Appointment'],
  ])('to %s is refused', async (_name, link) => {
    const leading = await odd((url, base) => ({
      body: url.search.includes('page') ? bundle() : bundle(link(base)),
    }))
    expect(await search(leading)).toMatchObject({ failure: { code: 'ehr_foreign_link' } })
    expect(leading.asked).toHaveLength(1)
  })

  test('that is relative is followed under the base', async () => {
    const paging = await odd((url) => ({
      body: url.search === '?page=2' ? bundle() : bundle('Appointment?page=2'),
    }))
    expect((await search(paging)).ok).toBe(true)
    expect(paging.asked.at(-1)).toBe('/r4/clinic/Appointment?page=2')
  })

  test('that leads back is no end of the day: the window is not taken for read', async () => {
    const looping = await odd((_url, base) => ({ body: bundle(`${base}/Appointment?page=2`) }))
    expect(await search(looping)).toMatchObject({ failure: { code: 'ehr_answer_invalid' } })
    expect(looping.asked).toHaveLength(2)
  })

  test('that never ends is left in time', async () => {
    let page = 0
    const endless = await odd((_url, base) => ({ body: bundle(`${base}/Appointment?page=${++page}`) }))
    expect(await search(endless)).toMatchObject({ failure: { code: 'ehr_answer_invalid' } })
    expect(endless.asked.length).toBeLessThanOrEqual(500)
  })
})

test.each([
  ['a page of HTML', '<html>Sign in</html>', 'text/html'],
  ['nothing', '', 'application/fhir+json'],
  ['JSON that is cut off', '{"resourceType": "Bund', 'application/fhir+json'],
  ['another resource', JSON.stringify({ resourceType: 'OperationOutcome' }), 'application/fhir+json'],
  ['a list', '[]', 'application/json'],
])('%s is no answer', async (_name, body, type) => {
  const server = await odd(() => ({ body, headers: { 'content-type': type } }))
  expect(await search(server)).toMatchObject({ failure: { code: 'ehr_answer_invalid' } })
  expect((await server.ehr.patient('1')).ok).toBe(false)
})

describe('a refusal', () => {
  test.each([
    [400, 'ehr_refused'],
    [401, 'ehr_token_expired'],
    [403, 'ehr_scope_missing'],
    [404, 'ehr_not_found'],
    [406, 'ehr_refused'],
    [410, 'ehr_not_found'],
    [429, 'ehr_throttled'],
    [500, 'ehr_unavailable'],
    [503, 'ehr_unavailable'],
  ])('of status %i is %s, and nothing that the EHR wrote goes on', async (status, code) => {
    const issue = [{ severity: 'error', code: 'invalid', diagnostics: CANARY }]
    const bodies = [
      { resourceType: 'OperationOutcome', issue },
      { error: CANARY, error_description: CANARY },
      CANARY,
    ]
    for (const body of bodies) {
      const server = await odd(() => ({ status, body, headers: { 'x-request-id': 'id' } }))
      for (const result of [await server.ehr.patient('12724101'), await search(server)]) {
        expect(result).toMatchObject({ ok: false, failure: { code } })
        const told = JSON.stringify(result)
        for (const secret of [CANARY, '816', '12724101', 'the-token', server.base])
          expect(told).not.toContain(secret)
      }
    }
  })

  test('names the request as the EHR’s support knows it, and nothing else of its headers', async () => {
    const id = '8f0c1f5e-7d44-4c57-9d52-0a1b2c3d4e5f'
    for (const [header, said] of [
      ['opc-request-id', `${id}/AB12`],
      ['x-request-id', id],
    ] as const) {
      const server = await odd(() => ({ status: 403, body: '', headers: { [header]: said } }))
      expect(await server.ehr.patient('1')).toMatchObject({
        failure: { detail: `status 403, request ${said}` },
      })
    }
    const odder = await odd(() => ({ status: 403, body: '', headers: { 'x-request-id': '+18165550101' } }))
    expect(await odder.ehr.patient('1')).toMatchObject({ failure: { detail: 'status 403' } })
  })

  test.each([
    ['30', 30],
    ['Tue, 04 Mar 2031 16:02:00 GMT', 120],
    ['86400', 3_600],
    ['0', undefined],
    ['soon', undefined],
  ])('with Retry-After %s says how long to wait: %s', async (header, seconds) => {
    const server = await odd(() => ({ status: 429, body: '', headers: { 'retry-after': header } }))
    const read = await server.ehr.patient('1')
    expect(read.ok ? read : read.failure.retryAfterSeconds).toBe(seconds)
  })
})

test('the token goes to the site’s own server, in the header alone', async () => {
  const server = await odd(() => ({ body: bundle() }))
  await search(server)
  expect(server.asked.join()).not.toContain('the-token')
})

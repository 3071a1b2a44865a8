import type { HttpResponseInit } from '@azure/functions'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { headersOf, invocation, type Registered, request, stubSettings } from './registered.ts'

const registered = vi.hoisted(() => new Map() as Registered)

vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: { http: (name: string, options: never) => registered.set(name, options) },
}))

const SECRET = 'Alba García Núñez, 816-555-0101'

let functions: {
  route: typeof import('../../../src/functions/route.ts').route
  readForm: typeof import('../../../src/functions/form.ts').readForm
  work: typeof import('../../../src/functions/work.ts').work
  patientFailure: typeof import('../../../src/functions/failure-response.ts').patientFailure
}

beforeAll(async () => {
  await stubSettings()
  const [{ route }, { readForm }, { work }, { patientFailure }] = await Promise.all([
    import('../../../src/functions/route.ts'),
    import('../../../src/functions/form.ts'),
    import('../../../src/functions/work.ts'),
    import('../../../src/functions/failure-response.ts'),
  ])
  functions = { route, readForm, work, patientFailure }
})

async function call(name: string, method = 'GET') {
  const { context, lines } = invocation(name)
  const answer = (await registered.get(name)?.handler(request(method, '/v/a-token'), context)) ?? {}
  return { answer: answer as HttpResponseInit, lines }
}

describe('a route whose handler throws', () => {
  test('answers with a page and a reference, and tells nothing of what was thrown', async () => {
    functions.route('thrower', 'GET', 'thrower', async () => {
      throw new TypeError(SECRET)
    })
    const { answer, lines } = await call('thrower')
    expect(answer.status).toBe(500)
    const html = String(answer.body)
    const reference = /reference <code>([0-9a-f]{10})/.exec(html)?.[1]
    expect(html).toContain('Something went wrong on our side')
    expect(headersOf(answer)['content-security-policy']).toContain("default-src 'none'")
    const [unexpected = '', asked = ''] = lines
    expect(JSON.parse(unexpected)).toMatchObject({
      event: 'unexpected',
      route: 'thrower',
      error: 'TypeError',
      reference,
    })
    expect(JSON.parse(asked)).toMatchObject({
      event: 'request',
      pattern: '/thrower',
      status: 500,
      code: 'unexpected',
    })
    for (const text of [html, ...lines]) {
      expect(text).not.toContain('Alba')
      expect(text).not.toMatch(/\/src\/|\/tests\//)
    }
  })

  test('says it to a patient in their words', async () => {
    const thrower = async () => {
      throw new Error(SECRET)
    }
    functions.route('patientThrower', 'READ', 'patient-thrower', thrower, functions.patientFailure)
    const { answer } = await call('patientThrower')
    expect(answer.status).toBe(500)
    expect(String(answer.body)).toContain('We cannot check your visit right now')
  })
})

describe('a route', () => {
  test('logs its pattern, never the path, and sends the headers of every answer', async () => {
    functions.route('plain', 'READ', 'v/{token}', async () => ({ jsonBody: {}, code: 'a_code' }))
    const { answer, lines } = await call('plain', 'HEAD')
    expect(registered.get('plain')?.methods).toEqual(['GET', 'HEAD'])
    expect(answer).not.toHaveProperty('code')
    expect(headersOf(answer)).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(lines).toHaveLength(1)
    const logged = JSON.parse(lines[0] ?? '') as Record<string, unknown>
    expect(logged).toMatchObject({ method: 'HEAD', pattern: '/v/{token}', code: 'a_code' })
    expect(lines[0]).not.toContain('a-token')
  })

  test("keeps a header of its own over everybody's", async () => {
    const headers = { 'cache-control': 'public, max-age=3600' }
    functions.route('kept', 'GET', 'kept', async () => ({ headers }))
    expect(headersOf((await call('kept')).answer)).toMatchObject(headers)
  })
})

describe('work in the background', () => {
  test('that throws is told by its kind and place, and thrown on without its message', async () => {
    const { context, lines } = invocation('sweep')
    const error = Object.assign(new Error(SECRET), { name: 'RestError', statusCode: 503 })
    const failed = functions.work(context, () => Promise.reject(error))
    await expect(failed).rejects.toThrow('sweep failed: RestError 503')
    await expect(failed).rejects.not.toThrow('Alba')
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      event: 'unexpected',
      function: 'sweep',
      error: 'RestError 503',
    })
    expect(lines.join()).not.toContain('Alba')
  })
})

describe('a form', () => {
  test('is read up to 16 KiB, by what was announced and by what came', async () => {
    const small = await functions.readForm(request('POST', '/', 'a=1&b=%20x'))
    expect(small.ok && small.value.get('b')).toBe(' x')
    const large = await functions.readForm(request('POST', '/', 'x'.repeat(16_385)))
    expect(large.ok || large.failure.code).toBe('form_too_large')
    const announced = request('POST', '/', 'a=1')
    announced.headers.set('content-length', '99999999')
    expect((await functions.readForm(announced)).ok).toBe(false)
  })
})

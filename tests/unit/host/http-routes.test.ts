import { expect, test } from 'vitest'
import { createRoutes } from '../../../sandbox/host/http-routes.ts'
import type { HttpTrigger, TriggeredFunction } from '../../../sandbox/host/triggers.ts'

function table(
  routes: readonly [name: string, route: string | undefined, ...methods: string[]][],
  prefix = '',
) {
  const lines: string[] = []
  const functions = routes.map(
    ([name, route, ...methods]): TriggeredFunction<HttpTrigger> => ({
      name,
      fn: { metadata: { name, bindings: {} }, handler: () => undefined },
      trigger: { type: 'httpTrigger', methods: methods.length > 0 ? methods : ['GET'], route },
    }),
  )
  const find = createRoutes(functions, prefix, (level, _category, message) =>
    lines.push(`${level} ${message}`),
  )
  return { lines, at: (method: string, path: string) => find(method, path)?.fn.name }
}

test('the method chooses among functions of one route', () => {
  const { at } = table([
    ['read', 'a/{id}', 'GET'],
    ['write', 'a/{id}', 'POST', 'PUT'],
  ])
  expect([at('GET', '/a/1'), at('PUT', '/a/1'), at('DELETE', '/a/1')]).toEqual(['read', 'write', undefined])
})

test('the route "/" is the root, and no route is the function’s name', () => {
  const { at } = table([
    ['home', '/'],
    ['health', undefined],
  ])
  expect([at('GET', '/'), at('GET', '/health')]).toEqual(['home', 'health'])
})

test('where two functions match, the first registered answers and the overlap is said', () => {
  const { at, lines } = table([
    ['any', 'items/{id}'],
    ['special', 'items/special'],
  ])
  expect(at('GET', '/items/special')).toBe('any')
  expect(lines).toEqual(["Warning The routes of 'special' and 'any' overlap: in Azure either may answer"])
})

test('no overlap is said where the methods differ', () => {
  const { lines } = table([
    ['any', 'items/{id}', 'GET'],
    ['special', 'items/special', 'POST'],
  ])
  expect(lines).toEqual([])
})

test('a second function of the same route and method is in error and left out', () => {
  const { at, lines } = table([
    ['first', 'same', 'GET'],
    ['second', 'SAME', 'GET'],
  ])
  expect(at('GET', '/same')).toBe('first')
  expect(lines[0]).toMatch(/'second' function is in error: .* function 'first'/)
})

test.each(['admin', 'admin/x', 'administrators', 'runtime/webhooks'])(
  'the route "%s" is reserved',
  (route) => {
    const { at, lines } = table([['mine', route]], 'api')
    expect(at('GET', `/api/${route}`)).toBeUndefined()
    expect(lines[0]).toMatch(/built in routes/)
  },
)

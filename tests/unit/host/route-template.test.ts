import { describe, expect, test } from 'vitest'
import { compileRoute } from '../../../sandbox/host/route-template.ts'

const match = (template: string, path: string) => compileRoute(template).match(path)

describe('a route template', () => {
  test.each([
    ['a literal', 'a/b', '/a/b', {}],
    ['any case', 'Launch/Provider', '/lAUNCH/pROVIDER', {}],
    ['a trailing slash', 'a', '/a/', {}],
    ['the root', '', '/', {}],
    ['a parameter', 'v/{token}', '/v/AbC-1_2', { token: 'AbC-1_2' }],
    ['two parameters', 'a/{x}/b/{y}', '/a/1/b/2', { x: '1', y: '2' }],
    ['decoded parameters', 'a/{x}', '/a/%C3%A9%20%25', { x: 'é %' }],
    ['an encoded slash, kept', 'a/{x}', '/a/1%2F2', { x: '1%2F2' }],
    ['broken encoding, kept', 'a/{x}', '/a/%E0%A4', { x: '%E0%A4' }],
    ['an int', 'a/{n:int}', '/a/12', { n: '12' }],
    [
      'a guid',
      'a/{g:guid}',
      '/a/9b2d1b1c-6c3a-4f0a-9d53-0f7d1a2b3c4d',
      { g: '9b2d1b1c-6c3a-4f0a-9d53-0f7d1a2b3c4d' },
    ],
    ['an optional parameter', 'a/{p?}', '/a/x', { p: 'x' }],
    ['its absence', 'a/{p?}', '/a', {}],
    ['an optional int', 'a/{n:int?}', '/a', {}],
    ['a catch-all', 'f/{*rest}', '/f/a/b%20c', { rest: 'a/b c' }],
    ['its emptiness', 'f/{*rest}', '/f', {}],
    ['a mixed segment', 'k/{id}.json', '/k/a.b.json', { id: 'a.b' }],
    ['a dot that is a dot', '.well-known/jwks', '/.well-known/jwks', {}],
  ])('takes %s', (_, template, path, expected) => {
    expect(match(template, path)).toEqual(expected)
  })

  test.each([
    ['another literal', 'a/b', '/a/c'],
    ['a longer path', 'a/{x}', '/a/1/2'],
    ['a shorter path', 'a/{x}', '/a'],
    ['an empty parameter', 'a/{x}/b', '/a//b'],
    ['letters for an int', 'a/{n:int}', '/a/x'],
    ['a dot as any character', 'a.b', '/axb'],
  ])('leaves %s', (_, template, path) => {
    expect(match(template, path)).toBeUndefined()
  })

  test.each(['a/{x:unknown}', 'a/{p?}/b', 'a/{x y}'])('refuses "%s"', (template) => {
    expect(() => compileRoute(template)).toThrow()
  })
})

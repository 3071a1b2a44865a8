import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { hits, root, textFiles } from './repository-files.ts'

const files = textFiles()
const code = files.filter(({ path }) =>
  /^(src|sandbox|simulator|scripts|bench|tests|infra|\.ci)\//.test(path),
)
// Written apart, so that this file is not among what it finds.
const later = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].map((word) => `\\b${word}\\b`).join('|'))
const left = new RegExp(`\\b(test|it|describe|suite|bench)(\\.\\w+)*\\.(on${'ly'}|sk${'ip'}|to${'do'})\\b`)

describe('the repository', () => {
  test('has been read', () => {
    expect(files.length).toBeGreaterThan(300)
  })

  test('leaves nothing for later', () => {
    expect(hits(code, later)).toEqual([])
  })

  test('runs every test', () => {
    expect(
      hits(
        code.filter(({ path }) => path.startsWith('tests/')),
        left,
      ),
    ).toEqual([])
  })

  test('has no file over 300 lines', () => {
    const long = code
      .filter(({ path }) => /^(src|sandbox|simulator|scripts|bench)\/.*\.(tsx?|m?js|css)$/.test(path))
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300)
    expect(long).toEqual([])
  })

  test('writes through the invocation’s log alone', () => {
    const source = code.filter(({ path }) => path.startsWith('src/') && /\.tsx?$/.test(path))
    expect(hits(source, /(?<![\w.])console\s*\.\s*\w+|process\.(stdout|stderr)\b/)).toEqual([])
  })

  test('names no machine, account or registry that it was written on', () => {
    const machine = new RegExp(
      `(^|[\\s'"\`(=:])(/wo${'rk'}/|/ro${'ot'}/|/home/\\w+/|/Users/\\w+/|[A-Z]:\\\\Users\\\\)`,
    )
    expect(hits(files, machine)).toEqual([])
    // Their public hosts, and the programs that stand in for them inside companies.
    const registry = new RegExp(
      ['registry[.]npm', 'pkgs[.]dev[.]azure', 'arti' + 'factory', 'jf' + 'rog', 'verda' + 'ccio'].join('|'),
      'i',
    )
    expect(hits(files, registry)).toEqual([])
    expect(hits(files, new RegExp(`^\\W*(co-auth${'ored'}-by|generated wi${'th'})\\b`, 'i'))).toEqual([])
  })
})

describe('npm scripts', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>
  }
  /** What a machine has or has not, and the script says so itself. */
  const ELSEWHERE = new Set(['func', 'npm'])

  test('all lead somewhere', () => {
    const lost: string[] = []
    for (const [name, command] of Object.entries(scripts))
      for (const part of command.split('&&').map((one) => one.trim().split(/\s+/))) {
        const [program = '', first = '', second = ''] = part
        if (program === 'npm' && first === 'run' && scripts[second] === undefined)
          lost.push(`${name}: npm run ${second}`)
        if (program === 'tsx' && !existsSync(join(root, first))) lost.push(`${name}: ${first}`)
        if (!ELSEWHERE.has(program) && !existsSync(join(root, 'node_modules/.bin', program)))
          lost.push(`${name}: ${program}`)
      }
    expect(lost).toEqual([])
  })

  test('that anything in the repository mentions exist', () => {
    const mentioned = files
      .filter(({ path }) => path !== 'package.json' && path !== 'tests/guards/repository.test.ts')
      .flatMap(({ path, text }) =>
        [...text.matchAll(/\bnpm run (?:--silent |-s )?([a-z][\w:-]*)/g)].map(([, name = '']) => ({
          path,
          name,
        })),
      )
    expect(mentioned.filter(({ name }) => scripts[name] === undefined)).toEqual([])
  })
})

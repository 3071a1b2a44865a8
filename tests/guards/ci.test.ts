import { execFile } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const script = fileURLToPath(new URL('../../.ci/run', import.meta.url))
let tools: string

// Stands for npm: each command answers with the exit code, and the tests with the lines, that the case asks for.
const NPM = `#!/bin/sh
case "$*" in
  ci*) exit "\${CODE_CI:-0}" ;;
  *typecheck*) exit "\${CODE_TYPES:-0}" ;;
  *lint:infra*) exit "\${CODE_INFRA:-0}" ;;
  *lint*) exit "\${CODE_LINT:-0}" ;;
  test*) printf '%s\\n' "\${SAID-7 passed, 0 failed}"; exit "\${CODE_TESTS:-0}" ;;
esac
exit 99
`

beforeAll(() => {
  tools = mkdtempSync(join(tmpdir(), 'ci-tools-'))
  for (const [name, text] of [
    ['npm', NPM],
    ['node', '#!/bin/sh\nexit 0\n'],
  ] as const) {
    writeFileSync(join(tools, name), text)
    chmodSync(join(tools, name), 0o755)
  }
})
afterAll(() => rmSync(tools, { recursive: true, force: true }))

function run(
  env: Record<string, string>,
  path = `${tools}:/usr/bin:/bin`,
): Promise<{ code: number; last: string }> {
  return new Promise((resolve) => {
    execFile('/bin/bash', [script], { env: { PATH: path, ...env } }, (error, stdout) => {
      resolve({ code: Number(error?.code ?? 0), last: stdout.trimEnd().split('\n').at(-1) ?? '' })
    })
  })
}

const cases: [string, Record<string, string>, { code: number; last: string }][] = [
  ['passes the counts of the tests on', {}, { code: 0, last: '7 passed, 0 failed' }],
  [
    'counts failed tests once',
    { SAID: '5 passed, 2 failed', CODE_TESTS: '1' },
    { code: 1, last: '5 passed, 2 failed' },
  ],
  ['stops where npm ci fails', { CODE_CI: '1' }, { code: 1, last: '0 passed, 1 failed' }],
  ['counts failing types', { CODE_TYPES: '2' }, { code: 1, last: '7 passed, 1 failed' }],
  [
    'counts failing lint besides failed tests',
    { CODE_LINT: '1', SAID: '5 passed, 2 failed', CODE_TESTS: '1' },
    { code: 1, last: '5 passed, 3 failed' },
  ],
  ['counts failing infrastructure', { CODE_INFRA: '1' }, { code: 1, last: '7 passed, 1 failed' }],
  [
    'skips infrastructure without the Bicep CLI',
    { CODE_INFRA: '3' },
    { code: 0, last: '7 passed, 0 failed' },
  ],
  [
    'counts tests that end without counts',
    { SAID: 'killed', CODE_TESTS: '137' },
    { code: 1, last: '0 passed, 1 failed' },
  ],
  [
    'does not believe counts without a failure of a runner that failed',
    { CODE_TESTS: '1' },
    { code: 1, last: '7 passed, 1 failed' },
  ],
]

test.each(cases)('.ci/run %s', async (_name, env, expected) => {
  expect(await run(env)).toEqual(expected)
})

test('.ci/run says which tool is missing, and fails', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'ci-nothing-'))
  try {
    // bash itself and what the script needs besides node and npm.
    for (const name of ['dirname', 'mktemp', 'rm', 'mkdir'])
      writeFileSync(join(empty, name), `#!/bin/sh\nPATH=/usr/bin:/bin exec ${name} "$@"\n`, { mode: 0o755 })
    expect(await run({}, empty)).toEqual({ code: 1, last: '0 passed, 1 failed' })
  } finally {
    rmSync(empty, { recursive: true, force: true })
  }
})

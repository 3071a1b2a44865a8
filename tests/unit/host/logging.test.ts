import { expect, test } from 'vitest'
import { createLog } from '../../../sandbox/host/logging.ts'

function lines(
  logLevel: Record<string, string>,
  ...entries: Parameters<ReturnType<typeof createLog>>[]
): string[] {
  const written: string[] = []
  const log = createLog(logLevel, (line) => written.push(line.replace(/^\[\S+\] /, '')))
  for (const entry of entries) log(...entry)
  return written
}

test('the longest matching prefix of a category decides, else the default', () => {
  const rules = {
    default: 'Warning',
    Function: 'Information',
    'Function.loud': 'Trace',
    'Host.Results': 'None',
  }
  expect(
    lines(
      rules,
      ['Information', 'Function.a.User', '1'],
      ['Debug', 'Function.a.User', '2'],
      ['Debug', 'Function.loud.User', '3'],
      ['Information', 'Host.Startup', '4'],
      ['Error', 'Host.Startup', '5'],
      ['Critical', 'Host.Results', '6'],
    ),
  ).toEqual(['Information Function.a.User 1', 'Debug Function.loud.User 3', 'Error Host.Startup 5'])
})

test('without rules, Information and above is written', () => {
  expect(lines({}, ['Debug', 'a', '1'], ['Information', 'a', '2'])).toEqual(['Information a 2'])
})

test('a level that does not exist is refused', () => {
  expect(() => createLog({ default: 'Loud' }, () => {})).toThrow(/"Loud" is not a log level/)
})

/** A row of docs/smart-conformance.md and the tests that it names; `%s` (`%j`, `%i` …) in a name stands for the cases of one test. */
export type Requirement = {
  readonly id: string
  readonly tests: readonly { readonly file: string; readonly name: string }[]
}

/** What the test runner fills in for each case. */
const PLACEHOLDER = /%[sdifjoO#$]/
const ROW = /^\|\s*(\d+\.\d+)\s*\|([^|]+)\|(.+)\|\s*$/

/** Reads the table. A row without a test is one too: whoever checks it must see that. */
export function readConformance(markdown: string): Requirement[] {
  return markdown.split('\n').flatMap((line) => {
    const [, id, , cell] = ROW.exec(line) ?? []
    if (id === undefined || cell === undefined) return []
    const tests = cell.split('<br>').flatMap((part) => {
      const [, file, name] = /`([^`]+)`:\s*(.+)$/.exec(part.trim()) ?? []
      return file === undefined || name === undefined ? [] : [{ file, name: name.trim() }]
    })
    return [{ id, tests }]
  })
}

/**
 * What the table names and these tests do not hold.
 * @param tests names of tests by file, as `describe > test`, cases spelled out or with their placeholders.
 */
export function unshown(
  requirements: readonly Requirement[],
  tests: ReadonlyMap<string, readonly string[]>,
): string[] {
  return requirements.flatMap(({ id, tests: named }) => {
    if (named.length === 0) return [`${id} names no test`]
    return named.flatMap(({ file, name }) => {
      const pattern = new RegExp(`^${name.split(PLACEHOLDER).map(escaped).join('.*')}$`, 's')
      const found = tests.get(file)?.some((one) => one === name || pattern.test(one))
      return found ? [] : [`${id} is shown by nothing: ${file} has no "${name}" that runs`]
    })
  })
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

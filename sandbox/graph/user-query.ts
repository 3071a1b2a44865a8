import type { EntraUser } from '../contracts.ts'
import { type Answer, refuse } from './answers.ts'
import { properties } from './user.ts'

type Test = (user: EntraUser) => boolean

const SEARCHABLE = new Set(['displayname', 'mail', 'userprincipalname', 'givenname', 'surname'])

/**
 * `$filter` of the users list, as far as it is needed: `startsWith(property,'x')`, `property eq 'x'`, `accountEnabled eq
 * true`, joined by `and`, with `or` inside parentheses or alone (Use the $filter query parameter).
 */
export function filterOf(text: string | null): Test | Answer {
  if (text === null) return () => true
  const groups = text.split(/\s+and\s+/i).map((group) => {
    const terms = group.replace(/^\s*\((.*or.*)\)\s*$/i, '$1').split(/\s+or\s+/i)
    return terms.map(termOf)
  })
  if (groups.some((terms) => terms.includes(undefined))) {
    return refuse(400, 'Request_UnsupportedQuery', 'Unsupported or invalid query filter clause specified.')
  }
  return (user) => groups.every((terms) => terms.some((term) => term?.(user)))
}

function termOf(text: string): Test | undefined {
  const starts = /^\s*startswith\(\s*(\w+)\s*,\s*'(.*)'\s*\)\s*$/i.exec(text)
  if (starts) return compare(starts[1], starts[2], (value, wanted) => value.startsWith(wanted))
  const equal = /^\s*(\w+)\s+eq\s+'(.*)'\s*$/i.exec(text)
  if (equal) return compare(equal[1], equal[2], (value, wanted) => value === wanted)
  const enabled = /^\s*accountEnabled\s+eq\s+(true|false)\s*$/i.exec(text)
  if (enabled) return (user) => user.enabled === (enabled[1]?.toLowerCase() === 'true')
  return undefined
}

function compare(
  name = '',
  quoted = '',
  matches: (value: string, wanted: string) => boolean,
): Test | undefined {
  const key = name.toLowerCase()
  if (!SEARCHABLE.has(key) && key !== 'id') return undefined
  const wanted = quoted.replaceAll("''", "'").toLowerCase()
  return (user) => matches(propertyOf(user, key), wanted)
}

/**
 * `$search="displayName:ana" OR "mail:ana"` (Use the $search query parameter on directory object collections): every
 * token must begin a word of the value. Without `ConsistencyLevel: eventual` it is refused.
 */
export function searchOf(text: string | null, consistencyLevel: string | undefined): Test | Answer {
  if (text === null) return () => true
  if (consistencyLevel?.toLowerCase() !== 'eventual') {
    return refuse(
      400,
      'Request_UnsupportedQuery',
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    )
  }
  const terms = text.split(/(?<=")\s+OR\s+(?=")/).map((part) => /^\s*"(\w+):(.*)"\s*$/.exec(part))
  if (terms.some((term) => !term || !SEARCHABLE.has((term[1] ?? '').toLowerCase()))) {
    return refuse(400, 'BadRequest', 'Syntax error: expected $search="property:value".')
  }
  return (user) =>
    terms.some((term) => {
      const words = propertyOf(user, (term?.[1] ?? '').toLowerCase()).split(/[\s@.]+/)
      const tokens = (term?.[2] ?? '').toLowerCase().split(/\s+/).filter(Boolean)
      return tokens.length > 0 && tokens.every((token) => words.some((word) => word.startsWith(token)))
    })
}

function propertyOf(user: EntraUser, key: string): string {
  const entry = Object.entries(properties(user)).find(([name]) => name.toLowerCase() === key)
  return String(entry?.[1] ?? '').toLowerCase()
}

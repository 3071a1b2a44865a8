/**
 * Route templates of HTTP triggers ("Azure Functions HTTP trigger: customize the HTTP endpoint", ASP.NET Core route
 * templates): literals, `{id}`, `{n:int}`, `{p?}`, `{*p}` and mixed segments such as `{id}.json`. Paths are compared
 * without regard to case; a trailing slash makes no difference.
 */
export type Route = {
  readonly template: string
  /** No parameters: such a path may also match another function's template. */
  readonly literal: boolean
  /** The parameters by name, absent optional ones left out; undefined where the path does not match. */
  match(path: string): Record<string, string> | undefined
}

const CONSTRAINTS: Readonly<Record<string, RegExp>> = {
  int: /^[+-]?\d{1,10}$/,
  long: /^[+-]?\d{1,19}$/,
  guid: /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i,
  alpha: /^[a-z]*$/i,
  bool: /^(true|false)$/i,
}

type Parameter = { readonly name: string; readonly constraint: RegExp | undefined }
type Segment = {
  readonly pattern: RegExp
  readonly parameters: readonly Parameter[]
  readonly optional: boolean
}

/** Compiles a template; an unknown constraint or a misplaced optional parameter is an error. */
export function compileRoute(template: string): Route {
  const parts = split(template)
  const last = parts.at(-1)
  const catchAll = last?.match(/^\{\*{1,2}(\w+)\}$/)?.[1]
  const segments = (catchAll ? parts.slice(0, -1) : parts).map(compileSegment)
  const misplaced = segments.some(
    (segment, index) => segment.optional && !segments.slice(index).every((s) => s.optional),
  )
  if (misplaced) throw new Error(`Route "${template}": only the last segments can be optional`)
  return {
    template,
    literal: !catchAll && segments.every((segment) => segment.parameters.length === 0),
    match: (path) => match(segments, catchAll, split(path)),
  }
}

function match(
  segments: readonly Segment[],
  catchAll: string | undefined,
  path: readonly string[],
): Record<string, string> | undefined {
  if (path.length > segments.length && !catchAll) return undefined
  const found: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const text = path[index]
    if (text === undefined) {
      if (segment.optional) continue
      return undefined
    }
    const groups = segment.pattern.exec(decodeSegment(text))
    if (!groups) return undefined
    for (const [position, { name, constraint }] of segment.parameters.entries()) {
      const value = groups[position + 1] ?? ''
      if (constraint && !constraint.test(value)) return undefined
      found[name] = value
    }
  }
  const rest = path.slice(segments.length).map(decodeSegment).join('/')
  if (catchAll && rest !== '') found[catchAll] = rest
  return found
}

function compileSegment(text: string): Segment {
  const parameters: Parameter[] = []
  let optional = false
  const source = text.replace(/\{([^{}]+)\}|[^{}]+|[{}]/g, (piece, inner: string | undefined) => {
    if (inner === undefined) return escapeLiteral(piece)
    const parsed = /^(\w+)(?::(\w+))?(\?)?$/.exec(inner)
    const constraint = parsed?.[2] === undefined ? undefined : CONSTRAINTS[parsed[2].toLowerCase()]
    if (!parsed?.[1] || (parsed[2] && !constraint)) {
      throw new Error(`Route segment "${text}": the local host does not know "{${inner}}"`)
    }
    parameters.push({ name: parsed[1], constraint })
    optional ||= parsed[3] === '?'
    return '(.+?)'
  })
  return { pattern: new RegExp(`^${source}$`, 'is'), parameters, optional }
}

function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function split(path: string): string[] {
  const trimmed = path.replace(/^~?\//, '').replace(/\/$/, '')
  return trimmed === '' ? [] : trimmed.split('/')
}

/** Kestrel decodes a path except for `%2F`, so that an encoded slash in a parameter arrives encoded. */
function decodeSegment(text: string): string {
  return text
    .split(/(%2f)/i)
    .map((piece) => (/^%2f$/i.test(piece) ? piece : decodeOrKeep(piece)))
    .join('')
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

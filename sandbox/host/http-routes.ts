import type { Log } from './logging.ts'
import { compileRoute, type Route } from './route-template.ts'
import type { HttpTrigger, TriggeredFunction } from './triggers.ts'

export type RouteMatch = {
  readonly fn: TriggeredFunction<HttpTrigger>
  readonly params: Readonly<Record<string, string>>
}
export type FindRoute = (method: string, path: string) => RouteMatch | undefined

type Entry = { readonly fn: TriggeredFunction<HttpTrigger>; readonly route: Route }

/**
 * The route table. Where several functions match, the one registered first answers; the real host promises no order
 * (`items/{id}` may win over `items/special`), so an overlap is logged as a warning. A function whose route is reserved
 * or taken is in error and left out, as in the real host.
 */
export function createRoutes(
  functions: readonly TriggeredFunction<HttpTrigger>[],
  routePrefix: string,
  log: Log,
): FindRoute {
  const entries: Entry[] = []
  for (const fn of functions) {
    const own = (fn.trigger.route || fn.name).replace(/^\/|\/$/g, '')
    // An empty route means the function's name; "/" means the root.
    const template = [routePrefix.replace(/^\/|\/$/g, ''), own].filter(Boolean).join('/')
    const route = compileRoute(template)
    const problem = isReserved(own) ? RESERVED : conflict(route, fn.trigger, entries)
    if (problem) {
      log('Error', 'Host.Startup', `The '${fn.name}' function is in error: ${problem}`)
      continue
    }
    warnOfOverlap({ fn, route }, entries, log)
    entries.push({ fn, route })
  }
  return (method, path) => {
    for (const { fn, route } of entries) {
      if (!fn.trigger.methods.includes(method)) continue
      const params = route.match(path)
      if (params) return { fn, params }
    }
    return undefined
  }
}

const RESERVED = 'The specified route conflicts with one or more built in routes.'

/** As in the real host whatever begins so, `administrators` too (azure-functions-host: ScriptHost.ValidateHttpFunction). */
function isReserved(route: string): boolean {
  return /^(admin|runtime)/i.test(route)
}

function conflict(route: Route, trigger: HttpTrigger, others: readonly Entry[]): string | undefined {
  const taken = others.find(
    (other) =>
      other.route.template.toLowerCase() === route.template.toLowerCase() &&
      shareMethod(other.fn.trigger, trigger),
  )
  return taken && `The route specified conflicts with the route defined by function '${taken.fn.name}'.`
}

function warnOfOverlap(entry: Entry, others: readonly Entry[], log: Log): void {
  for (const other of others) {
    const [literal, pattern] = entry.route.literal ? [entry, other] : [other, entry]
    if (!literal.route.literal || !shareMethod(literal.fn.trigger, pattern.fn.trigger)) continue
    if (!pattern.route.match(literal.route.template)) continue
    log(
      'Warning',
      'Host.Startup',
      `The routes of '${literal.fn.name}' and '${pattern.fn.name}' overlap: in Azure either may answer`,
    )
  }
}

function shareMethod(a: HttpTrigger, b: HttpTrigger): boolean {
  return a.methods.some((method) => b.methods.includes(method))
}

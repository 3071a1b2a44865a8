import type { EntraTenant } from '../contracts.ts'
import type { Answer } from './answers.ts'
import type { GraphState } from './state.ts'

/** One call that passed sign-in: what was asked, and by which application of which tenant. */
export type GraphCall = {
  readonly method: string
  readonly version: 'v1.0' | 'beta'
  /** The path's parameters, percent-decoded, in order. */
  readonly parameters: readonly string[]
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string>>
  readonly body: unknown
  readonly tenant: EntraTenant
  readonly appId: string | undefined
  readonly roles: ReadonlySet<string>
  readonly state: GraphState
}

export type Route = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path below the version; `{}` stands for one parameter. Matched without regard to case, as Graph does. */
  readonly path: string
  /** Application permissions of which one is enough. */
  readonly anyOf: readonly string[]
  handle(call: GraphCall): Answer | Promise<Answer>
}

/** The n-th path parameter; a route's pattern guarantees that it is there. */
export function parameter(call: GraphCall, index: number): string {
  const value = call.parameters[index]
  if (value === undefined) throw new Error(`The route has no parameter ${index}.`)
  return value
}

/** `@odata.context` of an answer. */
export function context(call: GraphCall, rest: string): string {
  return `${call.state.baseUrl}/${call.version}/$metadata#${rest}`
}

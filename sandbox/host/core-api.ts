import Module from 'node:module'

/**
 * The seam between the `@azure/functions` library and whatever runs it: the module `@azure/functions-core`, which
 * Microsoft's Node worker also provides by patching `require`. Shapes as the library's src/InvocationModel.ts uses them.
 */

/** A typed value on its way to a function; one member is set. */
export type RpcData = {
  readonly string?: string
  readonly json?: string
  readonly http?: RpcHttpRequest
}

export type RpcHttpRequest = {
  readonly url: string
  readonly method: string
  readonly nullableHeaders: Record<string, { value: string }>
  readonly nullableQuery: Record<string, { value: string }>
  readonly nullableParams: Record<string, { value: string }>
  readonly body?: { readonly bytes: Uint8Array }
}

export type RpcCookie = {
  readonly name: string
  readonly value: string
  readonly domain?: { readonly value: string }
  readonly path?: { readonly value: string }
  readonly expires?: { readonly value: unknown }
  readonly secure?: { readonly value: boolean }
  readonly httpOnly?: { readonly value: boolean }
  readonly sameSite?: 'none' | 'lax' | 'strict' | 'explicitNone'
  readonly maxAge?: { readonly value: number }
}

export type RpcHttpResponse = {
  readonly statusCode: string
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly RpcCookie[]
  readonly body?: { readonly bytes?: Uint8Array; readonly string?: string } | null
}

export type InvocationResponse = { readonly returnValue?: { readonly http?: RpcHttpResponse } | null }

export type InvocationModel = {
  getArguments(): Promise<{ context: object; inputs: unknown[] }>
  invokeFunction(context: object, inputs: unknown[], handler: Handler): Promise<unknown>
  getResponse(context: object, result: unknown): Promise<InvocationResponse>
}

export type ProgrammingModel = {
  readonly name: string
  readonly version: string
  getInvocationModel(coreContext: unknown): InvocationModel
  getCapabilities(offered: Record<string, string>): Promise<Record<string, string>>
}

export type Handler = (...args: unknown[]) => unknown
export type Binding = Readonly<Record<string, unknown>> & {
  readonly type: string
  readonly direction: 'in' | 'out'
}
export type FunctionMetadata = {
  readonly name: string
  readonly bindings: Readonly<Record<string, Binding>>
  readonly retryOptions?: unknown
}
export type RegisteredFunction = { readonly metadata: FunctionMetadata; readonly handler: Handler }

type HookCallback = (context: object) => unknown
const HOOKS = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const
export type HookName = (typeof HOOKS)[number]

/** What an app has told the library so far. */
export type AppRegistry = {
  model: ProgrammingModel | undefined
  readonly functions: Map<string, RegisteredFunction>
  readonly hooks: Readonly<Record<HookName, HookCallback[]>>
}

/** Runs the callbacks of a hook one after the other, in the order of registration. */
export async function runHooks(registry: AppRegistry, name: HookName, context: object): Promise<void> {
  for (const callback of registry.hooks[name]) await callback(context)
}

/** Provides `@azure/functions-core` to everything this process loads from now on. */
export function provideCoreApi(systemLog: (level: string, message: string) => void): AppRegistry {
  const registry: AppRegistry = {
    model: undefined,
    functions: new Map(),
    hooks: { appStart: [], appTerminate: [], preInvocation: [], postInvocation: [], log: [] },
  }
  const api = {
    version: '1.0.0',
    setProgrammingModel: (model: ProgrammingModel) => {
      registry.model = model
    },
    registerFunction: (metadata: FunctionMetadata, handler: Handler) => {
      if (registry.functions.has(metadata.name)) {
        throw new Error(`Two functions are named "${metadata.name}": names are unique in an app`)
      }
      registry.functions.set(metadata.name, { metadata, handler })
      return { dispose: () => registry.functions.delete(metadata.name) }
    },
    registerHook: (name: string, callback: HookCallback) => {
      const known = HOOKS.find((hook) => hook === name)
      if (!known) throw new RangeError(`Unrecognized hook "${name}"`)
      registry.hooks[known].push(callback)
      return { dispose: () => registry.hooks[known].splice(registry.hooks[known].indexOf(callback), 1) }
    },
    log: (level: string, _category: string, message: string) => systemLog(level, message),
  }
  // createRequire's require, which esbuild's ESM output uses for external CommonJS modules, goes through here as well.
  const original = Module.prototype.require
  Module.prototype.require = function (this: Module, id: string) {
    return id === '@azure/functions-core' ? api : original.call(this, id)
  } as typeof original
  return registry
}

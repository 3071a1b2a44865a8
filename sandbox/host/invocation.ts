import { randomBytes, randomUUID } from 'node:crypto'
import {
  type AppRegistry,
  type InvocationResponse,
  type ProgrammingModel,
  type RegisteredFunction,
  type RpcData,
  runHooks,
} from './core-api.ts'
import { type Log, levelOf } from './logging.ts'

export type Call = {
  /** Why it runs, for the log; names no path, message or event. */
  readonly reason: string
  readonly data: RpcData
  readonly triggerMetadata?: Readonly<Record<string, RpcData>>
  /** W3C trace context of the caller; a fresh one where there is none. */
  readonly traceParent?: string | undefined
}

export type Outcome =
  | { readonly ok: true; readonly response: InvocationResponse }
  | { readonly ok: false; readonly error: unknown }

export type Invoker = {
  /** Runs a function once. Never rejects: a throwing handler is a failed outcome, already logged. */
  invoke(fn: RegisteredFunction, call: Call): Promise<Outcome>
  /** Resolves when nothing runs any more. */
  idle(): Promise<void>
}

export function createInvoker(registry: AppRegistry, model: ProgrammingModel, log: Log): Invoker {
  const running = new Set<Promise<Outcome>>()
  return {
    invoke(fn, call) {
      const outcome = runLogged(registry, model, log, fn, call)
      running.add(outcome)
      outcome.finally(() => running.delete(outcome))
      return outcome
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}

async function runLogged(
  registry: AppRegistry,
  model: ProgrammingModel,
  log: Log,
  fn: RegisteredFunction,
  call: Call,
): Promise<Outcome> {
  const { name } = fn.metadata
  const id = randomUUID()
  const category = `Function.${name}`
  const started = performance.now()
  const took = () => `${Math.round(performance.now() - started)}ms`
  log('Information', category, `Executing 'Functions.${name}' (Reason='${call.reason}', Id=${id})`)
  try {
    const response = await cycle(registry, model, log, fn, call, id)
    log('Information', category, `Executed 'Functions.${name}' (Succeeded, Id=${id}, Duration=${took()})`)
    return { ok: true, response }
  } catch (error) {
    // As the real host does, the exception that the app threw is logged with its message.
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    log('Error', category, `Executed 'Functions.${name}' (Failed, Id=${id}, Duration=${took()}) ${text}`)
    return { ok: false, error }
  }
}

/** The order of Microsoft's Node worker (src/eventHandlers/InvocationHandler.ts). */
async function cycle(
  registry: AppRegistry,
  model: ProgrammingModel,
  log: Log,
  fn: RegisteredFunction,
  call: Call,
  invocationId: string,
): Promise<InvocationResponse> {
  const { metadata } = fn
  const userCategory = `Function.${metadata.name}.User`
  let invocationContext: object | undefined
  const coreContext = {
    invocationId,
    metadata,
    state: undefined as string | undefined,
    request: {
      inputData: [{ name: triggerName(fn), data: call.data }],
      triggerMetadata: call.triggerMetadata ?? {},
      traceContext: { traceParent: call.traceParent ?? newTraceParent() },
    },
    log(level: string, category: string, message: string) {
      const entry = { hookData: {}, level, message, category, invocationContext }
      for (const callback of registry.hooks.log) callback(entry)
      log(
        levelOf(entry.level),
        category === 'user' ? userCategory : `Function.${metadata.name}`,
        entry.message,
      )
    },
  }
  const invocation = model.getInvocationModel(coreContext)
  const { context, inputs } = await invocation.getArguments()
  invocationContext = context

  const hookData = {}
  coreContext.state = 'preInvocationHooks'
  const before = { hookData, invocationContext: context, inputs, functionCallback: fn.handler }
  await runHooks(registry, 'preInvocation', before)

  coreContext.state = 'invocation'
  const after = {
    hookData,
    invocationContext: context,
    inputs: before.inputs,
    result: null as unknown,
    error: null as unknown,
  }
  try {
    after.result = await invocation.invokeFunction(context, before.inputs, before.functionCallback)
  } catch (error) {
    after.error = error ?? new Error('The handler threw nothing')
  }
  coreContext.state = 'postInvocationHooks'
  await runHooks(registry, 'postInvocation', after)
  if (after.error !== null && after.error !== undefined) throw after.error
  return await invocation.getResponse(context, after.result)
}

function triggerName(fn: RegisteredFunction): string {
  const found = Object.entries(fn.metadata.bindings).find(([, binding]) => /trigger$/i.test(binding.type))
  if (!found) throw new Error(`Function "${fn.metadata.name}" has no trigger`)
  return found[0]
}

function newTraceParent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-00`
}

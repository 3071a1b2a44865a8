import { z } from 'zod'
import type { RegisteredFunction } from './core-api.ts'

const METHODS = ['GET', 'POST']

const Trigger = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('httpTrigger'),
    route: z.string().optional(),
    methods: z.array(z.string().transform((method) => method.toUpperCase())).default(METHODS),
  }),
  z.object({
    type: z.literal('timerTrigger'),
    schedule: z.string(),
    runOnStartup: z.boolean().default(false),
    useMonitor: z.boolean().default(true),
  }),
  z.object({ type: z.literal('queueTrigger'), queueName: z.string(), connection: z.string() }),
  z.object({ type: z.literal('eventGridTrigger') }),
])

export type Trigger = z.infer<typeof Trigger>
export type HttpTrigger = Extract<Trigger, { type: 'httpTrigger' }>

/** A registered function with its one trigger, parsed. */
export type TriggeredFunction<T extends Trigger = Trigger> = {
  readonly name: string
  readonly fn: RegisteredFunction
  readonly trigger: T
}

/**
 * Parses a function's trigger. The local host runs HTTP, timer, Storage queue and Event Grid triggers, with no other
 * bindings than the HTTP answer and no retry policy; anything else is an error here rather than a silent difference
 * from Azure.
 */
export function readTrigger(fn: RegisteredFunction): TriggeredFunction {
  const { name, bindings, retryOptions } = fn.metadata
  const all = Object.entries(bindings)
  const found = all.find(([, binding]) => /trigger$/i.test(binding.type))
  const extra = all.find((entry) => entry !== found && !(entry[0] === '$return' && entry[1].type === 'http'))
  if (!found) throw new Error(`Function "${name}" has no trigger`)
  if (extra) throw new Error(`Function "${name}": the local host does not run the binding ${extra[1].type}`)
  if (retryOptions) throw new Error(`Function "${name}": the local host does not run retry policies`)
  const parsed = Trigger.safeParse(found[1])
  if (!parsed.success) {
    throw new Error(
      `Function "${name}": the local host does not run this ${found[1].type}: ${z.prettifyError(parsed.error)}`,
    )
  }
  return { name, fn, trigger: parsed.data }
}

/** The functions whose trigger is of the given kind. */
export function ofType<K extends Trigger['type']>(
  functions: readonly TriggeredFunction[],
  type: K,
): TriggeredFunction<Extract<Trigger, { type: K }>>[] {
  return functions.filter(
    (entry): entry is TriggeredFunction<Extract<Trigger, { type: K }>> => entry.trigger.type === type,
  )
}

import { join } from 'node:path'
import { z } from 'zod'
import { parseJson, readOptional } from './settings.ts'

/** `hh:mm:ss` or `d.hh:mm:ss`, as .NET writes a TimeSpan; parsed to milliseconds. */
const TimeSpan = z.string().transform((text, context) => {
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2}):(\d{1,2})(?:\.(\d{1,3})\d*)?$/.exec(text)
  if (!match) {
    context.addIssue({ code: 'custom', message: `"${text}" is not a time span like 00:00:30` })
    return z.NEVER
  }
  const [days, hours, minutes, seconds] = match.slice(1, 5).map((part) => Number(part ?? 0))
  const fraction = Number((match[5] ?? '').padEnd(3, '0'))
  return ((((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0)) * 1000 + fraction
})

/** "host.json reference": the queue settings with their documented defaults; durations in milliseconds. */
const Queues = z
  .object({
    batchSize: z.int().min(1).max(32).default(16),
    newBatchThreshold: z.int().min(0).optional(),
    maxPollingInterval: TimeSpan.default(60_000),
    visibilityTimeout: TimeSpan.default(0),
    maxDequeueCount: z.int().min(1).default(5),
    messageEncoding: z.enum(['base64', 'none']).default('base64'),
  })
  .transform((queues) => ({
    ...queues,
    newBatchThreshold: queues.newBatchThreshold ?? Math.floor(queues.batchSize / 2),
  }))

const HostJson = z.object({
  version: z.literal('2.0'),
  extensions: z
    .object({
      http: z.object({ routePrefix: z.string().default('api') }).prefault({}),
      queues: Queues.prefault({}),
    })
    .prefault({}),
  logging: z.object({ logLevel: z.record(z.string(), z.string()).default({}) }).prefault({}),
})

/** What the local host reads of host.json; everything else in the file is the real host's. */
export type HostJson = z.infer<typeof HostJson>
export type QueueOptions = HostJson['extensions']['queues']

/** Reads host.json of the app; a missing or wrong file is an error that names the field. */
export function readHostJson(appRoot: string): HostJson {
  const text = readOptional(join(appRoot, 'host.json'))
  if (text === undefined) throw new Error(`There is no host.json in ${appRoot}`)
  const parsed = HostJson.safeParse(parseJson(text, 'host.json'))
  if (parsed.success) return parsed.data
  throw new Error(`host.json: ${z.prettifyError(parsed.error)}`)
}

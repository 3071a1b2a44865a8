import { InvocationContext } from '@azure/functions'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { ok } from '../../../src/core/result.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { messageSchemas } from '../../../src/core/store/messages.ts'
import { site as siteOf } from '../sites/site.fixture.ts'

type Handler = (message: unknown, context: InvocationContext) => Promise<void>

const queues = vi.hoisted(() => new Map<string, Handler>())
const running = vi.hoisted(() => ({ app: undefined as unknown }))

vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: {
    http: () => {},
    timer: () => {},
    storageQueue: (name: string, { handler }: { handler: Handler }) => queues.set(name, handler),
  },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: false }))

const { tenantId, siteId } = siteOf()
const visitKey = 'AAAAAAAAAAAAAAAAAAAAAA'
const about = { schema: 1, tenantId, siteId, bay: '2031-03-04|one' }
const range = { kind: 'reminders', from: 'cardiology', to: 'oncology', at: '2031-03-04T08:00:00Z' }
const notices = [{ visitKey, version: 1, kind: 'booked', deadline: '2031-03-05T00:00:00Z' }]
const emails = [{ ...notices[0], kind: 'booked@email' }]

/** What goes out to patients, or reads and writes the EHR for them. */
const WORK = [
  ['confirmations', { ...about, notices }],
  ['confirmations', { ...about, notices: emails }],
  ['reminders', { ...about, notices }],
  ['ranges', { schema: 1, tenantId, siteId, ...range }],
  ['sweep', { schema: 1, tenantId, siteId, day: '2031-03-04', departmentId: 'one' }],
  ['writeback', { schema: 1, tenantId, siteId, visitKey, what: 'links' }],
] as const

class Reached extends Error {
  override readonly name = 'Reached'
}

/** An app that knows one site, and tells by an error that something was begun with it. */
function appOf(site: Site): unknown {
  const reached = () => {
    throw new Reached()
  }
  const queue = (name: keyof typeof messageSchemas) => ({
    read: (message: unknown) => ok(messageSchemas[name].parse(message)),
    send: reached,
  })
  return {
    settings: { ALLOWED_TENANTS: [tenantId] },
    store: {
      queues: {
        confirmations: queue('confirmations'),
        reminders: queue('reminders'),
        sweeps: queue('sweeps'),
        ranges: queue('ranges'),
        writeback: queue('writeback'),
      },
      tables: { sweeps: { get: reached }, senders: { get: reached } },
    },
    site: async () => site,
    visits: { find: reached },
    keys: {},
    now: () => new Date('2031-03-04T08:00:00Z'),
    sendText: reached,
    sendEmail: reached,
  }
}

async function deliver(queue: string, message: unknown): Promise<string[]> {
  const lines: string[] = []
  const logHandler = (_level: string, ...parts: unknown[]) => void lines.push(parts.join(' '))
  const context = new InvocationContext({ functionName: queue, logHandler })
  await queues.get(queue)?.(message, context)
  return lines
}

beforeAll(async () => {
  for (const file of ['notices', 'ranges', 'sweeps', 'write-back'])
    await import(`../../../src/functions/${file}.ts`)
})

const departments = [{ id: 'one', name: 'One', locationIds: ['l1'], on: true }]

describe.each(WORK)('a message of %s', (queue, message) => {
  test('for a site that is in setup again is dropped with its reason, before anything is read or sent', async () => {
    running.app = appOf(siteOf({ departments, setup: true }))
    const lines = await deliver(queue, message)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('"event":"message_dropped"')
    expect(lines[0]).toContain('site_in_setup')
  })

  test('for a site in use is worked off', async () => {
    running.app = appOf(siteOf({ departments }))
    await expect(deliver(queue, message)).rejects.toThrow('Reached')
  })
})

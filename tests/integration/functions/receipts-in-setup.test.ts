import { InvocationContext } from '@azure/functions'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { isOptedOut } from '../../../src/core/messaging/opt-outs.ts'
import { sealEvent } from '../../../src/core/messaging/receipts.ts'
import type { Site } from '../../../src/core/sites/site.ts'
import { siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { identity, noticeKeys } from '../messaging/clinic.fixture.ts'
import { type Storage, startStorage } from '../store/storage.fixture.ts'

type Handler = (message: unknown, context: InvocationContext) => Promise<void>

const queues = vi.hoisted(() => new Map<string, Handler>())
const running = vi.hoisted(() => ({ app: undefined as unknown }))
vi.mock('@azure/functions', async (original) => ({
  ...(await original<typeof import('@azure/functions')>()),
  app: {
    eventGrid: () => {},
    storageQueue: (name: string, { handler }: { handler: Handler }) => queues.set(name, handler),
  },
}))
vi.mock('../../../src/functions/runtime.ts', () => ({ app: async () => running.app, https: false }))

const CLINIC = '+18005550100'
const sent: { readonly to: string; readonly body: string }[] = []
let storage: Storage
let clock = new Date('2031-03-04T08:00:00Z')
beforeAll(async () => {
  storage = await startStorage()
  await import('../../../src/functions/receipts.ts')
})
afterAll(() => storage?.close())
beforeEach(() => {
  sent.length = 0
  clock = new Date(clock.getTime() + 60_000)
})

/** A patient of this site writes to the number that it texts from. */
async function writes(site: Site, from: string, message: string): Promise<void> {
  running.app = {
    settings: { ALLOWED_TENANTS: [site.tenantId] },
    store: storage.store,
    keys: { field: noticeKeys, identity },
    sites: { all: async () => [site] },
    visits: {},
    linkUrl: 'https://visits.example.org',
    now: () => clock,
    sendText: async () => async (text: { to: string; body: string }) => void sent.push(text),
  }
  const data = { from, to: CLINIC, message, messageId: `${from} ${message}` }
  const sealed = sealEvent(noticeKeys, { eventType: 'Microsoft.Communication.SMSReceived', data })
  if (!sealed.ok) throw new Error(sealed.failure.detail)
  const context = new InvocationContext({ functionName: 'receipts', logHandler: () => {} })
  await queues.get('receipts')?.({ schema: 1, sealed: sealed.value }, context)
}
const stopped = (site: Site, from: string) =>
  isOptedOut({ store: storage.store, identity }, site.tenantId, from)

const inSetup = siteWith({}, { setup: true })
const inUse = siteWith()

describe('to a site that is in setup', () => {
  test.each(['HELP', 'LINK', 'what is this'])('%s is not answered', async (words) => {
    await writes(inSetup, '+18164440001', words)
    expect(sent).toEqual([])
  })

  test('STOP counts, and START after it', async () => {
    await writes(inSetup, '+18164440002', 'STOP')
    expect(await stopped(inSetup, '+18164440002')).toBe(true)
    clock = new Date(clock.getTime() + 60_000)
    await writes(inSetup, '+18164440002', 'START')
    expect(await stopped(inSetup, '+18164440002')).toBe(false)
    expect(sent).toEqual([])
  })
})

test('to a site in use HELP is answered', async () => {
  await writes(inUse, '+18164440003', 'HELP')
  expect(sent.map(({ to }) => to)).toEqual(['+18164440003'])
})

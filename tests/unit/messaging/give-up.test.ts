import { expect, test, vi } from 'vitest'
import { parseSettings } from '../../../src/core/config.ts'
import { giveUp } from '../../../src/core/messaging/give-up.ts'
import { CHUNK } from '../../../src/core/messaging/write-claims.ts'
import { complete } from '../config/settings.fixture.ts'

const AT_ONCE = 8

test('requests of a chunk that are all never answered are given up well within the lease of its claims', () => {
  const timeout = vi.spyOn(AbortSignal, 'timeout')
  expect(giveUp().aborted).toBe(false)
  const [patience = 0] = timeout.mock.calls[0] ?? []
  timeout.mockRestore()
  const settings = parseSettings(complete)
  const lease = settings.ok ? settings.value.NOTICE_LEASE_SECONDS : 0
  expect(patience).toBeGreaterThan(0)
  expect((Math.ceil(CHUNK / AT_ONCE) * patience) / 1000).toBeLessThanOrEqual(lease / 2)
})

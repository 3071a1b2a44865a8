import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { BROWSER_COOKIE } from '../../../src/core/http/cookies.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { browserBinding, consumeState, sealState } from '../../../src/core/launches/state.ts'
import { fail, ok } from '../../../src/core/result.ts'
import type { Store } from '../../../src/core/store/store.ts'

const NOW = new Date('2031-03-04T16:00:00Z')
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds)
const ring = keyRing(randomBytes(32))
const browser = randomBytes(32).toString('base64url')
const cookies = new Map([[BROWSER_COOKIE, browser]])
const data = {
  purpose: 'launch' as const,
  launchId: 'launch',
  tenantId: 'tenant',
  siteId: 'northwind001',
  verifier: 'verifier',
  nonce: 'nonce',
}

/** As the table does: the second insert of a key conflicts. */
function storeOf(used = new Set<string>()) {
  const insert = async ({ rowKey }: { rowKey: string }) =>
    used.has(rowKey) ? fail('row_conflict') : ok(void used.add(rowKey))
  return { store: { tables: { consumed: { insert } } } as unknown as Pick<Store, 'tables'>, used }
}
const consume = (given: string | undefined, more = {}, { store } = storeOf()) =>
  consumeState(ring, store, given, { purpose: 'launch', cookies, now: NOW, ...more })
const code = async (outcome: ReturnType<typeof consume>) => {
  const result = await outcome
  return result.ok ? 'ok' : result.failure.code
}

test('a state comes back as it was sent, once', async () => {
  const storage = storeOf()
  const state = sealState(ring, data, browser, NOW)
  expect(await consume(state, {}, storage)).toMatchObject({ ok: true, value: data })
  expect(await code(consume(state, {}, storage))).toBe('state_replayed')
})

test('of many callbacks at once with one state a single one goes on', async () => {
  const storage = storeOf()
  const state = sealState(ring, data, browser, NOW)
  const codes = await Promise.all(Array.from({ length: 20 }, () => code(consume(state, {}, storage))))
  expect(codes.filter((one) => one === 'ok')).toHaveLength(1)
})

test('a used state written in another way is no new one', async () => {
  const storage = storeOf()
  const state = sealState(ring, data, browser, NOW)
  await consume(state, {}, storage)
  for (const again of [`${state}=`, `${state}!`, ` ${state}`, `${state.slice(0, 20)}~${state.slice(20)}`])
    expect(await code(consume(again, {}, storage))).not.toBe('ok')
})

test('a state lasts ten minutes, to the millisecond', async () => {
  const state = sealState(ring, data, browser, NOW)
  expect(await code(consume(state, { now: later(600_000 - 1) }))).toBe('ok')
  expect(await code(consume(state, { now: later(600_000) }))).toBe('state_expired')
})

test('a state belongs to the browser that started', async () => {
  const state = sealState(ring, data, browser, NOW)
  const other = new Map([[BROWSER_COOKIE, randomBytes(32).toString('base64url')]])
  expect(await code(consume(state, { cookies: other }))).toBe('state_foreign_browser')
  expect(await code(consume(state, { cookies: new Map() }))).toBe('state_foreign_browser')
})

test('a state of a launch is none of a sign-in', async () => {
  const state = sealState(ring, data, browser, NOW)
  expect(await code(consume(state, { purpose: 'signin' }))).toBe('state_invalid')
})

test('what is no state of ours, or was changed, is refused', async () => {
  const state = sealState(ring, data, browser, NOW)
  const foreign = sealState(keyRing(randomBytes(32)), data, browser, NOW)
  for (const given of [
    undefined,
    '',
    'x',
    state.slice(0, -1),
    `${state.slice(0, 30)}A${state.slice(31)}`,
    foreign,
  ])
    expect(await code(consume(given))).toBe('state_invalid')
})

test('what is refused is not used up', async () => {
  const storage = storeOf()
  const state = sealState(ring, data, browser, NOW)
  await consume(state, { purpose: 'signin' }, storage)
  await consume(state, { cookies: new Map() }, storage)
  await consume(state, { now: later(600_000) }, storage)
  expect(storage.used.size).toBe(0)
  expect(await code(consume(state, {}, storage))).toBe('ok')
})

test('a launch that was under way while the key changed still comes back', async () => {
  const state = sealState(ring, data, browser, NOW)
  const rotated = keyRing(randomBytes(32), ring.current.secret.export())
  const { store } = storeOf()
  expect((await consumeState(rotated, store, state, { purpose: 'launch', cookies, now: NOW })).ok).toBe(true)
})

test('a state tells nothing to those it passes', () => {
  const state = sealState(ring, data, browser, NOW)
  const raw = Buffer.from(state.split('.')[1] ?? '', 'base64url').toString('latin1')
  for (const secret of ['verifier', 'nonce', 'tenant', 'northwind001', browser]) {
    expect(state).not.toContain(secret)
    expect(raw).not.toContain(secret)
  }
})

describe('the browser’s binding', () => {
  test('is made once and kept: launches in several tabs share it', () => {
    const first = browserBinding(new Map())
    expect(first.value).toMatch(/^[\w-]{43}$/)
    expect(browserBinding(new Map([[BROWSER_COOKIE, first.value]])).value).toBe(first.value)
    expect(first.cookies).toMatchObject([{ name: BROWSER_COOKIE, path: '/', httpOnly: true, secure: true }])
  })

  test('that somebody else planted in another form is not taken', () => {
    for (const planted of ['', 'short', 'x'.repeat(200), '<script>'])
      expect(browserBinding(new Map([[BROWSER_COOKIE, planted]])).value).not.toBe(planted)
  })
})

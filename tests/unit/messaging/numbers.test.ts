import { describe, expect, test } from 'vitest'
import { memoryTables } from '../../../simulator/memory-table.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { unwantedTexts } from '../../../src/core/messaging/caps.ts'
import { numberBook, visitsTexted } from '../../../src/core/messaging/numbers.ts'
import { recordWord } from '../../../src/core/messaging/opt-outs.ts'

const identity = identityKeys(new Uint8Array(32).fill(6))
const at = (time: string) => new Date(`${time}:00.000Z`)
const PHONE = '+18165550101'
const site = { tenantId: 't', siteId: 's' }
const text = (id: string, to = PHONE, visitKey = 'mYWJ-WdsE1Qz1KpV6FF9AQ') => ({
  id: id.padEnd(12, '0'),
  to,
  visitKey,
})

function scene() {
  const store = { tables: memoryTables() }
  const say = (word: string, time: string) =>
    recordWord({ store, identity, now: () => at(time) }, 't', PHONE, word, at(time))
  return { store, say }
}

describe('what is known of numbers', () => {
  test('a STOP holds for an instance that has been up for days, and one that was just started', async () => {
    const { store, say } = scene()
    const old = numberBook(identity)
    await old.lately(store, 't', at('2031-03-01T10:00'))
    await say('STOP', '2031-03-01T23:50')
    for (const time of ['2031-03-01T23:51', '2031-03-02T03:00', '2031-03-04T09:00'])
      for (const book of [old, numberBook(identity)])
        expect((await book.lately(store, 't', at(time))).isOptedOut(PHONE), time).toBe(true)
    await say('START', '2031-03-04T10:00')
    expect((await old.lately(store, 't', at('2031-03-04T10:01'))).isOptedOut(PHONE)).toBe(false)
  })

  test('of two words the later one holds, in whatever order they came to be written', async () => {
    const { store, say } = scene()
    await say('STOP', '2031-03-01T10:05')
    await say('START', '2031-03-01T10:00')
    const book = numberBook(identity)
    expect((await book.lately(store, 't', at('2031-03-01T10:10'))).isOptedOut(PHONE)).toBe(true)
    expect((await book.lately(store, 'other', at('2031-03-01T10:10'))).isOptedOut(PHONE)).toBe(false)
  })

  test('texts are counted once however often they are tried, by all instances, for a day', async () => {
    const { store } = scene()
    const [one, other] = [numberBook(identity), numberBook(identity)]
    await other.lately(store, 't', at('2031-03-01T09:00'))
    const range = '+18165550199'
    await one.note(store, site, [text('a'), text('b', range)], at('2031-03-01T10:00'))
    await one.note(store, site, [text('a')], at('2031-03-01T10:10'))
    const soon = await other.lately(store, 't', at('2031-03-01T11:00'))
    expect(soon.textsTo(PHONE)).toEqual({ number: 1, prefix: 2, tenant: 2 })
    expect(soon.isCounted('a'.padEnd(12, '0'))).toBe(true)
    const tomorrow = await other.lately(store, 't', at('2031-03-02T10:30'))
    expect(tomorrow.textsTo(PHONE)).toEqual({ number: 0, prefix: 0, tenant: 0 })
  })

  test('the visits of a number are found for whoever asks for the link, and no other ones', async () => {
    const { store } = scene()
    const book = numberBook(identity)
    await book.note(
      store,
      site,
      [text('a'), text('b', '+18165550102', 'B'.repeat(22))],
      at('2031-03-01T10:00'),
    )
    const found = await visitsTexted(store, identity, 't', PHONE, at('2031-03-10T10:00'))
    expect(found).toEqual([{ siteId: 's', visitKey: 'mYWJ-WdsE1Qz1KpV6FF9AQ' }])
    expect(await visitsTexted(store, identity, 't', PHONE, at('2031-03-20T10:00'))).toEqual([])
  })
})

describe('caps', () => {
  const lately = (number: number, prefix = number, tenant = number) => ({
    isOptedOut: (phone: string) => phone.endsWith('9'),
    textsTo: () => ({ number, prefix, tenant }),
    isCounted: (id: string) => id.startsWith('again'),
  })
  const caps = { number: 10, prefix: 20, tenant: 30 }
  const why = (...given: Parameters<typeof lately>) =>
    unwantedTexts([text('a')], lately(...given), caps, 6)[0]

  test('are of the patient, of the range and of the tenant', () => {
    expect(why(5)).toBeUndefined()
    expect(why(6)).toBe('daily_cap')
    expect(why(0, 20)).toBe('prefix_cap')
    expect(why(0, 0, 30)).toBe('tenant_cap')
  })

  test('count what is about to go out in the same message', () => {
    const three = [text('a'), text('b'), text('c')]
    expect(unwantedTexts(three, lately(4), caps, 6)).toEqual([undefined, undefined, 'daily_cap'])
  })

  test('do not stop a text that was counted before, and STOP does', () => {
    expect(unwantedTexts([text('again')], lately(6), caps, 6)).toEqual([undefined])
    expect(unwantedTexts([text('again', '+18165550109')], lately(0), caps, 6)).toEqual(['opted_out'])
  })
})

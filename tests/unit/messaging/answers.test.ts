import { describe, expect, test } from 'vitest'
import { memoryTables } from '../../../simulator/memory-table.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { answer } from '../../../src/core/messaging/answers.ts'
import { gsm7Units } from '../../../src/core/messaging/gsm7.ts'
import { replyWords } from '../../../src/core/messaging/languages/replies.ts'
import { numberBook } from '../../../src/core/messaging/numbers.ts'
import { recordWord } from '../../../src/core/messaging/opt-outs.ts'
import type { Text } from '../../../src/core/messaging/sms.ts'
import { unreported } from '../../../src/core/messaging/unreported.ts'
import { ok } from '../../../src/core/result.ts'
import { newVisitRow } from '../../../src/core/visits/new-visit.ts'
import { visitRef, visitSeals } from '../../../src/core/visits/visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { siteWith, visitWith } from './clinic.fixture.ts'

const identity = identityKeys(new Uint8Array(32).fill(6))
const linkKeys = keyRing(new Uint8Array(32).fill(5))
const seals = visitSeals(keyRing(new Uint8Array(32).fill(4)))
const FROM = '+18165550101'
const NOW = new Date('2026-11-24T10:00:00.000Z')

function scene(patientPhone = '816-555-0100') {
  const store = { tables: memoryTables() }
  const visits = visitStore(store as never, linkKeys, 7)
  const site = siteWith({}, { patientPhone })
  const sent: Text[] = []
  const sendText = async (text: Text) => {
    sent.push(text)
    return ok(undefined)
  }
  let messages = 0
  const ports = { store, identity, visits, sendText, linkUrl: 'https://v.example.org', now: () => NOW }
  return {
    store,
    site,
    sent,
    ports,
    ask: (message: string, id = `message ${++messages}`) =>
      answer(ports, [site], { id, from: FROM, to: site.texts.sender ?? '', message }),
    async book(id: string, start: string, more = {}) {
      const ref = visitRef(identity, site, id)
      const row = newVisitRow(seals, linkKeys, ref, id, visitWith({ start, ...more }))
      await visits.save(ref, undefined, row)
      const text = { id: id.padEnd(12, '0'), to: FROM, visitKey: ref.visitKey }
      await numberBook(identity).note(store, site, [text], new Date(NOW.getTime() - 3_600_000))
      const visit = await visits.find(ref)
      return visit ? visits.patientToken(visit) : undefined
    },
  }
}

describe('a patient who writes', () => {
  test('HELP learns what this is and whom to call', async () => {
    const { ask, sent } = scene()
    expect(await ask('help')).toBe('help')
    expect(sent[0]).toMatchObject({ from: '+18005550100', to: FROM })
    expect(sent[0]?.body).toContain('Reply LINK')
    expect(sent[0]?.body).toContain('816-555-0100')
  })

  test('LINK gets the link of the next visit, not of one that is over, off or later', async () => {
    const { ask, sent, book } = scene()
    await book('over', '2026-11-24T08:00:00.000Z')
    await book('off', '2026-11-24T11:00:00.000Z', { cancelled: true })
    await book('later', '2026-11-26T11:00:00.000Z')
    const token = await book('next', '2026-11-24T12:00:00.000Z')
    expect(await ask(' Link! ')).toBe('link')
    expect(sent[0]?.body).toContain(`https://v.example.org/v/${token}`)
  })

  test('LINK without a visit is told so', async () => {
    const { ask, sent } = scene()
    await ask('LINK')
    expect(sent[0]?.body).toMatch(/^We found no video visit/)
  })

  test('in Spanish or French is answered in it', async () => {
    const { ask, sent } = scene()
    await ask('AYUDA')
    await ask('lien')
    expect(sent[0]?.body).toContain('Responda ENLACE')
    expect(sent[1]?.body).toContain('Aucun rendez-vous')
  })

  test('something else is answered once a day at most', async () => {
    const { ask, sent } = scene()
    for (const words of ['When is it?', 'ok thanks', 'hello?']) await ask(words)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.body).toMatch(/^Nobody reads replies/)
  })

  test('is answered once though the event comes twice, and not for ever', async () => {
    const { ask, sent } = scene()
    await ask('HELP', 'one')
    await ask('HELP', 'one')
    expect(sent).toHaveLength(1)
    for (let n = 0; n < 10; n++) await ask('HELP')
    expect(sent).toHaveLength(3)
  })

  test('after STOP hears of HELP alone', async () => {
    const { ask, sent, store } = scene()
    await recordWord({ store, identity, now: () => NOW }, siteWith().tenantId, FROM, 'STOP', NOW)
    await ask('LINK')
    await ask('hello?')
    expect(sent).toHaveLength(0)
    await ask('HELP')
    expect(sent).toHaveLength(1)
  })
})

test.each(['en', 'es', 'fr'] as const)('every answer in %s fits one segment', (language) => {
  const { call, ...words } = replyWords[language]
  for (const text of Object.values(words)) {
    const longest = text
      .replace('{call}', call.replace('{phone}', '9'.repeat(30)))
      .replace('{link}', 'h'.repeat(73))
    expect(gsm7Units(longest), text).toBeLessThanOrEqual(160)
  }
})

describe('a text that was sent and never heard of again', () => {
  const row = {
    schema: 1,
    type: 'notice',
    state: 'sent',
    claimId: 'one',
    leaseUntil: '2026-11-23T10:00:00.000Z',
    changedAt: '2026-11-23T10:00:00.000Z',
  } as const

  test('is unknown after a day, and not before', () => {
    expect(unreported(row, new Date('2026-11-24T09:59:59.000Z'))).toBeUndefined()
    expect(unreported(row, NOW)).toMatchObject({ state: 'unknown', reason: 'no_report' })
  })

  test('is left alone where something was heard', () => {
    for (const state of ['delivered', 'undelivered', 'unknown', 'claimed'] as const)
      expect(unreported({ ...row, state }, NOW)).toBeUndefined()
  })
})

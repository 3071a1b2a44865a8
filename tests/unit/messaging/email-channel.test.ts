import { expect, test } from 'vitest'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { keyRing } from '../../../src/core/keys/key-ring.ts'
import { emailChannel } from '../../../src/core/messaging/email/email-channel.ts'
import { ok } from '../../../src/core/result.ts'

const BEGAN = Date.parse('2031-03-04T16:00:00Z')

/** A channel whose table takes so many seconds, for a claim whose lease lasts two minutes. */
async function sendAfter(seconds: number) {
  let now = BEGAN
  const requests: unknown[] = []
  const put = async () => {
    now += seconds * 1000
  }
  const ports = {
    identity: identityKeys(new Uint8Array(32).fill(1)),
    noticeKeys: keyRing(new Uint8Array(32).fill(2)),
    now: () => new Date(now),
    linkUrl: 'https://v.example.org',
    store: { tables: { emailids: { put, insert: put } } },
    sendEmail: async (email: unknown) => {
      requests.push(email)
      return ok(undefined)
    },
  }
  const at = (ms: number) => new Date(BEGAN + ms).toISOString()
  const row = { leaseUntil: at(120_000), changedAt: at(0), firstSentAt: at(-60_000) }
  const name = {
    tenantId: 't',
    siteId: 's',
    bay: '2031-03-04|family',
    visitKey: 'v'.repeat(22),
    version: 1,
    kind: 'booked@email',
  }
  const channel = emailChannel(ports as unknown as Parameters<typeof emailChannel>[0])
  const claimed = { name, row, words: {} } as unknown as Parameters<typeof channel.send>[1]
  const result = await channel.send({} as never, claimed)
  return { result, requests: requests.length }
}

test('an e-mail whose table was so slow that its lease is over is asked for later', async () => {
  expect(await sendAfter(1)).toMatchObject({ result: { ok: true }, requests: 1 })
  expect(await sendAfter(120)).toMatchObject({
    result: { failure: { code: 'email_not_asked' } },
    requests: 0,
  })
})

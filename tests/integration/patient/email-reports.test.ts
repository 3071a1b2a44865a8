import { describe, expect, test } from 'vitest'
import { forgetEmailIds } from '../../../src/core/messaging/email/email-ids.ts'
import { openEvent, receive, sealEvent } from '../../../src/core/messaging/receipts.ts'
import { identity, noticeKeys } from '../messaging/clinic.fixture.ts'
import { emailStorage, type Rig, rigWith, stateOf, storage } from './email-rig.fixture.ts'

emailStorage()

describe('a delivery report of an e-mail', () => {
  const REPORT = 'Microsoft.Communication.EmailDeliveryReportReceived'
  const report = (messageId: string | undefined, status: string) => ({
    eventType: REPORT,
    data: { messageId, status, sender: 'visits@example.org', recipient: 'synthetic@example.com' },
  })
  /** What Event Grid brings, through the seal and the queue as it goes in the app. */
  async function comes({ made }: Rig, event: unknown): Promise<void> {
    const sealed = sealEvent(noticeKeys, event)
    if (!sealed.ok) throw new Error(sealed.failure.detail)
    const opened = openEvent(noticeKeys, sealed.value)
    if (!opened.ok) throw new Error(opened.failure.detail)
    expect(JSON.stringify(opened.value)).not.toMatch(/example\.(com|org)/)
    const ports = {
      store: storage.store,
      noticeKeys,
      identity,
      sites: async () => [made.site],
      now: made.now,
    }
    await receive(ports, opened.value)
  }
  async function sentRig(): Promise<{ rig: Rig; id: string }> {
    const rig = await rigWith()
    await rig.work()
    return { rig, id: rig.mail.sent[0]?.operationId ?? '' }
  }

  test.each([
    ['Delivered', 'delivered', undefined],
    ['Bounced', 'undelivered', 'email_bounced'],
    ['Suppressed', 'undelivered', 'email_suppressed'],
    ['Quarantined', 'undelivered', 'email_quarantined'],
    ['FilteredSpam', 'undelivered', 'email_filtered'],
    ['Failed', 'undelivered', 'email_failed'],
  ])('%s finds its notice: %s', async (status, state, reason) => {
    const { rig, id } = await sentRig()
    await comes(rig, report(id.toUpperCase(), status))
    const row = await stateOf(rig)
    expect([row?.state, row?.reason]).toEqual([state, reason])
  })

  test('that is only a stage, or of nobody here, changes nothing', async () => {
    const { rig, id } = await sentRig()
    await comes(rig, report(id, 'Expanded'))
    await comes(rig, report('00000000-0000-4000-8000-000000000000', 'Bounced'))
    expect(await stateOf(rig)).toMatchObject({ state: 'sent' })
  })

  test('that comes twice, and in the wrong order, never takes a delivery back', async () => {
    const { rig, id } = await sentRig()
    for (const status of ['Failed', 'Delivered', 'Delivered', 'Bounced']) await comes(rig, report(id, status))
    expect(await stateOf(rig)).toMatchObject({ state: 'delivered' })
    expect(await stateOf(rig)).not.toHaveProperty('reason')
  })

  test('that comes before the send is recorded holds', async () => {
    const rig = await rigWith()
    rig.mail.onSend = ({ operationId }) => comes(rig, report(operationId, 'Bounced'))
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'undelivered', reason: 'email_bounced' })
  })

  test('settles an e-mail whose answer was lost', async () => {
    const rig = await rigWith()
    rig.mail.lost = true
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'sending' })
    await comes(rig, report(rig.mail.sent[0]?.operationId, 'Delivered'))
    rig.made.advance(60)
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'delivered' })
    expect(rig.mail.requests).toBe(1)
  })

  test('of a day ago still finds it; after four days the id is forgotten', async () => {
    const { rig, id } = await sentRig()
    const idRow = () => storage.store.tables.emailids.get('2026-11-22', id)
    rig.made.advance(86_400)
    await forgetEmailIds(storage.store, rig.made.now())
    expect(await idRow()).toBeDefined()
    await comes(rig, report(id, 'Delivered'))
    expect(await stateOf(rig)).toMatchObject({ state: 'delivered' })
    rig.made.advance(3 * 86_400)
    expect(await forgetEmailIds(storage.store, rig.made.now())).toBeGreaterThan(0)
    expect(await idRow()).toBeUndefined()
  })

  test('without the e-mail’s id, or with one that is none, is refused before it is queued', () => {
    for (const messageId of [undefined, '', '../notices'])
      expect(sealEvent(noticeKeys, report(messageId, 'Delivered'))).toMatchObject({
        failure: { code: 'event_invalid' },
      })
  })
})

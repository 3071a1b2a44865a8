import { describe, expect, test } from 'vitest'
import { at, DAY, LINK_URL } from '../messaging/clinic.fixture.ts'
import { calendarOf, EMAILS, emailStorage, field, rigWith, stateOf } from './email-rig.fixture.ts'

emailStorage()

describe('a site that sends e-mails', () => {
  test('confirms a booking once, with the patient’s link, though it sends no texts', async () => {
    const rig = await rigWith()
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
    const [email] = rig.mail.sent
    expect(email).toMatchObject({ to: 'synthetic@example.com', from: 'visits@example.org' })
    expect(email?.plainText).toMatch(new RegExp(`${LINK_URL}/v/[\\w-]{22}`))
    expect(await stateOf(rig)).toMatchObject({ state: 'sent' })
    expect(rig.made.vendor.requests).toHaveLength(0)
  })

  test('sends a text and an e-mail where both are on, each once, however often the message comes', async () => {
    const rig = await rigWith({ texts: { on: true } })
    const [first] = rig.made.queue
    await rig.work()
    for (let times = 0; times < 3; times++) {
      if (first) rig.made.queue.push(first)
      await rig.work()
    }
    expect([rig.mail.requests, rig.made.vendor.accepted.length]).toEqual([1, 1])
    expect((await stateOf(rig, '1:booked'))?.state).toBe('sent')
  })

  test('moves the entry in the calendar when the visit moves, and takes it out when it is cancelled', async () => {
    const rig = await rigWith()
    await rig.work()
    rig.made.ehr.change('A0', { start: at('18:00') })
    rig.made.advance(300)
    await rig.made.sweep(DAY)
    await rig.work()
    rig.made.ehr.change('A0', { cancelled: true })
    rig.made.advance(300)
    await rig.made.sweep(DAY)
    await rig.work()
    expect(rig.mail.sent.map((one) => [field(one, 'METHOD'), field(one, 'SEQUENCE')])).toEqual([
      ['REQUEST', '1'],
      ['REQUEST', '2'],
      ['CANCEL', '3'],
    ])
    expect(new Set(rig.mail.sent.map((one) => field(one, 'UID'))).size).toBe(1)
    expect(calendarOf(rig.mail.sent[1])).toContain('DTSTART;TZID=America/Chicago:20261124T120000')
  })

  test('reminds as it would by text', async () => {
    const rig = await rigWith()
    await rig.work()
    rig.made.advance((at('15:31').getTime() - rig.made.now().getTime()) / 1000)
    await rig.made.remind()
    await rig.work()
    expect(rig.mail.sent.map(({ subject }) => subject)).toEqual([
      'Your video visit is booked',
      'Reminder of your video visit',
    ])
  })

  test('tells nobody by e-mail of what was booked before e-mails were switched on', async () => {
    const rig = await rigWith({ emails: { since: '2026-11-23T00:00:00.000Z' } })
    await rig.work()
    expect(rig.mail.requests).toBe(0)
  })

  test('and texts takes a chart without an address for nothing that staff must look into', async () => {
    const rig = await rigWith({ texts: { on: true } })
    rig.made.ehr.changePatientOf('A0', { emails: [] })
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'skipped', reason: 'email_missing' })
    expect(await stateOf(rig, '1:booked')).toMatchObject({ state: 'sent' })
  })

  test('and no texts leaves a chart without an address to staff', async () => {
    const rig = await rigWith({ address: '' })
    rig.made.ehr.changePatientOf('A0', { emails: [] })
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'undelivered', reason: 'email_missing' })
  })

  test('that switched them off again sends what waits to nobody', async () => {
    const rig = await rigWith()
    rig.made.site = { ...rig.made.site, emails: { ...EMAILS, on: false } }
    await rig.work()
    expect([rig.mail.requests, (await stateOf(rig))?.state]).toEqual([0, 'skipped'])
  })
})

describe('a vendor of e-mail that is in trouble', () => {
  test('and throttles is asked again later, with the same id', async () => {
    const rig = await rigWith()
    rig.mail.failing = 'email_throttled'
    await rig.work()
    expect(rig.mail.sent).toHaveLength(0)
    rig.mail.failing = undefined
    rig.made.advance(60)
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
    expect(await stateOf(rig)).toMatchObject({ state: 'sent' })
  })

  test('and whose answer was lost gets no second e-mail out', async () => {
    const rig = await rigWith()
    rig.mail.lost = true
    await rig.work()
    rig.mail.lost = false
    rig.made.advance(60)
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
    expect(rig.mail.requests).toBe(2)
  })

  test('and refuses leaves it to staff', async () => {
    const rig = await rigWith()
    rig.mail.failing = 'email_refused'
    await rig.work()
    expect(await stateOf(rig)).toMatchObject({ state: 'undelivered', reason: 'email_refused' })
  })

  test('while the EHR is down nothing is sent, and everything is once it is back', async () => {
    const rig = await rigWith()
    rig.made.ehr.failing = { code: 'ehr_unavailable', retryAfterSeconds: 30 }
    await rig.work()
    expect(rig.mail.requests).toBe(0)
    rig.made.ehr.failing = undefined
    rig.made.advance(60)
    await rig.work()
    expect(rig.mail.sent).toHaveLength(1)
  })
})

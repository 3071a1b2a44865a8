import { afterAll, beforeAll, expect, test } from 'vitest'
import type { LinkRequest } from '../../../src/core/messaging/send-link.ts'
import { sendLink } from '../../../src/core/messaging/send-link.ts'
import { ok } from '../../../src/core/result.ts'
import { revokeLink } from '../../../src/core/visits/add-link.ts'
import { ensureVisit } from '../../../src/core/visits/ensure-visit.ts'
import { visitStore } from '../../../src/core/visits/visit-store.ts'
import { appointmentWith, siteWith } from '../../unit/messaging/clinic.fixture.ts'
import { identity, linkKeys, seals } from './clinic.fixture.ts'
import { emailDesk } from './link-desk.fixture.ts'
import { type Storage, startStorage } from './storage.fixture.ts'

let storage: Storage
beforeAll(async () => {
  storage = await startStorage()
})
afterAll(() => storage?.close())

const now = () => new Date('2026-11-24T16:00:00.000Z')
const ADDRESS = 'canary.interpreter@lakeside.example'

test('a link by e-mail opens its own visit until it is taken back; the address is in no row and no queue', async () => {
  const site = siteWith()
  const visits = visitStore(storage.store, linkKeys, 7)
  const visit = await ensureVisit({ visits, seals, identity, linkKeys, now }, site, appointmentWith())
  const mails: { to: string; text: string }[] = []
  const ports = emailDesk(storage, visits, now, (mail) => {
    mails.push({ to: String('to' in mail && mail.to), text: JSON.stringify(mail) })
    return ok(undefined)
  })
  const request = (form: string): LinkRequest => ({
    role: 'interpreter',
    way: 'email',
    address: ADDRESS,
    language: 'en',
    form,
  })
  expect(await sendLink(ports, site, visit, undefined, request('a'.repeat(16)))).toMatchObject({
    failure: { code: 'link_emails_unset' },
  })
  const mailing = { ...site, emails: { sender: 'visits@lakeside.example' } } as typeof site
  const sent = await sendLink(ports, mailing, visit, undefined, request('b'.repeat(16)))
  expect(sent).toMatchObject({
    ok: true,
    value: { state: 'sent', link: { role: 'interpreter', way: 'email' } },
  })
  if (!sent.ok) return
  expect(mails.map(({ to }) => to)).toEqual([ADDRESS])
  const token = /\/v\/([\w-]{22})/.exec(mails[0]?.text ?? '')?.[1] ?? ''
  expect(await visits.byToken(token, now())).toMatchObject({ audience: 'guest' })
  await revokeLink(visits, visit, sent.value.link.serial, now())
  expect(await visits.byToken(token, now())).toBeUndefined()
  const stored: string[] = []
  for (const table of Object.values(storage.store.tables))
    for await (const row of table.all()) stored.push(JSON.stringify(row))
  for (const name of Object.keys(storage.store.queues)) {
    const peeked = await storage.clients.queue(name).peekMessages({ numberOfMessages: 32 })
    for (const { messageText } of peeked.peekedMessageItems)
      stored.push(Buffer.from(messageText, 'base64').toString())
  }
  expect(stored.length).toBeGreaterThan(0)
  expect(stored.filter((one) => one.includes('canary.interpreter') || one.includes(token))).toEqual([])
})

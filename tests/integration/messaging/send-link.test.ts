import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendLink } from '../../../src/core/messaging/send-link.ts'
import { fail, ok, type Result } from '../../../src/core/result.ts'
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
const clinic = siteWith()
const site = {
  ...clinic,
  emails: { ...clinic.emails, on: true, sender: 'visits@lakeside.example' },
} as typeof clinic

/** A visit of its own, and a vendor that answers every e-mail alike. */
async function desk(appointmentId: string, answer: Result<undefined, string>) {
  const visits = visitStore(storage.store, linkKeys, 7)
  const appointment = appointmentWith({ id: appointmentId })
  const visit = await ensureVisit({ visits, seals, identity, linkKeys, now }, site, appointment)
  const tokens: string[] = []
  const ports = emailDesk(storage, visits, now, (mail) => {
    tokens.push(/\/v\/([\w-]{22})/.exec(JSON.stringify(mail))?.[1] ?? '')
    return answer
  })
  const send = async (form = 'a'.repeat(16)) => {
    const current = (await visits.find(visit)) ?? visit
    const sent = await sendLink(ports, site, current, undefined, {
      role: 'interpreter',
      way: 'email',
      address: 'sam@lakeside.example',
      language: 'en',
      form,
    })
    return sent.ok ? sent.value.state : sent.failure.code
  }
  const move = () => visits.update(visit, (row) => ({ ...row, version: row.version + 1 }))
  return { visits, visit, tokens, send, move }
}

test('a form sent again after the visit moved is still one message', async () => {
  const { send, move, tokens } = await desk('moved', ok(undefined))
  expect(await send()).toBe('sent')
  await move()
  expect(await send()).toBe('sent')
  expect(tokens).toHaveLength(1)
})

test.each([
  ['email_refused', 'link_refused'],
  ['email_throttled', 'link_busy'],
  ['email_outcome_unknown', 'unknown'],
])('a form whose message ended as %s says so the second time too', async (code, told) => {
  const { send, move, tokens, visits } = await desk(code, fail(code))
  expect([await send(), await send()]).toEqual([told, told])
  await move()
  expect(await send()).toBe(told)
  expect(tokens).toHaveLength(1)
  const open = await visits.byToken(tokens[0] ?? '', now())
  expect(open === undefined).toBe(told !== 'unknown')
})

test('a link that was taken back is not said to be sent', async () => {
  const { send, visits, visit } = await desk('back', ok(undefined))
  await send()
  await revokeLink(visits, visit, 2, now())
  expect(await send()).toBe('link_taken_back')
})

test('a link that was taken back stays so when a stale copy of its visit is written', async () => {
  const { send, visits, visit, tokens } = await desk('stale', ok(undefined))
  await send()
  const stale = await visits.find(visit)
  await revokeLink(visits, visit, 2, now())
  if (!stale) throw new Error('the visit is there')
  const { etag: _etag, partitionKey: _day, rowKey: _key, ...row } = stale.row
  const start = new Date(Date.parse(row.start) + 60_000).toISOString()
  expect(await visits.save(visit, stale, { ...row, start })).toBeUndefined()
  expect(await visits.byToken(tokens[0] ?? '', now())).toBeUndefined()
})

import { expect, test } from 'vitest'
import { NORTHWIND_HEALTH } from '../../../sandbox/entra/tenants.ts'
import { eventually } from '../../../sandbox/story/step.ts'
import { identityKeys } from '../../../src/core/keys/identity.ts'
import { Browser } from '../bad-input/browser.ts'
import type { World } from '../bad-input/world.ts'
import { newForm, rowOf, send } from './forms.ts'

const NUMBER = '(816) 555-0187'
const GUEST = { role: 'interpreter', way: 'sms', language: 'en', address: NUMBER }

export function linkCases(world: () => World): void {
  const texts = () => world().sandbox.acs.texts()
  const linkIn = (message: string | undefined) => /https?:\/\/\S+\/v\/\S{22}/.exec(message ?? '')?.[0] ?? ''

  test('to a guest texts a link of its own, which opens the visit until it is taken back', async () => {
    const visit = await world().openVisit(20)
    const before = texts().length
    const sent = await send(visit, 'send', { ...GUEST, form: newForm() })
    expect(sent.text).toContain('The link was sent.')
    expect(sent.text).toContain('Interpreter, by text')
    expect(texts()).toHaveLength(before + 1)
    const text = texts().at(-1)
    expect(text?.to).toBe('+18165550187')
    const link = linkIn(text?.message)
    expect(link).not.toBe(visit.link)
    expect((await new Browser().get(link)).text).toContain('Join the visit')
    const taken = await send({ ...visit, page: sent }, 'revoke', { serial: '2' })
    expect(taken.text).toContain('taken back')
    expect((await new Browser().get(link)).status).toBe(404)
    expect((await new Browser().get(visit.link)).status).toBe(200)
  })

  test('twice by the same form is one text', async () => {
    const visit = await world().openVisit(20)
    const before = texts().length
    const form = newForm()
    await Promise.all([send(visit, 'send', { ...GUEST, form }), send(visit, 'send', { ...GUEST, form })])
    await send(visit, 'send', { ...GUEST, form })
    expect(texts()).toHaveLength(before + 1)
  })

  test('keeps neither the number nor the link, in any row', async () => {
    const visit = await world().openVisit(20)
    await send(visit, 'send', { ...GUEST, form: newForm() })
    const link = linkIn(texts().at(-1)?.message)
    const rows: string[] = []
    for (const table of ['visits', 'links'] as const)
      for await (const row of world().sandbox.store.tables[table].all()) rows.push(JSON.stringify(row))
    for (const secret of ['5550187', link.split('/').at(-1) ?? '-'])
      expect(rows.filter((row) => row.includes(secret))).toEqual([])
    expect((await rowOf(world(), visit)).extraLinks).toContain('interpreter')
  })

  test('to the patient again uses the number of the chart', async () => {
    const { sandbox } = world()
    const patient = sandbox.ehr.patients().find(({ phone, language }) => phone && language === 'en')
    const booked = world().book(20, { patientId: patient?.id ?? '' })
    const browser = new Browser()
    const page = await browser.get(world().launchUrl(booked))
    const fields = { role: 'patient', way: 'sms', language: 'en', address: '', form: newForm() }
    const sent = await send({ browser, page }, 'send', fields)
    expect(sent.text).toContain('The link was sent.')
    expect(texts().at(-1)?.to.slice(-10)).toBe((patient?.phone ?? '').replace(/\D/g, '').slice(-10))
    expect(texts().at(-1)?.message).toMatch(/^Your video visit:/)
  })

  test.each([
    ['no number', { address: '12' }, 'no number that can be texted'],
    ['a number of another country', { address: '+44 20 7946 0018' }, 'does not text numbers of that country'],
    ['no address', { way: 'email', address: 'nobody' }, 'no e-mail address'],
    ['a guest without a number', { address: '' }, 'There is no number'],
  ])('to %s sends nothing, says why, and keeps what was typed', async (_name, change, words) => {
    const visit = await world().openVisit(20)
    const before = texts().length
    const refused = await send(visit, 'send', { ...GUEST, ...change, form: newForm() })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain(change.address === 'nobody' ? 'not set up|no e-mail'.split('|')[1] : words)
    expect(texts()).toHaveLength(before)
    expect((await rowOf(world(), visit)).extraLinks).toBeUndefined()
  })

  test('to somebody who said STOP sends nothing', async () => {
    const { sandbox } = world()
    const visit = await world().openVisit(20)
    const number = '(816) 555-0188'
    await send(visit, 'send', { ...GUEST, address: number, form: newForm() })
    const last = texts().at(-1)
    await sandbox.acs.reply(last?.to ?? '', last?.from ?? '', 'STOP')
    const identity = identityKeys(Buffer.from(sandbox.keys.stampSecret, 'base64'))
    const phoneKey = identity.phoneKey(NORTHWIND_HEALTH, '+18165550188')
    await eventually(
      'the word that was said',
      async () => (await sandbox.store.tables.optouts.get(NORTHWIND_HEALTH, phoneKey))?.word,
    )
    const before = texts().length
    const refused = await send(visit, 'send', { ...GUEST, address: number, form: newForm() })
    expect(refused.status).toBe(422)
    expect(refused.text).toContain('answered STOP')
    expect(texts()).toHaveLength(before)
  })
}

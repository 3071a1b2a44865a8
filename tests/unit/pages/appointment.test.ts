import { expect, test } from 'vitest'
import { appointmentPage } from '../../../src/pages/appointment.tsx'
import { tags, text } from './markup.ts'
import { sampleAppointment } from './sample-appointment.ts'

const titleOf = (html: string) => html.match(/<title>([^<]*)<\/title>/)?.[1] ?? ''
const signOf = (html: string) => html.match(/id="state"[^>]*data-sign="([^"]*)"/)?.[1]

test('the initials and the time head the page, and never reach the tab or the history', () => {
  const { html } = appointmentPage(sampleAppointment('not_here'))
  expect(html).toMatch(/<h1>Patient QS, <span[^>]*>2:30\u00a0PM<\/span><\/h1>/)
  expect(titleOf(html)).not.toMatch(/QS|2:30/)
})

test('a waiting patient is on the page, in the tab and in what a screen reader hears', () => {
  const { html } = appointmentPage(sampleAppointment('waiting'))
  expect(text(html)).toContain('Your patient is waiting')
  expect(titleOf(html)).toMatch(/^● Patient waiting/)
  expect(html).toContain('data-announce="The patient is waiting in the lobby, since 2:24 PM."')
})

test('what the page cannot know, it says', () => {
  const { html } = appointmentPage(sampleAppointment('unknown'))
  expect(text(html)).toContain('Teams does not tell us who is in this meeting')
})

test('while the EHR is silent, what was said about a delay stays, and its form does not', () => {
  const model = { ...sampleAppointment('not_here'), late: { minutes: 10, choices: [5, 10] } }
  const { html } = appointmentPage(model)
  expect(text(html)).toContain('Patients read that you are 10 minutes late.')
  expect(text(html)).toContain('It can be changed when the EHR answers again.')
  expect(html).not.toContain('/late"')
})

test('every form carries the CSRF token, and Join opens beside the page', () => {
  const all = tags(appointmentPage(sampleAppointment('not_here')).html)
  const joins = all.filter(({ attributes }) => attributes.get('action') === '/launch/synthetic/join')
  expect(joins.map(({ attributes }) => attributes.get('target'))).toEqual(['_blank', '_blank', '_blank'])
  const forms = all.filter(({ name, attributes }) => name === 'form' && attributes.get('method') === 'post')
  const csrf = all.filter(({ attributes }) => attributes.get('name') === 'csrf')
  expect(csrf).toHaveLength(forms.length)
  expect(new Set(csrf.map(({ attributes }) => attributes.get('value')))).toEqual(new Set(['synthetic-csrf']))
})

test('what was chosen last time comes first', () => {
  const model = sampleAppointment('not_here')
  const order = (chosen?: 'app' | 'browser') => {
    const { html } = appointmentPage({ ...model, join: { ...model.join, chosen } })
    return html.indexOf('id="join-app"') < html.indexOf('id="join-browser"') ? 'app' : 'browser'
  }
  expect([order(), order('app'), order('browser')]).toEqual(['app', 'app', 'browser'])
})

test('where Teams does not tell who waits, a patient who pressed Join counts as waiting, and the page says why', () => {
  const blind = {
    ...sampleAppointment('on_the_way'),
    visit: { kind: 'on_the_way' as const, since: '2:24 PM', blind: true },
  }
  const { html } = appointmentPage(blind)
  expect(text(html)).toContain('Your patient is probably waiting')
  expect(text(html)).toContain('Teams does not tell us who is in the lobby')
  expect(titleOf(html)).toMatch(/^● Patient waiting/)
})

test('a banner stays while the patient waits, and tells whoever is inside what to do', () => {
  const inside = { kind: 'waiting' as const, since: '2:24 PM', staffInside: true }
  expect(text(appointmentPage({ ...sampleAppointment('waiting'), visit: inside }).html)).toContain(
    'Somebody of your clinic is in the meeting: choose Admit in Teams.',
  )
})

test('a link that was taken back cannot be taken back again', () => {
  const all = tags(appointmentPage(sampleAppointment('not_here')).html)
  const serials = all.filter(({ attributes }) => attributes.get('name') === 'serial')
  expect(serials.map(({ attributes }) => attributes.get('value'))).toEqual(['2'])
})

test('without a meeting there is no Join button', () => {
  const { html } = appointmentPage({ ...sampleAppointment('not_here'), join: undefined })
  expect(html).not.toContain('id="join-')
  expect(text(html)).toContain('There is no meeting to join')
})

test('a change of state or notice changes what the live script compares, and nothing else does', () => {
  const before = signOf(appointmentPage(sampleAppointment('not_here')).html)
  const after = signOf(appointmentPage(sampleAppointment('waiting')).html)
  const again = signOf(appointmentPage({ ...sampleAppointment('not_here'), csrf: 'other' }).html)
  expect(before).not.toBe(after)
  expect(again).toBe(before)
})

test('a page that does not update itself brings no script and says how old it is', () => {
  const page = appointmentPage({
    ...sampleAppointment('not_here'),
    refreshSeconds: undefined,
    asOf: '2:26 PM',
  })
  expect(page.scriptHashes).toEqual([])
  expect(text(page.html)).toContain('As of 2:26 PM.')
})

test('a cancelled appointment says so above everything else', () => {
  const { html } = appointmentPage({ ...sampleAppointment('not_here'), caution: 'cancelled' })
  expect(html.indexOf('is cancelled in the EHR')).toBeLessThan(html.indexOf('id="state"'))
})

test('the chat reminder is always there', () => {
  expect(text(appointmentPage(sampleAppointment('ended')).html)).toContain('not a legal medical record')
})

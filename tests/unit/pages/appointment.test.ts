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
  expect(titleOf(html)).toMatch(/^Patient waiting/)
  expect(html).toContain('data-announce="The patient is waiting in the lobby, since 2:24 PM."')
})

test('what the page cannot know, it says', () => {
  const { html } = appointmentPage(sampleAppointment('unknown'))
  expect(text(html)).toContain('Teams does not report live status for this meeting')
})

test('Join carries the CSRF token where it is a form, and opens beside the page either way', () => {
  const all = tags(appointmentPage(sampleAppointment('not_here')).html)
  const join = all.find(({ attributes }) => attributes.get('action') === '/launch/synthetic/join')
  const browser = all.find(({ attributes }) => attributes.get('id') === 'join-browser')
  expect([join?.attributes.get('target'), browser?.attributes.get('target')]).toEqual(['_blank', '_blank'])
  const csrf = all.filter(({ attributes }) => attributes.get('name') === 'csrf')
  expect(csrf.map(({ attributes }) => attributes.get('value'))).toEqual(['synthetic-csrf', 'synthetic-csrf'])
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

import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { patientPage } from '../../../src/pages/patient.tsx'
import { LANGUAGES, wordsFor } from '../../../src/pages/words/index.ts'
import { tags, text } from './markup.ts'
import { samplePatients } from './sample-patient.ts'

const JOINABLE = new Set(['ready', 'late', 'unavailable'])
const every = LANGUAGES.flatMap((lang) =>
  samplePatients(lang).map((model) => ({ name: `${model.state} in ${lang}`, model })),
)

describe.each(every)('the page of a visit that is $name', ({ model }) => {
  const { html } = patientPage(model)
  const links = tags(html).filter(({ name }) => name === 'a')

  test('is at most 14 KB compressed', () => {
    expect(gzipSync(html).length).toBeLessThanOrEqual(14 * 1024)
  })

  test('gives the number to call', () => {
    expect(links.map(({ attributes }) => attributes.get('href'))).toContain('tel:+13125550100')
  })

  test('has one Join button where there is something to join, and none elsewhere', () => {
    const buttons = tags(html).filter(({ name }) => name === 'button')
    expect(buttons).toHaveLength(JOINABLE.has(model.state) ? 1 : 0)
  })

  test('offers the other languages by their own names', () => {
    for (const lang of LANGUAGES)
      if (lang !== model.lang) expect(text(html)).toContain(wordsFor(lang).languageName)
  })
})

const page = (state: string) => {
  const model = samplePatients('en').find((each) => each.state === state)
  if (model === undefined) throw new Error(`no sample for ${state}`)
  return patientPage(model).html
}

test('without script, a page that waits for something loads itself again', () => {
  for (const state of ['too_early', 'late', 'moved', 'unavailable'])
    expect(page(state)).toMatch(/<noscript><meta http-equiv="refresh" content="\d+"><\/noscript>/)
})

test('a page that is about to be joined, or has nothing to wait for, never reloads under the reader', () => {
  for (const state of ['ready', 'cancelled', 'not_video', 'over', 'not_found'])
    expect(page(state)).not.toContain('http-equiv="refresh"')
})

test('a visit that is hours away asks the server rarely', () => {
  const model = samplePatients('en').find((each) => each.state === 'moved')
  expect(model && patientPage(model).html).toContain('data-refresh="300"')
})

test('the countdown stands in words for those without script', () => {
  expect(text(page('too_early'))).toContain('Starts in 1 hour, 12 minutes')
  expect(page('too_early')).toContain('data-minutes-left="72"')
})

test('a moved visit shows the new time first and the old one struck out', () => {
  const html = page('moved')
  expect(html.indexOf('New time')).toBeLessThan(html.indexOf('<del>'))
})

test('the dial-in dials the conference id after the number', () => {
  expect(page('ready')).toContain('href="tel:+13125550142,,123456789%23"')
})

test('while the EHR cannot be reached, the page says so and still lets the patient join', () => {
  expect(text(page('unavailable'))).toContain('you can still join')
})

test('a clinic without a number is still named as the one to contact', () => {
  const html = patientPage({ lang: 'en', state: 'not_found' }).html
  expect(text(html)).toContain('Please contact your clinic.')
  expect(html).not.toContain('tel:')
})

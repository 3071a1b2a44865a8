import { describe, expect, test } from 'vitest'
import { leadMinutes, leadTime, leadWords } from '../../../src/core/sites/reminder-times.ts'
import { checkTexts } from '../../../src/core/sites/texts-check.ts'
import { draftFrom, draftOf, type TextsDraft } from '../../../src/core/sites/texts-draft.ts'
import { site as siteOf } from './site.fixture.ts'

const site = siteOf({})
const context = { site, senders: ['+18335550100', 'LAKESIDE'], linkUrl: 'https://visits.lakeside.example' }
const good: TextsDraft = {
  ...draftOf(site),
  sender: '+18335550100',
  countries: ['US'],
  quietFrom: '21:00',
  quietTo: '08:00',
}
const errorsOf = (more: Partial<TextsDraft>) => checkTexts({ ...good, ...more }, context).errors

describe('a site’s texts as a form has them', () => {
  test('what a site has comes back unchanged through its form', () => {
    const { errors, checked } = checkTexts(good, context)
    expect(errors).toEqual({})
    expect(checked?.texts).toMatchObject({
      sender: '+18335550100',
      reminderMinutes: site.texts.reminderMinutes,
      epoch: site.texts.epoch,
    })
    // The usual words are not kept as a site's own: a release may mend them.
    expect(checked?.texts.wording).toBeUndefined()
  })

  test.each<[string, Partial<TextsDraft>, Record<string, string>]>([
    ['a number of somebody else', { sender: '+18335550199' }, { sender: 'sender_not_yours' }],
    ['no country', { countries: [] }, { country: 'countries_missing' }],
    ['a country that is none', { countries: ['ZZ'] }, { country: 'countries_missing' }],
    ['a country out of reach', { countries: ['US', 'FR'] }, { country: 'countries_unreached' }],
    [
      'a name where there are none',
      { sender: 'LAKESIDE', countries: ['US'] },
      { country: 'countries_unreached' },
    ],
    [
      'a reminder of 4 minutes',
      { reminders: [{ amount: '4', unit: 'minutes' }] },
      { reminder_0: 'lead_time' },
    ],
    ['a reminder of 15 days', { reminders: [{ amount: '15', unit: 'days' }] }, { reminder_0: 'lead_time' }],
    ['a reminder in weeks', { reminders: [{ amount: '1', unit: 'weeks' }] }, { reminder_0: 'lead_time' }],
    [
      'the same reminder twice',
      {
        reminders: [
          { amount: '1', unit: 'days' },
          { amount: '24', unit: 'hours' },
        ],
      },
      { reminder_1: 'lead_time_twice' },
    ],
    ['a clock of 25 hours', { quietFrom: '25:00' }, { quiet_from: 'clock' }],
    [
      'a default language that is off',
      { languages: ['es'], defaultLanguage: 'en' },
      { default_language: 'languages_default' },
    ],
    ['no language', { languages: [] }, { default_language: 'languages_default' }],
    ['a name that is missing', { nameClinic: true, clinicName: '' }, { clinic_name: 'clinic_name_missing' }],
    ['an age of majority of eleven', { minorsAge: '11' }, { minors_age: 'minors_age' }],
    ['an age that is none', { minorsAge: 'grown' }, { minors_age: 'minors_age' }],
    ['somebody else for minors', { minorsTo: 'school' }, { minors_to: 'minors_to' }],
    ['a price of ten thousand', { segmentPrice: '10000' }, { segment_price: 'price' }],
    ['a price that is none', { segmentPrice: 'cheap' }, { segment_price: 'price' }],
  ])('%s is told at its field', (_words, more, errors) => expect(errorsOf(more)).toEqual(errors))

  test('own words are kept for what they are for; broken ones of a language that is off do not matter', () => {
    const leads = { ...good.leads, en: { ...good.leads.en, booked: ' Booked: {when} – tap ' } }
    const { checked } = checkTexts({ ...good, leads }, context)
    expect(checked?.texts.wording).toEqual({ en: { booked: 'Booked: {when} - tap' } })
    expect(checked?.replaced).toEqual({ lead_en_booked: ['–'] })
    const broken = { ...good.leads, fr: { ...good.leads.fr, booked: 'sans heure' } }
    expect(errorsOf({ leads: broken })).toEqual({ lead_fr_booked: 'wording_when' })
    expect(errorsOf({ leads: broken, languages: ['en', 'es'] })).toEqual({})
  })

  test('a crafted form without any field is refused, and not half taken', () => {
    const { errors, checked } = checkTexts(draftFrom(new URLSearchParams()), context)
    expect(checked).toBeUndefined()
    expect(Object.keys(errors)).toEqual(expect.arrayContaining(['country', 'quiet_from', 'default_language']))
  })
})

test('lead times are said in the largest unit that fits', () => {
  expect(leadTime(1440)).toEqual({ amount: 1, unit: 'days' })
  expect(leadTime(120)).toEqual({ amount: 2, unit: 'hours' })
  expect(leadTime(90)).toEqual({ amount: 90, unit: 'minutes' })
  for (const minutes of [5, 60, 90, 1440, 20_160]) expect(leadMinutes(leadTime(minutes))).toBe(minutes)
  expect(leadWords(1440)).toBe('1 day before')
  expect(leadWords(120)).toBe('2 hours before')
})

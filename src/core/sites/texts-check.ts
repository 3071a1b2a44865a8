import {
  checkLead,
  type LeadKind,
  leadKinds,
  textFrame,
  usualLead,
  type WordingFailure,
} from '../messaging/wording.ts'
import { countryOf, reaches } from '../senders/countries.ts'
import { isOneWay } from '../senders/sender.ts'
import { type LeadUnit, leadMinutes, leadUnits } from './reminder-times.ts'
import type { Language, Leads, Site } from './site.ts'
import { type TextsDraft, textLanguages } from './texts-draft.ts'

/** What is wrong with a field, by the field's name; words in pages/portal/texts/error-words.ts. */
export type TextsErrors = Readonly<Record<string, TextsError>>
export type TextsError =
  | WordingFailure
  | 'sender_not_yours'
  | 'countries_missing'
  | 'countries_unreached'
  | 'lead_time'
  | 'lead_time_twice'
  | 'clock'
  | 'languages_default'
  | 'clinic_name_missing'
  | 'clinic_name_long'
  | 'price'
  | 'minors_to'
  | 'minors_age'

export type CheckedTexts = {
  readonly texts: Site['texts']
  readonly clinicName: string | undefined
  /** Characters that were replaced in a site's own words, by field. */
  readonly replaced: Readonly<Record<string, readonly string[]>>
}

export type CheckContext = {
  readonly site: Pick<Site, 'texts' | 'timeZone' | 'clinicName'>
  /** What the tenant may text from, or has linked already. */
  readonly senders: readonly string[]
  readonly linkUrl: string
}

/** @returns what is wrong, field by field, or a site's texts as they are to be kept. Pure. */
export function checkTexts(
  draft: TextsDraft,
  { site, senders, linkUrl }: CheckContext,
): { readonly errors: TextsErrors; readonly checked: CheckedTexts | undefined } {
  const errors: Record<string, TextsError> = {}
  const sender = draft.sender === '' ? undefined : draft.sender
  if (sender !== undefined && !senders.includes(sender)) errors.sender = 'sender_not_yours'
  const countries = draft.countries.filter((code) => countryOf(code) !== undefined)
  if (countries.length === 0) errors.country = 'countries_missing'
  else if (sender !== undefined && !countries.every((code) => reaches(sender, code)))
    errors.country = 'countries_unreached'
  const reminderMinutes = checkReminders(draft, errors)
  for (const [name, clock] of [
    ['quiet_from', draft.quietFrom],
    ['quiet_to', draft.quietTo],
  ] as const)
    if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(clock)) errors[name] = 'clock'
  const languages = textLanguages.filter((language) => draft.languages.includes(language))
  const defaultLanguage = languages.find((language) => language === draft.defaultLanguage)
  if (defaultLanguage === undefined) errors.default_language = 'languages_default'
  if (draft.nameClinic && draft.clinicName === '') errors.clinic_name = 'clinic_name_missing'
  else if (draft.clinicName.length > 60) errors.clinic_name = 'clinic_name_long'
  const price = draft.segmentPrice === '' ? undefined : Number(draft.segmentPrice.replace(/^\$/, ''))
  if (price !== undefined && !(price >= 0 && price <= 10)) errors.segment_price = 'price'

  const to = (['guardian', 'nobody', 'record'] as const).find((each) => each === draft.minorsTo)
  if (to === undefined) errors.minors_to = 'minors_to'
  const age = /^\d{1,2}$/.test(draft.minorsAge) ? Number(draft.minorsAge) : 0
  if (age < 12 || age > 21) errors.minors_age = 'minors_age'

  const clinicName = draft.clinicName === '' ? undefined : draft.clinicName
  const framed = {
    timeZone: site.timeZone,
    clinicName,
    texts: { ...site.texts, nameClinic: draft.nameClinic },
  }
  const { wording, replaced } = checkWording(draft, framed, linkUrl, errors)
  if (Object.keys(errors).length > 0 || defaultLanguage === undefined || to === undefined)
    return { errors, checked: undefined }
  const { sender: _sender, wording: _wording, segmentPrice: _price, ...kept } = site.texts
  const texts: Site['texts'] = {
    ...kept,
    ...(sender === undefined ? {} : { sender }),
    confirm: draft.confirm,
    reminderMinutes,
    defaultLanguage,
    languages,
    countries,
    quietHours: { from: draft.quietFrom, to: draft.quietTo },
    nameClinic: draft.nameClinic,
    minors: { age, to },
    ...(wording === undefined ? {} : { wording }),
    ...(price === undefined ? {} : { segmentPrice: price }),
  }
  return { errors, checked: { texts, clinicName, replaced } }
}

function checkReminders({ reminders }: TextsDraft, errors: Record<string, TextsError>): number[] {
  const found: number[] = []
  for (const [ordinal, { amount, unit }] of reminders.entries()) {
    if (amount === '') continue
    const known = leadUnits.find((each) => each === unit) as LeadUnit | undefined
    const minutes =
      known && /^\d{1,5}$/.test(amount) ? leadMinutes({ amount: Number(amount), unit: known }) : 0
    if (minutes < 5 || minutes > 20_160) errors[`reminder_${ordinal}`] = 'lead_time'
    else if (found.includes(minutes)) errors[`reminder_${ordinal}`] = 'lead_time_twice'
    else found.push(minutes)
  }
  return found
}

function checkWording(
  draft: TextsDraft,
  site: Parameters<typeof textFrame>[0],
  linkUrl: string,
  errors: Record<string, TextsError>,
) {
  const replaced: Record<string, readonly string[]> = {}
  const wording: Partial<Record<Language, Leads>> = {}
  for (const language of textLanguages) {
    const frame = textFrame(site, language, linkUrl, isOneWay(draft.sender))
    const own: { -readonly [Kind in LeadKind]?: string } = {}
    for (const kind of leadKinds) {
      const field = `lead_${language}_${kind}`
      const checked = checkLead(draft.leads[language][kind], frame)
      if (!checked.ok) {
        // A language that is off keeps its words, whatever they are; nobody is texted by them.
        if (draft.languages.includes(language)) errors[field] = checked.failure.code
        continue
      }
      // The usual words are not kept: should a release mend them, the site has the mended ones.
      if (draft.leads[language][kind].trim() === usualLead(language, kind)) continue
      own[kind] = checked.value.lead
      if (checked.value.replaced.length > 0) replaced[field] = checked.value.replaced
    }
    if (Object.keys(own).length > 0) wording[language] = own
  }
  return { wording: Object.keys(wording).length > 0 ? wording : undefined, replaced }
}

import { type LeadKind, leadKinds, leadOf } from '../messaging/wording.ts'
import { leadTime } from './reminder-times.ts'
import type { Language, Site } from './site.ts'

export const textLanguages: readonly Language[] = ['en', 'es', 'fr']
export const confirmKinds = ['booked', 'moved', 'cancelled', 'not_video'] as const
export const MOST_REMINDERS = 3

/** The texts of a site as a form has them: whatever was typed, until it is checked. */
export type TextsDraft = {
  readonly sender: string
  readonly countries: readonly string[]
  readonly confirm: Readonly<Record<(typeof confirmKinds)[number], boolean>>
  readonly reminders: readonly { readonly amount: string; readonly unit: string }[]
  readonly quietFrom: string
  readonly quietTo: string
  readonly languages: readonly string[]
  readonly defaultLanguage: string
  readonly nameClinic: boolean
  readonly clinicName: string
  readonly segmentPrice: string
  /** Who gets the notices of patients under age, and under which. */
  readonly minorsTo: string
  readonly minorsAge: string
  readonly leads: Readonly<Record<Language, Readonly<Record<LeadKind, string>>>>
}

function perLanguage<T>(of: (language: Language) => T): Record<Language, T> {
  return { en: of('en'), es: of('es'), fr: of('fr') }
}

/** What a site has now, as its form shows it. Pure. */
export function draftOf({ texts, clinicName = '' }: Pick<Site, 'texts' | 'clinicName'>): TextsDraft {
  const reminders = Array.from({ length: MOST_REMINDERS }, (_, ordinal) => {
    const minutes = texts.reminderMinutes[ordinal]
    if (minutes === undefined) return { amount: '', unit: 'hours' }
    const { amount, unit } = leadTime(minutes)
    return { amount: String(amount), unit }
  })
  return {
    sender: texts.sender ?? '',
    countries: texts.countries,
    confirm: texts.confirm,
    reminders,
    quietFrom: texts.quietHours.from,
    quietTo: texts.quietHours.to,
    languages: texts.languages ?? textLanguages,
    defaultLanguage: texts.defaultLanguage,
    nameClinic: texts.nameClinic ?? false,
    clinicName,
    minorsTo: texts.minors?.to ?? 'guardian',
    minorsAge: String(texts.minors?.age ?? 18),
    segmentPrice: texts.segmentPrice === undefined ? '' : String(texts.segmentPrice),
    leads: perLanguage((language) => leadsOf((kind) => leadOf(texts.wording, language, kind))),
  }
}

/** What somebody posted. Fields that a form of ours would have and that are missing are empty. Pure. */
export function draftFrom(fields: URLSearchParams): TextsDraft {
  const text = (name: string) => fields.get(name) ?? ''
  const tick = (name: string) => fields.get(name) === 'yes'
  return {
    sender: text('sender'),
    countries: fields.getAll('country'),
    confirm: {
      booked: tick('confirm_booked'),
      moved: tick('confirm_moved'),
      cancelled: tick('confirm_cancelled'),
      not_video: tick('confirm_not_video'),
    },
    reminders: Array.from({ length: MOST_REMINDERS }, (_, ordinal) => ({
      amount: text(`reminder_${ordinal}`).trim(),
      unit: text(`reminder_unit_${ordinal}`),
    })),
    quietFrom: text('quiet_from').trim(),
    quietTo: text('quiet_to').trim(),
    languages: fields.getAll('language'),
    defaultLanguage: text('default_language'),
    nameClinic: tick('name_clinic'),
    clinicName: text('clinic_name').trim(),
    segmentPrice: text('segment_price').trim(),
    minorsTo: text('minors_to') || 'guardian',
    minorsAge: text('minors_age').trim() || '18',
    leads: perLanguage((language) => leadsOf((kind) => text(`lead_${language}_${kind}`))),
  }
}

function leadsOf(of: (kind: LeadKind) => string): Record<LeadKind, string> {
  return Object.fromEntries(leadKinds.map((kind) => [kind, of(kind)])) as Record<LeadKind, string>
}

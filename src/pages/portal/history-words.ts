/** Kinds of change by their code. */
const WHAT: Readonly<Record<string, string>> = {
  site_added: 'FHIR base URL added',
  site_saved: 'Site changed',
  push_saved: 'Pushes from the EHR changed',
  site_removed: 'FHIR base URL removed',
  site_finished: 'Setup finished',
  answers_saved: 'Prerequisites answered',
  organizers_saved: 'Organizer accounts changed',
  consent_given: 'Permissions consented',
  sms_consents_saved: 'Consents to text messages changed',
  mapping_removed: 'Connection of a clinician undone',
  sms_consents_withdrawn: 'Consents to text messages withdrawn',
  sender_added: 'Sender added',
  sender_saved: 'Sender changed',
  number_ordered: 'New phone number ordered',
  number_not_kept: 'Bought number is used by another organization',
  number_price_accepted: 'Another price accepted',
  texts_on: 'Text messages switched on',
  texts_off: 'Text messages switched off',
  sender_released: 'Number released',
  messages_replayed: 'Failed messages put back',
  appointment_shown: 'Appointment id shown',
  texts_saved: 'Text messages changed',
  report_settings_saved: 'Report settings changed',
}

export function whatLabel(what: string): string {
  return WHAT[what] ?? sentence(what)
}

/** `texts.quietHours.from` as `Texts, quiet hours, from`. */
export function fieldLabel(field: string): string {
  const words = field
    .split(/[.[\]]+/)
    .filter(Boolean)
    .map((part) => part.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase())
  return sentence(words.join(', '))
}

function sentence(text: string): string {
  const words = text.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

import type { CheckId } from './line.ts'

export const groups = ['EHR', 'Microsoft 365', 'Messages', 'This service'] as const
export type Group = (typeof groups)[number]

/** What each line is called, and among which others it stands. */
const TITLES: Readonly<Record<CheckId, readonly [group: Group, title: string]>> = {
  reachable: ['EHR', 'The FHIR server answers'],
  fhir_version: ['EHR', 'It speaks FHIR R4'],
  smart_configuration: ['EHR', 'It describes its sign-in'],
  pkce: ['EHR', 'Sign-ins are protected by PKCE'],
  auth_methods: ['EHR', 'It takes our way of proving who we are'],
  ehr_keys: ['EHR', 'Its signing keys can be read'],
  system_token: ['EHR', 'The system account can sign in'],
  system_scopes: ['EHR', 'The system account has its scopes'],
  appointment_search: ['EHR', 'Appointments can be searched'],
  locations: ['EHR', 'Every location of a department exists'],
  video_visits: ['EHR', 'Video visits are recognised'],
  patient: ['EHR', 'A patient can be read'],
  write_back: ['EHR', 'Links may be written back'],
  graph_consent: ['Microsoft 365', 'Permissions are granted'],
  organizers: ['Microsoft 365', 'Organizer accounts are there and licensed'],
  access_policy: ['Microsoft 365', 'Meetings can be created for every organizer'],
  meeting_room: ['Microsoft 365', 'There are enough organizers'],
  lobby: ['Microsoft 365', 'The lobby can be set'],
  virtual_url: ['Microsoft 365', 'Patients get the link that opens in the browser'],
  roster: ['Microsoft 365', 'Teams tells who waits'],
  clean_up: ['Microsoft 365', 'Test meetings were deleted'],
  sender: ['Messages', 'The sender of texts is ours'],
  email: ['Messages', 'A test e-mail is taken'],
  test_text: ['Messages', 'A test text arrives on your phone'],
  own_keys: ['This service', 'Our public keys can be read from outside'],
}

export function titleOf(id: CheckId): string {
  return TITLES[id][1]
}

export function groupOf(id: CheckId): Group {
  return TITLES[id][0]
}

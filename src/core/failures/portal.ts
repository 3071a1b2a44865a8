import type { FailureWords } from '../smart/failure-words.ts'
import { SUPPORT } from './next-steps.ts'

/** The configuration portal; what is wrong with a field is said beside the field. */
export const portalWords = {
  portal_read_only: {
    status: 403,
    title: 'You may look, not change',
    what: 'Your account may see this configuration but not change it. Nothing was changed.',
    why: 'Changes are for Global Administrators of the organization, and for people who were given the connector’s own role.',
    next: [
      'Ask a Global Administrator to make the change, or to give you the role in Microsoft Entra (enterprise application, users and groups).',
      'If you were given a role a moment ago, sign out and sign in again.',
    ],
  },
  portal_admins_only: {
    status: 403,
    title: 'This page is for administrators',
    what: 'Your account may see the configuration, but not this page.',
    why: 'It shows more than the configuration: times of visits, or who works in the EHR. It is for Global Administrators of the organization, and for people who were given the connector’s own role.',
    next: [
      'Ask a Global Administrator to look for you, or to give you the role in Microsoft Entra (enterprise application, users and groups).',
      'If you were given a role a moment ago, sign out and sign in again.',
    ],
  },
  portal_no_reports: {
    status: 403,
    title: 'The reports are not open to your account',
    what: 'Your account may see the configuration, but not the reports.',
    why: 'Reports are for administrators and for people with the role of a reports reader.',
    next: ['Ask a Global Administrator to give you the role in Microsoft Entra.'],
  },
  export_too_large: {
    status: 422,
    title: 'Too many rows for one file',
    what: 'The view that you wanted to export has more than 100,000 rows. Nothing was exported.',
    why: 'A larger file would take long to make, and many spreadsheets cut it off without a word.',
    next: [
      'Go back, choose a shorter range, one site or one department, and export again.',
      'For all of it, export one month after the other.',
    ],
  },
  config_changed: {
    status: 409,
    title: 'Somebody else changed this meanwhile',
    what: 'What you saved was not taken: another administrator saved a change after you had opened the page.',
    why: 'Taking yours would have undone theirs without anybody noticing.',
    next: [
      'Go back, copy what you typed if you need it, and load the page again.',
      'Look at what is there now (History says who changed it), then make your change again.',
    ],
  },
  consent_declined: {
    status: 403,
    title: 'The permissions were not granted',
    what: 'Consent was cancelled at Microsoft. Nothing was granted, and nothing changed here.',
    why: 'Somebody chose Cancel, or closed the page.',
    next: [
      'Open “Permissions” and read there what each permission is for.',
      'Give consent when you are ready: without the required ones no visit can be opened.',
    ],
  },
  consent_not_administrator: {
    status: 403,
    title: 'Microsoft asks for another administrator',
    what: 'The account that was chosen may not grant permissions for the organization. Nothing was granted.',
    why: 'Application permissions are granted by a Global Administrator or a Privileged Role Administrator.',
    next: [
      'Give consent again and choose the account of such an administrator.',
      'Or ask one of them to sign in here and give it.',
    ],
  },
  consent_tenant_mismatch: {
    status: 409,
    title: 'Consent was given in another organization',
    what: 'The answer from Microsoft is about another organization than the one that you are signed in to here.',
    why: 'An account of another organization was chosen at Microsoft.',
    next: [
      'Open “Permissions” and give consent again, with an account of your own organization.',
      'What was granted in the other organization can be taken back there, in Microsoft Entra under enterprise applications.',
    ],
  },
  consent_refused: {
    status: 502,
    title: 'Microsoft did not take the consent',
    what: 'Microsoft answered with an error instead of a consent. What it said is below, in its own words.',
    why: 'Most often the Entra application of this deployment is not set up as it should be.',
    next: [
      'Give consent again.',
      'Ask whoever runs the deployment to compare the application with docs/deploy.md.',
      SUPPORT,
    ],
  },
  guide_unknown: {
    status: 404,
    title: 'There is no such guide',
    what: 'The portal has no guide under this address.',
    why: 'The link is old, or was typed.',
    next: ['Open “Before you begin”: the guides are linked there.'],
  },
  organizer_unknown: {
    status: 422,
    title: 'There is no such account',
    what: 'Microsoft does not know the account in your organization. Nothing was added.',
    why: 'It was deleted, or it belongs to another organization.',
    next: ['Go back and search for the account again.', SUPPORT],
  },
  organizer_in_use: {
    status: 409,
    title: 'A site still uses this account',
    what: 'The account was not removed, since it organizes the visits of a site.',
    why: 'Visits that are booked have their meetings with it, and a site without any organizer can open none.',
    next: [
      'Open the site under “Configuration information”, choose another organizer there, and save.',
      'Then remove the account here. Meetings that exist already go on working for as long as the account does.',
    ],
  },
  organizers_full: {
    status: 422,
    title: 'There are as many organizers as there can be',
    what: 'The account was not added: an organization has at most 500 organizer accounts here.',
    why: 'That is enough for 900,000 visits in a month.',
    next: ['Remove accounts that are not needed.', SUPPORT],
  },
  site_unknown: {
    status: 404,
    title: 'There is no such FHIR base URL here',
    what: 'Your organization has no site under this address.',
    why: 'It was removed, or the address belongs to another organization.',
    next: ['Open “Configuration information” and choose one from the list.', SUPPORT],
  },
  site_too_large: {
    status: 413,
    title: 'The site has too much in it',
    what: 'What you saved does not fit: a site holds up to 500 departments with 200 locations each. Nothing was changed.',
    why: 'More locations were entered than one FHIR base URL can hold.',
    next: ['Leave out locations that have no video visits.', SUPPORT],
  },
  sms_consents_missing: {
    status: 422,
    title: 'Both consents come first',
    what: 'Nothing was changed: your organization has not given both consents to text messages.',
    why: 'No number is bought or linked and no text is switched on without them, whatever a form says.',
    next: ['Open “SMS notifications”, tick both consents and save them, then do this again.'],
  },
  sender_unknown: {
    status: 404,
    title: 'There is no such number here',
    what: 'Your organization has no number or name like this, and none like it can be attached.',
    why: 'It was released, it belongs to another organization, or the Communication Services resource does not have it.',
    next: ['Open “SMS notifications” and choose one from the list.', SUPPORT],
  },
  sender_linked: {
    status: 409,
    title: 'The number is still linked',
    what: 'The number was not released: a FHIR base URL texts from it.',
    why: 'Its patients would get no more texts, and nobody would see why.',
    next: [
      'Open “SMS notifications”, choose another number (or none) for the FHIR base URL, then release it.',
    ],
  },
} as const satisfies Record<string, FailureWords>

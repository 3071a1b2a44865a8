import type { Failure } from './result.ts'
import { type FailureWords, smartFailureWords } from './smart/failure-words.ts'

const AGAIN = 'Open the video visit from the chart again.'
const SUPPORT = 'If it happens again, give the code and the reference on this page to your support team.'
const ADMIN = 'Ask your Microsoft 365 administrator; the connector’s portal shows what is missing.'

/**
 * The one map from failure codes to what a person reads and what HTTP says. Dull on purpose where detail would help an
 * attacker: the log has the detail, the page has the reference to find it by.
 */
const words = {
  ...smartFailureWords,
  launch_parameters_missing: {
    status: 400,
    title: 'This address is opened by the EHR',
    what: 'The launch came without the two things that an EHR sends along: who it is (iss) and which chart it is (launch).',
    why: 'The address was opened by hand, or the EHR’s link to it is not set up as a SMART launch.',
    next: [
      'Open the video visit from the chart.',
      'EHR team: set this address up as a SMART on FHIR EHR launch.',
    ],
  },
  launch_unknown_issuer: {
    status: 403,
    title: 'This EHR is not set up here',
    what: 'The launch comes from a FHIR server that no organization has set up in this connector.',
    why: 'The FHIR base URL in the portal differs from the one that the EHR uses, or the launch went to the wrong deployment.',
    next: [
      'Administrator: add the FHIR base URL in the portal, exactly as the EHR sends it in “iss”.',
      'EHR team: check that the launch URL is the one of the integration record.',
      SUPPORT,
    ],
  },
  launch_wrong_environment: {
    status: 403,
    title: 'The launch comes from the EHR’s other environment',
    what: 'This EHR is set up here under another address: testing and production are different FHIR servers.',
    why: 'The launch was made in one environment of the EHR and the connector was set up for the other one.',
    next: [
      'Open the video visit in the environment that is set up.',
      'Administrator: add this FHIR base URL too, with its own environment, Testing or Production.',
      SUPPORT,
    ],
  },
  launch_tenant_not_allowed: {
    status: 403,
    title: 'Your organization does not use this deployment',
    what: 'The EHR belongs to an organization that this deployment no longer serves.',
    why: 'The operator’s list of allowed organizations does not name it.',
    next: ['Ask the operator of the deployment (setting ALLOWED_TENANTS).', SUPPORT],
  },
  launch_no_context: {
    status: 404,
    title: 'No appointment came with this launch',
    what: 'The EHR opened the visit without saying for which appointment or patient.',
    why: 'The launch was started outside of a chart.',
    next: ['Open the video visit from the patient’s appointment.', SUPPORT],
  },
  launch_no_appointment: {
    status: 404,
    title: 'No video appointment was found',
    what: 'The EHR has no video appointment of this patient within twelve hours of now.',
    why: 'It was moved, cancelled, or booked as a visit in the clinic.',
    next: ['Check the appointment in the schedule.', AGAIN],
  },
  appointment_not_video: {
    status: 409,
    title: 'This appointment is not by video',
    what: 'In the EHR this is not a video visit, so there is no Teams meeting for it.',
    why: 'It was booked, or changed to, a visit in the clinic.',
    next: ['Change the appointment’s type in the schedule if it should be by video.', AGAIN],
  },
  appointment_cancelled: {
    status: 409,
    title: 'This appointment is cancelled',
    what: 'In the EHR this appointment is cancelled. No meeting is opened for it.',
    why: 'Somebody cancelled it, perhaps a moment ago.',
    next: ['Check the schedule.', 'Book the visit again if it should take place.'],
  },
  appointment_over: {
    status: 409,
    title: 'This appointment is over',
    what: 'In the EHR this visit has taken place or its time has long passed.',
    why: 'The launch was made from an older appointment.',
    next: ['Open the video visit from today’s appointment.'],
  },
  account_unconfirmed: {
    status: 403,
    title: 'Please sign in first',
    what: 'The EHR user is not connected to a Microsoft account yet.',
    why: 'This is asked once, at the first launch, or after the connection was removed.',
    next: [AGAIN],
  },
  session_missing: {
    status: 401,
    title: 'This visit is not open in this browser',
    what: 'The page belongs to a launch that this browser does not hold.',
    why: 'It was opened from history, in another browser, or after the browser was closed.',
    next: [AGAIN],
  },
  session_expired: {
    status: 401,
    title: 'This visit has been open too long',
    what: 'For the patient’s safety a launch ends after four hours.',
    why: 'The chart may be another one by now.',
    next: [AGAIN],
  },
  session_too_large: {
    status: 500,
    title: 'The sign-in data of the EHR is too large',
    what: 'The EHR’s token does not fit into the browser’s cookies.',
    why: 'The EHR put unusually much into its access token.',
    next: [SUPPORT],
  },
  state_invalid: {
    status: 400,
    title: 'The sign-in could not be matched',
    what: 'The answer of the sign-in does not belong to any launch made here.',
    why: 'The address was changed on its way, or it is a very old one.',
    next: [AGAIN, SUPPORT],
  },
  state_expired: {
    status: 400,
    title: 'The sign-in took too long',
    what: 'More than ten minutes passed between the launch and its answer.',
    why: 'The page stood open.',
    next: [AGAIN],
  },
  state_foreign_browser: {
    status: 400,
    title: 'The sign-in began in another browser',
    what: 'The answer arrived in a browser that did not start this launch.',
    why: 'The address was copied, or cookies are blocked.',
    next: [AGAIN, 'Allow cookies for this site.', SUPPORT],
  },
  state_replayed: {
    status: 400,
    title: 'This sign-in was used already',
    what: 'Each launch can be answered once.',
    why: 'The page was loaded again or opened from history.',
    next: [AGAIN],
  },
  signin_unavailable: {
    status: 503,
    title: 'Microsoft’s sign-in does not answer',
    what: 'The sign-in service could not be reached.',
    why: 'It is out of order for now, or the network to it is.',
    next: ['Wait a minute.', AGAIN],
  },
  signin_refused: {
    status: 403,
    title: 'Microsoft did not sign you in',
    what: 'The sign-in was cancelled or refused.',
    why: 'See what Microsoft said.',
    next: [AGAIN, ADMIN],
  },
  signin_invalid: {
    status: 502,
    title: 'The sign-in could not be verified',
    what: 'The answer of Microsoft’s sign-in did not pass our checks.',
    why: 'It was changed on its way, or belongs to another launch.',
    next: [AGAIN, SUPPORT],
  },
  signin_foreign_tenant: {
    status: 403,
    title: 'This account is of another organization',
    what: 'You signed in with an account that does not belong to the organization of this EHR.',
    why: 'The browser was signed in to another organization.',
    next: [AGAIN, 'Choose your account of the organization that uses this EHR.'],
  },
  signin_tenant_not_allowed: {
    status: 403,
    title: 'Your organization does not use this deployment',
    what: 'You signed in with an account of an organization that this deployment does not serve.',
    why: 'The operator’s list of allowed organizations does not name it.',
    next: ['Ask the operator of the deployment (setting ALLOWED_TENANTS).'],
  },
  form_foreign: {
    status: 403,
    title: 'The form could not be taken',
    what: 'The form did not come from a page that we gave to this browser.',
    why: 'The page was open for very long, or another site tried to send it.',
    next: ['Go back, load the page again and repeat what you did.'],
  },
  link_unknown: {
    status: 404,
    title: 'This link leads nowhere',
    what: 'The link is incomplete, or its visit was long ago.',
    why: 'Links end seven days after the visit.',
    next: ['Open the link in the text message once more.', 'Call your clinic.'],
  },
  visit_not_open: {
    status: 409,
    title: 'The visit cannot be joined now',
    what: 'The visit is not open at this moment.',
    why: 'It is too early, it changed, or it is over.',
    next: ['Go back: the page says what the visit is now.'],
  },
  ehr_token_expired: {
    status: 401,
    title: 'The EHR’s permission has run out',
    what: 'The EHR gives access for some minutes only.',
    why: 'The page was open longer than that.',
    next: [AGAIN],
  },
  ehr_scope_missing: {
    status: 403,
    title: 'The EHR does not let us read this',
    what: 'The EHR refused to show the appointment.',
    why: 'A permission (scope) is missing in the registration, or your EHR account may not see it.',
    next: ['EHR team: compare the registered scopes with the integration record.', SUPPORT],
  },
  ehr_not_found: {
    status: 404,
    title: 'The EHR no longer has this',
    what: 'The appointment was not found in the EHR.',
    why: 'It was deleted or merged.',
    next: ['Check the schedule.', AGAIN],
  },
  ehr_refused: {
    status: 502,
    title: 'The EHR refused the request',
    what: 'The EHR did not accept how we asked.',
    why: 'Its FHIR server may work differently from what this connector knows.',
    next: [AGAIN, SUPPORT],
  },
  ehr_throttled: {
    status: 503,
    title: 'The EHR asks us to slow down',
    what: 'The EHR gets too many requests at this moment.',
    why: 'It is busy.',
    next: ['Wait half a minute.', AGAIN],
  },
  ehr_unavailable: {
    status: 503,
    title: 'The EHR does not answer',
    what: 'The EHR reported that it is out of order.',
    why: 'It is being serviced or has a fault.',
    next: ['Wait a minute.', AGAIN, 'If it goes on, tell your EHR support.'],
  },
  ehr_unreachable: {
    status: 504,
    title: 'The EHR cannot be reached',
    what: 'No answer came from the EHR in time.',
    why: 'The network to it is interrupted, or it is very slow.',
    next: ['Wait a minute.', AGAIN, SUPPORT],
  },
  ehr_answer_invalid: {
    status: 502,
    title: 'The EHR’s answer could not be read',
    what: 'The EHR answered with something other than an appointment.',
    why: 'The record may be damaged or of a kind that this connector does not know.',
    next: [AGAIN, SUPPORT],
  },
  ehr_foreign_link: {
    status: 502,
    title: 'The EHR pointed somewhere else',
    what: 'The EHR’s answer led to another server, where its permission must not go.',
    why: 'Its FHIR server is set up with a different address.',
    next: ['EHR team: the links in search results must start with the FHIR base URL.', SUPPORT],
  },
  graph_unavailable: {
    status: 503,
    title: 'Teams does not answer',
    what: 'The meeting could not be opened because Microsoft’s service did not answer.',
    why: 'It is out of order for now, or the network to it is.',
    next: ['Wait a minute and try again.', SUPPORT],
  },
  graph_throttled: {
    status: 503,
    title: 'Teams asks us to slow down',
    what: 'The meeting could not be opened at this moment.',
    why: 'Microsoft’s service gets too many requests, or an organizer account has used up its meetings of the month.',
    next: ['Wait half a minute and try again.', ADMIN],
  },
  graph_permission_missing: {
    status: 403,
    title: 'The connector may not create meetings',
    what: 'Microsoft refused because a permission is missing.',
    why: 'An administrator has not consented to the connector’s permissions, or has withdrawn it.',
    next: [ADMIN],
  },
  graph_access_policy_missing: {
    status: 403,
    title: 'The organizer account is not released',
    what: 'Teams does not let the connector create meetings for the organizer account.',
    why: 'The Teams application access policy is not granted to it, or was less than 30 minutes ago.',
    next: ['Wait 30 minutes if it was just set up.', ADMIN],
  },
  graph_not_found: {
    status: 404,
    title: 'The organizer account or the meeting is gone',
    what: 'Microsoft does not know the account or the meeting any more.',
    why: 'It was deleted.',
    next: [ADMIN],
  },
  graph_refused: {
    status: 502,
    title: 'Teams refused the request',
    what: 'The meeting could not be opened.',
    why: 'Microsoft did not accept how we asked.',
    next: ['Try again.', SUPPORT],
  },
  meeting_no_organizer: {
    status: 409,
    title: 'No organizer account is set up',
    what: 'Meetings need an account of your organization that organizes them.',
    why: 'The setup of this EHR names none.',
    next: [ADMIN],
  },
  meeting_url_foreign: {
    status: 502,
    title: 'The meeting’s address is not one of Teams',
    what: 'For safety nobody is sent to an address outside of Teams.',
    why: 'The setting TEAMS_ORIGINS does not list it.',
    next: ['Ask the operator of the deployment.', SUPPORT],
  },
  not_found: {
    status: 404,
    title: 'There is no such page',
    what: 'This address leads nowhere.',
    why: 'It is incomplete or mistyped.',
    next: ['Go back to where you came from.'],
  },
  unexpected: {
    status: 500,
    title: 'Something went wrong on our side',
    what: 'An error happened that should not have.',
    why: 'The details are in the log under the reference on this page.',
    next: ['Try again.', SUPPORT],
  },
} as const satisfies Record<string, FailureWords>

export type FailureCode = keyof typeof words

/** The words of a failure; one that is not in the map is a defect and reads as `unexpected`. */
export function wordsOf(failure: Pick<Failure, 'code'>): FailureWords {
  return Object.hasOwn(words, failure.code) ? words[failure.code as FailureCode] : words.unexpected
}

export const failureCodes = Object.keys(words) as FailureCode[]

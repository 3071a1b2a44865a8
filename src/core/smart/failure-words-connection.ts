import type { FailureWords } from './failure-words.ts'
import type { SmartFailureCode } from './failures.ts'

const ADMINISTRATOR = 'Give the code on this page to your administrator.'
const LATER = 'Wait a minute, then open the video visit from the chart again.'

/** Failures of the connection between this service and the EHR: an administrator or the EHR team mends them. */
export const connectionWords = {
  smart_discovery_unreachable: {
    status: 502,
    title: 'The EHR cannot be reached',
    what: 'The EHR did not answer when it was asked how to sign in.',
    why: 'The EHR or the network between is out of order.',
    next: [LATER, 'If it goes on, tell your EHR support.'],
  },
  smart_discovery_invalid: {
    status: 502,
    title: 'The EHR describes its sign-in incompletely',
    what: 'The configuration that the EHR publishes lacks something that is needed, or names an unsafe address.',
    why: 'The FHIR base URL of the site is not quite right, or the EHR is set up incompletely.',
    next: [ADMINISTRATOR, 'The connection doctor of the portal names the field.'],
  },
  smart_pkce_missing: {
    status: 502,
    title: 'The sign-in of the EHR is not protected enough',
    what: 'The EHR does not offer PKCE with S256, so no sign-in was started.',
    why: 'Without it a stolen sign-in could be used by somebody else. SMART App Launch 2 requires it.',
    next: [ADMINISTRATOR, 'The EHR team can switch PKCE on.'],
  },
  smart_authorize_invalid: {
    status: 502,
    title: 'The EHR did not understand the sign-in request',
    what: 'The EHR refused the request before anybody could sign in.',
    why: 'The registration at the EHR and the record of the site differ, often in the redirect address.',
    next: [ADMINISTRATOR, 'Compare the integration record with the registration, character by character.'],
  },
  smart_scope_refused: {
    status: 502,
    title: 'The EHR refuses one of the permissions',
    what: 'The EHR does not grant a permission (scope) that was asked for.',
    why: 'The registration at the EHR has fewer scopes than the record of the site.',
    next: [ADMINISTRATOR, 'Add the scopes of the integration record to the registration.'],
  },
  smart_scope_missing: {
    status: 502,
    title: 'The EHR granted too little',
    what: 'The sign-in succeeded, but permissions that the visit needs were left out.',
    why: 'The registration at the EHR lacks them, or your EHR account has no right to them.',
    next: [ADMINISTRATOR, 'The missing permissions are named on this page.'],
  },
  smart_client_rejected: {
    status: 502,
    title: 'The EHR does not accept this application',
    what: 'The EHR does not know the application, or not its key or secret.',
    why: 'The client id, the key or the secret at the EHR is missing, old or mistyped.',
    next: [ADMINISTRATOR, 'Check the client id and the address of the public keys at the EHR.'],
  },
  smart_client_key_invalid: {
    status: 500,
    title: 'The signing key of this service cannot be used',
    what: 'No proof could be made for the EHR with the configured key.',
    why: 'The key does not fit the algorithm that the site asks for.',
    next: [ADMINISTRATOR],
  },
  smart_token_unreachable: {
    status: 502,
    title: 'The EHR stopped answering during the sign-in',
    what: 'The last step of the sign-in got no answer from the EHR.',
    why: 'The EHR or the network between is out of order.',
    next: [LATER, 'If it goes on, tell your EHR support.'],
  },
  smart_token_refused: {
    status: 502,
    title: 'The EHR refused the last step of the sign-in',
    what: 'The EHR did not hand out access.',
    why: 'The registration at the EHR and the record of the site differ.',
    next: [LATER, ADMINISTRATOR],
  },
  smart_token_invalid: {
    status: 502,
    title: 'The answer of the EHR cannot be read',
    what: 'The EHR answered the last step of the sign-in in a form that is not understood.',
    why: 'The EHR or something between it and this service is set up wrongly.',
    next: [LATER, ADMINISTRATOR],
  },
  smart_keys_unreachable: {
    status: 502,
    title: 'The keys of the EHR cannot be read',
    what: 'Your identity could not be checked, because the keys of the EHR did not load. Nobody was signed in.',
    why: 'The EHR or the network between is out of order.',
    next: [LATER, 'If it goes on, tell your EHR support.'],
  },
  smart_key_unknown: {
    status: 502,
    title: 'Your identity is signed with an unknown key',
    what: 'The EHR does not publish the key that your identity is signed with. Nobody was signed in.',
    why: 'The EHR changed its keys moments ago, or publishes them incompletely.',
    next: [LATER, ADMINISTRATOR],
  },
  smart_system_account_missing: {
    status: 409,
    title: 'The site has no system account',
    what: 'Appointments cannot be read while nobody is signed in, so no texts are sent.',
    why: 'No system account is set up for the site, or it has neither key nor secret.',
    next: ['Add the system account of the EHR in the portal.'],
  },
  smart_system_scope_forbidden: {
    status: 409,
    title: 'The system account asks for the wrong permissions',
    what: 'The scopes of the system account contain online_access or offline_access.',
    why: 'These belong to a person who signs in; a system account may not ask for them.',
    next: ['Remove them from the scopes of the system account in the portal.'],
  },
} as const satisfies Partial<Record<SmartFailureCode, FailureWords>>

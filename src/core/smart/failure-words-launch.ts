import type { FailureWords } from './failure-words.ts'
import type { SmartFailureCode } from './failures.ts'

const AGAIN = 'Close this page and open the video visit from the chart again.'
const SUPPORT = 'If it happens again, give the code on this page to your support team.'

/** Failures of one launch: opening the visit again is the first thing to try. */
export const launchWords = {
  smart_callback_invalid: {
    status: 400,
    title: 'The answer of the EHR is incomplete',
    what: 'The sign-in came back from the EHR without what is needed to go on.',
    why: 'The page was opened from a bookmark or from history, or the address was changed on its way.',
    next: [AGAIN, SUPPORT],
  },
  smart_authorize_refused: {
    status: 403,
    title: 'The EHR did not allow the sign-in',
    what: 'The EHR was asked who you are and answered no.',
    why: 'The sign-in was cancelled, or your EHR account may not use this application.',
    next: [AGAIN, 'Ask your EHR support whether your account may open video visits.', SUPPORT],
  },
  smart_authorize_unavailable: {
    status: 503,
    title: 'The sign-in of the EHR is out of order',
    what: 'The EHR reported an error of its own during the sign-in.',
    why: 'The EHR is being serviced or has a fault.',
    next: ['Wait a minute.', AGAIN, 'If it goes on, tell your EHR support.'],
  },
  smart_code_expired: {
    status: 400,
    title: 'This sign-in took too long',
    what: 'The EHR no longer accepts this sign-in.',
    why: 'More than a minute or two passed, or the page was loaded twice. Each sign-in counts once.',
    next: [AGAIN, SUPPORT],
  },
  smart_throttled: {
    status: 503,
    title: 'The EHR asks us to slow down',
    what: 'The EHR takes no more requests for the moment.',
    why: 'Many requests reached it at the same time.',
    next: ['Wait a minute.', AGAIN],
  },
  smart_id_token_missing: {
    status: 502,
    title: 'The EHR did not say who you are',
    what: 'The sign-in succeeded, but the EHR sent no proof of your identity.',
    why: 'The scopes openid and fhirUser are not granted to this application.',
    next: [AGAIN, 'Ask the EHR team to grant openid and fhirUser.', SUPPORT],
  },
  smart_id_token_invalid: {
    status: 502,
    title: 'The proof of your identity cannot be trusted',
    what: 'The EHR sent a proof of identity that did not pass its checks. Nobody was signed in.',
    why: 'It is out of date, meant for another application, or was changed on its way.',
    next: [AGAIN, SUPPORT],
  },
  smart_nonce_mismatch: {
    status: 400,
    title: 'This answer belongs to another sign-in',
    what: 'The proof of identity was made for a different launch. Nobody was signed in.',
    why: 'Two sign-ins were mixed up, or an old one was used again.',
    next: [AGAIN, SUPPORT],
  },
  smart_issuer_mismatch: {
    status: 502,
    title: 'The answer comes from an unexpected server',
    what: 'Another server than the one of your EHR answered. Nobody was signed in.',
    why: 'The EHR names an issuer that the site does not list, or somebody interfered with the sign-in.',
    next: [AGAIN, 'Ask your administrator to check the allowed issuers of the site.', SUPPORT],
  },
  smart_fhir_user_foreign: {
    status: 502,
    title: 'Your EHR account belongs to another system',
    what: 'The EHR named a user of another FHIR server. Nobody was signed in.',
    why: 'The FHIR base URL of the site differs from the one that the EHR uses for its users.',
    next: ['Ask your administrator to compare the FHIR base URL of the site with the EHR.', SUPPORT],
  },
} as const satisfies Partial<Record<SmartFailureCode, FailureWords>>

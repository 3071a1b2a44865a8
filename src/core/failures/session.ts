import type { FailureWords } from '../smart/failure-words.ts'
import { AGAIN, SUPPORT } from './next-steps.ts'

/** The session of a launch, the state that travels through a sign-in, and the forms of our pages. */
export const sessionWords = {
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
  form_foreign: {
    status: 403,
    title: 'The form could not be taken',
    what: 'The form did not come from a page that we gave to this browser.',
    why: 'The page was open for very long, or another site tried to send it.',
    next: ['Go back, load the page again and repeat what you did.'],
  },
  form_too_large: {
    status: 413,
    title: 'The form is too large',
    what: 'More was sent than any of our forms holds. Nothing was taken.',
    why: 'Something other than our page sent the form.',
    next: ['Go back, load the page again and repeat what you did.', SUPPORT],
  },
} as const satisfies Record<string, FailureWords>

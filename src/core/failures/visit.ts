import type { FailureWords } from '../smart/failure-words.ts'
import { SUPPORT } from './next-steps.ts'

/** A patient’s link, and what fits nowhere else. */
export const visitWords = {
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
  visit_erased: {
    status: 404,
    title: 'The appointment id is no longer kept',
    what: 'What leads from this message to the appointment was erased, or the visit is not one of your organization.',
    why: 'It is kept until a few days after the visit.',
    next: ['Look at the list again: it shows what is still to come.'],
  },
  unexpected: {
    status: 500,
    title: 'Something went wrong on our side',
    what: 'An error happened that should not have.',
    why: 'The details are in the log under the reference on this page.',
    next: ['Try again.', SUPPORT],
  },
} as const satisfies Record<string, FailureWords>

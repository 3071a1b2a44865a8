import type { FailureWords } from '../smart/failure-words.ts'
import { ADMIN, AGAIN, SUPPORT } from './next-steps.ts'

/** Signing in with Microsoft. */
export const signInWords = {
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
} as const satisfies Record<string, FailureWords>

import type { FailureWords } from '../smart/failure-words.ts'
import { ADMIN, SUPPORT } from './next-steps.ts'

/** Opening the Teams meeting of a visit. */
export const meetingWords = {
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
} as const satisfies Record<string, FailureWords>

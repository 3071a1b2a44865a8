import type { FailureWords } from '../smart/failure-words.ts'
import { AGAIN, SUPPORT } from './next-steps.ts'

/** Reading from the EHR while a visit is open. */
export const ehrWords = {
  ehr_token_expired: {
    status: 401,
    title: 'The EHR’s permission has run out',
    what: 'The EHR no longer gives this launch access.',
    why: 'It gives access for some minutes only, and may end it earlier.',
    next: [AGAIN],
  },
  launch_taken_back: {
    status: 401,
    title: 'The EHR took its permission back',
    what: 'The EHR ended the access that it gave this launch.',
    why: 'It ended your session there, or refused to renew its permission.',
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
  ehr_conflict: {
    status: 409,
    title: 'The appointment changed meanwhile',
    what: 'The EHR did not take what we wrote, because the appointment changed since we read it.',
    why: 'Somebody works on the same appointment.',
    next: [AGAIN],
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
} as const satisfies Record<string, FailureWords>

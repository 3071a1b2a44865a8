import type { Refusal } from '../contracts.ts'
import { CALL_RECORDS } from './refusals/call-records.ts'
import { CALLS } from './refusals/calls.ts'
import { MEETINGS } from './refusals/meetings.ts'
import { SUBSCRIPTIONS } from './refusals/subscriptions.ts'

/** Every refusal of the Graph stand-in; a test provokes each by a raw request. `body` is `error.code`. */
export const REFUSALS: readonly Refusal[] = [...CALLS, ...CALL_RECORDS, ...MEETINGS, ...SUBSCRIPTIONS]

import { AGAIN } from '../core/failures/next-steps.ts'
import { mayPass, wordsOf } from '../core/failures.ts'
import type { Failure } from '../core/result.ts'
import type { UnreadModel } from '../pages/appointment.tsx'
import type { OpenedVisit } from './open-call.ts'

/** What the page says that it cannot know, for each source that did not answer. */
export function unreadModels({ appointment, unread, account }: OpenedVisit): UnreadModel[] {
  const model = (what: UnreadModel['what'], failure: Failure): UnreadModel => ({
    what,
    title: wordsOf(failure).title,
    code: failure.code,
    again: mayPass(failure),
    chart: !mayPass(failure) || wordsOf(failure).next.includes(AGAIN),
  })
  return [
    ...(unread ? [model(appointment ? 'patient' : 'appointment', unread)] : []),
    ...(account.unread ? [model('account', account.unread)] : []),
  ]
}

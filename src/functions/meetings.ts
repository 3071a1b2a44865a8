import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { queueAllMeetings } from '../core/meetings/queue-meetings.ts'
import { work } from './work.ts'

/** Meetings near their time are watched, lost subscriptions found, and meetings that are over deleted. */
functions.timer('meetingTimer', {
  schedule: '%MEETING_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      const { thrown, ...queued } = await queueAllMeetings(app)
      log('meetings_looked_after', queued)
      if (thrown.length > 0) throw thrown[0]
    }),
})

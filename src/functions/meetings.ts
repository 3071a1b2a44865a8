import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { findMeetings } from '../core/meetings/find-meetings.ts'
import { inParallel } from '../core/messaging/in-parallel.ts'
import { work } from './work.ts'

/** Meetings near their time are watched, lost subscriptions found, and meetings that are over deleted. */
functions.timer('meetingTimer', {
  schedule: '%MEETING_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      // Where Graph tells nothing, there is nothing to watch; meetings are deleted all the same.
      const watches = app.settings.GRAPH_NOTIFICATION_CERTIFICATE !== undefined
      const { roster, writeback } = await findMeetings(app)
      const wanted = roster.filter(({ kind }) => watches || kind === 'close')
      await inParallel(wanted, 16, (message) => app.store.queues.roster.send(message))
      await inParallel(writeback, 16, (message) => app.store.queues.writeback.send(message))
      const count = (kind: string) => wanted.filter((message) => message.kind === kind).length
      log('meetings_looked_after', {
        watch: count('watch'),
        close: count('close'),
        writeback: writeback.length,
      })
    }),
})

import { app as functions, type InvocationContext } from '@azure/functions'
import { readMessage, siteOfMessage, work } from './work.ts'

/** Runs the connection doctor, one check after the other; each line is kept as soon as it is known. */
functions.storageQueue('doctor', {
  queueName: 'doctor',
  connection: 'AzureWebJobsStorage',
  handler: (received: unknown, context: InvocationContext) =>
    work(context, async (given) => {
      const message = readMessage(given, 'doctor', received)
      const site = await siteOfMessage(given, 'doctor', message)
      if (!site) return
      const { workDoctor } = await import('../core/doctor/work-doctor.ts')
      const lines = await workDoctor(given.app, site, message)
      for (const { id, state, code } of lines)
        given.log('doctor_line', { site: site.siteId, check: id, state, code })
    }),
})

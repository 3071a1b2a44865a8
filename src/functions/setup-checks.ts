import { app as functions, type InvocationContext } from '@azure/functions'
import { checkRound } from '../core/setup/check-round.ts'
import { roundPorts } from './setup-ports.ts'
import { readMessage, work } from './work.ts'

/** The next look at organizers whose access policy is not in effect yet; nobody's browser has to stay open for it. */
functions.storageQueue('setupChecks', {
  queueName: 'setupchecks',
  connection: 'AzureWebJobsStorage',
  handler: (message: unknown, context: InvocationContext) =>
    work(context, async (given) => {
      const read = readMessage(given, 'setupchecks', message)
      const allowed = given.app.settings.ALLOWED_TENANTS.includes(read.tenantId)
      if (allowed) await checkRound(roundPorts(given.app), read)
      else given.log('message_dropped', { queue: 'setupchecks', code: 'tenant_not_allowed' })
    }),
})

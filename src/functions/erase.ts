import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { resealSecrets } from '../core/sites/reseal.ts'
import { eraseOld } from '../core/visits/erase.ts'
import { work } from './work.ts'

functions.timer('eraseTimer', {
  schedule: '%ERASE_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      log('client_secrets_resealed', await resealSecrets(app))
      log('erased', await eraseOld(app))
    }),
})

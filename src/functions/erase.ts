import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { work } from './work.ts'

functions.timer('eraseTimer', {
  schedule: '%ERASE_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => {
      const [{ resealSecrets }, { eraseOld }] = await Promise.all([
        import('../core/sites/reseal.ts'),
        import('../core/visits/erase.ts'),
      ])
      log('client_secrets_resealed', await resealSecrets(app))
      log('erased', await eraseOld(app))
    }),
})

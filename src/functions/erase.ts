import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { eraseOld } from '../core/visits/erase.ts'
import { work } from './work.ts'

functions.timer('eraseTimer', {
  schedule: '%ERASE_SCHEDULE%',
  handler: (_timer: Timer, context: InvocationContext) =>
    work(context, async ({ app, log }) => log('erased', await eraseOld(app))),
})

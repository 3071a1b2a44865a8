import { app as functions, type InvocationContext, type Timer } from '@azure/functions'
import { jsonLog } from '../core/log.ts'
import { eraseOld } from '../core/visits/erase.ts'
import { app } from './runtime.ts'

functions.timer('eraseTimer', {
  schedule: '%ERASE_SCHEDULE%',
  async handler(_timer: Timer, context: InvocationContext): Promise<void> {
    const erased = await eraseOld(await app())
    jsonLog((line) => context.log(line))('erased', erased)
  },
})

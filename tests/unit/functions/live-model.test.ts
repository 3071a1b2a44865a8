import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readHostJson } from '../../../sandbox/host/host-json.ts'
import { LOOK_SECONDS } from '../../../src/functions/live-model.ts'

/** Decrypting, writing a row, and reading it again. */
const WORK_MS = 500

test('from the webhook to the page it is three seconds at most: the wait in the queue, the work, the wait for a look', () => {
  const { queues } = readHostJson(fileURLToPath(new URL('../../..', import.meta.url))).extensions
  expect(queues.maxPollingInterval + WORK_MS + LOOK_SECONDS * 1_000).toBeLessThanOrEqual(3_000)
})

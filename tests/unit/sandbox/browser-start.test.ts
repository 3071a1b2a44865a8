import type { Browser } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { startBrowser } from '../../../sandbox/browser.ts'

const crash = new Error('browserType.launch: closed\n - <process did exit: exitCode=null, signal=SIGSEGV>')

function launches(...outcomes: (Error | Browser)[]) {
  const left = [...outcomes]
  return {
    left,
    launch: async (): Promise<Browser> => {
      const next = left.shift()
      if (next === undefined) throw new Error('launched more often than expected')
      if (next instanceof Error) throw next
      return next
    },
  }
}

describe('the start of the browser', () => {
  const browser = {} as Browser

  test('is tried again after a crash of the browser itself', async () => {
    const { launch } = launches(crash, crash, browser)
    expect(await startBrowser(launch)).toBe(browser)
  })

  test('that crashes each time fails with what the browser said', async () => {
    const { launch, left } = launches(crash, crash, crash)
    await expect(startBrowser(launch)).rejects.toBe(crash)
    expect(left).toEqual([])
  })

  test('is not tried again where there is no browser', async () => {
    const missing = new Error("browserType.launch: Executable doesn't exist")
    const { launch } = launches(missing, browser)
    await expect(startBrowser(launch)).rejects.toBe(missing)
  })
})

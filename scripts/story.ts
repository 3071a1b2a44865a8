import { launchBrowser } from '../sandbox/browser.ts'
import { startStorySandbox } from '../sandbox/story/stage.ts'
import { playStory } from '../sandbox/story/story.ts'
import { buildApp } from './build.ts'

await buildApp()
const sandbox = await startStorySandbox()
const browser = await launchBrowser()
let failed = false
try {
  await playStory(sandbox, browser, ({ step, ok, evidence }) => {
    process.stdout.write(`${ok ? '✓' : '✗'} ${step.padEnd(26)} ${evidence}\n`)
  })
} catch (error) {
  failed = true
  process.stderr.write(`The story failed at ${error instanceof Error ? error.message : String(error)}\n`)
  const noise = /Execut(ed|ing) .Functions.sweep|"event":"swept"/
  for (const line of sandbox.host
    .logs()
    .filter((one) => !noise.test(one))
    .slice(-20))
    process.stderr.write(`${line}\n`)
} finally {
  await browser.close()
  await sandbox.close()
}
process.exit(failed ? 1 : 0)

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A folder that the functions host can start from; the bundle is still to be built into `dist`. */
export type AppFolder = {
  readonly root: string
  readonly dist: string
  remove(): Promise<void>
}

/** Empty queues are polled ten times a second, so that a test does not wait for what the real host saves. */
const POLLING = '00:00:00.100'

/** Makes an app's folder in the machine's temporary one: host.json and package.json like the project's own. */
export async function makeAppFolder(): Promise<AppFolder> {
  const root = await mkdtemp(join(tmpdir(), 'app-'))
  const own = fileURLToPath(new URL('../../../host.json', import.meta.url))
  const hostJson = JSON.parse(await readFile(own, 'utf8')) as { extensions: { queues: object } }
  Object.assign(hostJson.extensions.queues, { maxPollingInterval: POLLING })
  await writeFile(join(root, 'host.json'), JSON.stringify(hostJson))
  await writeFile(join(root, 'package.json'), JSON.stringify({ type: 'module', main: 'dist/functions.mjs' }))
  return { root, dist: join(root, 'dist'), remove: () => rm(root, { recursive: true, force: true }) }
}

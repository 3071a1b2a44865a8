import type { Sandbox, SandboxOptions } from '../../../sandbox/sandbox.ts'
import { startStorySandbox } from '../../../sandbox/story/stage.ts'
import { buildApp } from '../../../scripts/build.ts'
import { Browser, field, type Page } from '../bad-input/browser.ts'
import { makeAppFolder } from '../support/app-folder.ts'

/** A sandbox whose portal is looked at, with a sign-in that needs no window. */
export type PortalWorld = {
  readonly sandbox: Sandbox
  /** Signs an account in through the sandbox's Entra and opens a page of the portal. */
  signIn(account: string, path?: string, browser?: Browser): Promise<SignedIn>
  close(): Promise<void>
}

export type SignedIn = { readonly browser: Browser; readonly page: Page; readonly csrf: string }

export async function startPortalWorld(options: Partial<SandboxOptions> = {}): Promise<PortalWorld> {
  const folder = await makeAppFolder()
  await buildApp(folder.dist)
  const sandbox = await startStorySandbox({ appRoot: folder.root, ...options })
  const { appUrl } = sandbox
  return {
    sandbox,
    async signIn(account, path = '/portal/history', browser = new Browser()) {
      const picker = await browser.get(`${appUrl}${path}`)
      const page = await browser.post(picker.url, { account })
      return { browser, page, csrf: page.status === 200 ? field(page, 'csrf') : '' }
    },
    async close() {
      await sandbox.close()
      await folder.remove()
    },
  }
}

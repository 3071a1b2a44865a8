import type { App } from '../core/app.ts'
import type { Ehr } from '../core/ehr/ehr.ts'
import type { Cookie } from '../core/http/cookies.ts'
import { type LaunchSession, takenBack, withRefused, writeSession } from '../core/launches/session.ts'
import type { Log } from '../core/log.ts'
import type { Result } from '../core/result.ts'
import type { Site } from '../core/sites/site.ts'
import { launchPorts } from './launch-ports.ts'

export type LaunchEhr = {
  /** The one way of a launch to the EHR. Its token is renewed first where that is all but over. */
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  /** Keep what became of the launch's token; none where it is as it was. Waits for a renewal that is under way. */
  readonly kept: () => Promise<Cookie[]>
}

/**
 * The EHR as one request of a launch may read it. Where the EHR refuses the launch's token before its time, or refuses to
 * renew it, that is kept with the launch: no later request reads in another way what was taken back. A token that was
 * refused is tried again while it should live, since a refusal may be a trouble that passes.
 */
export function launchEhr(app: App, session: LaunchSession, log: Log): LaunchEhr {
  let present = session
  let renewal: Promise<void> | undefined

  function answered(refused: boolean): void {
    if (present.revoked || Boolean(present.refused) === refused) return
    if (refused) log('launch_taken_back', { site: session.siteId, at: 'read' })
    present = withRefused(present, refused)
  }

  async function renew(): Promise<void> {
    if (present.revoked || present.refreshToken === undefined) return
    const { isRefusal, refreshedSession } = await import('../core/launches/refresh-session.ts')
    const fresh = await refreshedSession(launchPorts(app, '/launch/callback'), present)
    if (fresh.ok) {
      present = fresh.value
      return
    }
    log('launch_not_renewed', { code: fresh.failure.code, detail: fresh.failure.detail })
    if (!isRefusal(fresh.failure)) return
    log('launch_taken_back', { site: session.siteId, at: 'renewal' })
    present = takenBack(present)
  }

  return {
    async ehr(site) {
      renewal ??= renew()
      await renewal
      return app.launchEhr(site, present, answered)
    },
    async kept() {
      // Where the page did not wait for it: an EHR may have ended the old refresh token with the new one.
      await renewal?.catch(() => {})
      if (present === session) return []
      const until = session.until === undefined ? undefined : new Date(session.until)
      const written = writeSession(app.keys.session, present, app.now(), until)
      if (!written.ok) log('launch_not_kept', { site: session.siteId, code: written.failure.code })
      return written.ok ? written.value : []
    },
  }
}

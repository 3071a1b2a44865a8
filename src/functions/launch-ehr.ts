import type { App } from '../core/app.ts'
import type { Ehr } from '../core/ehr/ehr.ts'
import type { Cookie } from '../core/http/cookies.ts'
import { type LaunchSession, takenBack, writeSession } from '../core/launches/session.ts'
import type { Log } from '../core/log.ts'
import type { Result } from '../core/result.ts'
import type { Site } from '../core/sites/site.ts'
import { launchPorts } from './launch-ports.ts'

export type LaunchEhr = {
  /** The one way of a launch to the EHR. Its token is renewed first where that is all but over. */
  readonly ehr: (site: Site) => Promise<Result<Ehr, string>>
  /** Keep what became of the launch's token; none where it is as it was. */
  readonly kept: () => Cookie[]
}

/**
 * The EHR as one request of a launch may read it. Where the EHR refuses the launch's token before its time, or refuses to
 * renew it, that is kept with the launch: no later request reads in another way what was taken back.
 */
export function launchEhr(app: App, session: LaunchSession, log: Log): LaunchEhr {
  let present = session
  let renewal: Promise<void> | undefined

  function takeBack(at: 'read' | 'renewal'): void {
    if (!present.revoked) log('launch_taken_back', { site: session.siteId, at })
    present = takenBack(present)
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
    if (isRefusal(fresh.failure)) takeBack('renewal')
  }

  return {
    async ehr(site) {
      renewal ??= renew()
      await renewal
      return app.launchEhr(site, present, () => takeBack('read'))
    },
    kept() {
      if (present === session) return []
      const until = session.until === undefined ? undefined : new Date(session.until)
      const written = writeSession(app.keys.session, present, app.now(), until)
      return written.ok ? written.value : []
    },
  }
}

import { clinicianStyles } from '../layout/clinician-styles.ts'
import { MessageBar } from '../layout/components/message-bar.tsx'
import { ReloadLink } from '../layout/components/reload-link.tsx'
import { document, type Rendered } from '../layout/document.ts'
import { Notices } from './details.tsx'
import { DeviceCheckLine } from './device-check.tsx'
import { LiveLateTexts } from './late.tsx'
import type { AppointmentModel } from './model.ts'
import { SentLinks } from './send-link.tsx'
import { isWaiting, State, stateSentence, WaitingBanner } from './state.tsx'

/** The parts of the page that change by themselves, and all that they need. */
export type LiveModel = Pick<
  AppointmentModel,
  | 'visit'
  | 'deviceCheck'
  | 'notices'
  | 'links'
  | 'lateTexts'
  | 'revokeAction'
  | 'fields'
  | 'csrf'
  | 'changed'
  | 'refreshSeconds'
  | 'lookUrl'
>

/** What the tab says; no initials and no time, since titles end up in histories. The mark is seen in a tab behind. */
export function liveTitle({ visit }: Pick<LiveModel, 'visit'>, otherwise: string): string {
  return isWaiting(visit) ? '● Patient waiting' : otherwise
}

export const LiveState = ({ model }: { model: LiveModel }) => (
  <div
    class="now"
    id="state"
    data-live
    data-sign={JSON.stringify([model.visit, model.deviceCheck])}
    data-announce={stateSentence(model.visit)}
  >
    <WaitingBanner visit={model.visit} />
    {isWaiting(model.visit) ? null : <State visit={model.visit} />}
    <DeviceCheckLine check={model.deviceCheck} />
  </div>
)

export const LiveChange = ({ model }: { model: LiveModel }) => (
  <div
    id="changed"
    data-live
    data-sign={String(model.changed ?? false)}
    data-announce={model.changed ? 'The appointment changed in the EHR.' : ''}
  >
    {model.changed ? (
      <MessageBar tone="warning" title="The appointment changed in the EHR">
        <p>
          Time, type or status differ from what you see here. <ReloadLink>Reload the page</ReloadLink>.
        </p>
      </MessageBar>
    ) : null}
  </div>
)

export const LiveNotices = ({ model }: { model: LiveModel }) => (
  <div id="notices" data-live data-sign={JSON.stringify(model.notices)}>
    <Notices notices={model.notices} />
  </div>
)

export const LiveLinks = ({ model }: { model: LiveModel }) => (
  <div id="links" data-live data-sign={JSON.stringify(model.links ?? [])}>
    <SentLinks
      links={model.links ?? []}
      action={model.revokeAction ?? ''}
      fields={{ ...model.fields, csrf: model.csrf }}
    />
  </div>
)

/** The changing parts alone: the answer to a look, which the script on the page puts in their places. */
export function liveParts(model: LiveModel, title: string): Rendered {
  return document({
    title,
    lang: 'en',
    dir: 'ltr',
    styles: clinicianStyles,
    children: (
      <main data-refresh={String(model.refreshSeconds ?? 2)}>
        <LiveChange model={model} />
        <LiveState model={model} />
        <LiveNotices model={model} />
        <LiveLinks model={model} />
        <LiveLateTexts texts={model.lateTexts} />
      </main>
    ),
  })
}

import { MessageBar } from '../layout/components/message-bar.tsx'
import { ReloadLink } from '../layout/components/reload-link.tsx'
import { Icon, type IconName } from '../layout/icons.tsx'
import type { AppointmentModel, VisitKind, VisitState } from './model.ts'

type Shown = {
  readonly icon: IconName
  readonly tone: 'info' | 'success' | 'warning'
  readonly words: string
  /** Whether the time is when the state began and still lasts, or a moment that has passed. */
  readonly at: 'since' | 'at'
}

const SHOWN: Record<VisitKind, Shown> = {
  not_here: { icon: 'clock', tone: 'info', words: 'The patient is not here yet', at: 'since' },
  link_opened: { icon: 'phone', tone: 'info', words: 'The patient has opened the link', at: 'at' },
  checking: { icon: 'mic', tone: 'info', words: 'The patient is trying camera and microphone', at: 'at' },
  on_the_way: { icon: 'phone', tone: 'info', words: 'The patient is on the way to the lobby', at: 'since' },
  waiting: { icon: 'person', tone: 'warning', words: 'The patient is waiting in the lobby', at: 'since' },
  in_visit: { icon: 'video', tone: 'success', words: 'The patient is in the visit', at: 'since' },
  left: { icon: 'person', tone: 'info', words: 'The patient has left', at: 'at' },
  ended: { icon: 'check', tone: 'info', words: 'The visit has ended', at: 'at' },
  unknown: { icon: 'question', tone: 'info', words: 'We cannot see who is in the meeting', at: 'since' },
}

/** The state in one sentence, as it is announced. */
export function stateSentence({ kind, since }: VisitState): string {
  return `${SHOWN[kind].words}${since === undefined ? '' : `, ${SHOWN[kind].at} ${since}`}.`
}

/** Whether the patient waits, or as far as we can tell does. */
export function isWaiting({ kind, blind }: VisitState): boolean {
  return kind === 'waiting' || (kind === 'on_the_way' && blind === true)
}

/** Stays until somebody has joined and let them in: the patient must not wait unseen. */
export const WaitingBanner = ({ visit }: { visit: VisitState }) => {
  if (!isWaiting(visit)) return null
  const since = visit.since === undefined ? '' : ` since ${visit.since}`
  return visit.kind === 'waiting' ? (
    <MessageBar tone="warning" title="Your patient is waiting">
      <p>
        In the lobby{since === '' ? ' now' : since}.{' '}
        {visit.staffInside
          ? 'Somebody of your clinic is in the meeting: choose Admit in Teams.'
          : 'Join, then choose Admit in Teams.'}
      </p>
    </MessageBar>
  ) : (
    <MessageBar tone="warning" title="Your patient is probably waiting">
      <p>
        They pressed Join{visit.since === undefined ? '' : ` at ${visit.since}`}. Teams does not tell us who
        is in the lobby of this meeting: join to see.
      </p>
    </MessageBar>
  )
}

/** How fresh the state is. That the page updates itself is shown by the script that does it. */
export const Freshness = ({ model }: { model: AppointmentModel }) => (
  <p class="small">
    {model.refreshSeconds === undefined ? null : (
      <span data-updates hidden>
        {'Updates by itself. '}
      </span>
    )}
    {model.asOf === undefined ? null : (
      <span data-until-updates>
        {'As of '}
        {model.asOf}.{' '}
      </span>
    )}
    <ReloadLink>Refresh</ReloadLink>
  </p>
)

/** Where the patient is, and since when. */
export const State = ({ visit }: { visit: VisitState }) => {
  const { kind, since, blind } = visit
  const { icon, tone, words, at } = SHOWN[kind]
  return (
    <div class="state">
      <span class={`sign sign-${tone}`}>
        <Icon name={icon} />
      </span>
      <div>
        <h3>{words}</h3>
        {since === undefined ? null : <p>{at === 'since' ? `Since ${since}` : `At ${since}`}</p>}
        {kind === 'unknown' || blind ? (
          <p>Teams does not tell us who is in this meeting. Join to see who is there.</p>
        ) : null}
      </div>
    </div>
  )
}

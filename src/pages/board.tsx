import { clinicianDocument } from './layout/clinician-document.tsx'
import { sharedStyles } from './layout/clinician-styles.ts'
import { compact } from './layout/compact.ts'
import { Badge } from './layout/components/badge.tsx'
import { ButtonLink } from './layout/components/button.tsx'
import { MessageBar, type Tone } from './layout/components/message-bar.tsx'
import { ReloadLink } from './layout/components/reload-link.tsx'
import type { Rendered } from './layout/document.ts'
import { Icon } from './layout/icons.tsx'
import { liveRefresh } from './layout/live-refresh.ts'

export type BoardLine = {
  /** Left out where there is nothing to open any more. */
  readonly href?: string | undefined
  /** Local time of the start. */
  readonly time: string
  readonly minutes: number
  /** Read from the EHR for this page; initials where only those are known. */
  readonly patient: string
  readonly type?: string | undefined
  readonly state: { readonly words: string; readonly tone: Tone; readonly waiting: boolean }
  /** Messages that did not reach the patient, and what to do about each. */
  readonly problems: readonly { readonly words: string; readonly advice: string }[]
}

export type BoardModel = {
  /** `Tuesday, June 9` in the site's zone. */
  readonly date: string
  readonly lines: readonly BoardLine[]
  readonly consultUrl: string
  readonly refreshSeconds: number
  readonly lookUrl?: string | undefined
}

const boardStyles = compact(
  ...sharedStyles,
  `
.day{list-style:none;padding:0;display:grid;gap:var(--s3)}
.day>li{display:grid;gap:var(--s2) var(--s4);padding:var(--s4) var(--s5);align-items:center;
  grid-template-columns:minmax(0,1fr) auto;grid-template-areas:"time open" "whom whom" "state state"}
@media (min-width:48rem){.day>li{grid-template-columns:6rem minmax(0,1fr) auto 5rem;
  grid-template-areas:"time whom state open"}}
.day .waits{border-color:var(--warn-fg);box-shadow:inset .25rem 0 0 var(--warn-fg)}
.day .time{grid-area:time;font-size:1rem}
.day .whom{grid-area:whom}
.day .state{grid-area:state;justify-self:start}
.day .open{grid-area:open;justify-self:end}
.day .problems{grid-column:1/-1;color:var(--bad-fg);list-style:none;padding:0;display:grid;gap:var(--s2)}
.day .problems li{display:flex;gap:var(--s2);align-items:flex-start;margin:0}
.day .problems svg{flex:none;margin-block-start:.125rem}
.top{display:flex;flex-wrap:wrap;gap:var(--s3);align-items:end;justify-content:space-between;margin-block-end:var(--s5)}
`,
)

/** Today's video visits of one clinician: who waits first, then by time; with the messages that reached nobody. */
export function boardPage(model: BoardModel): Rendered {
  const waiting = model.lines.filter(({ state }) => state.waiting).length
  return clinicianDocument({
    title: waiting > 0 ? '● Patient waiting' : 'Today’s video visits',
    styles: boardStyles,
    scripts: [liveRefresh],
    children: (
      <div data-refresh={String(model.refreshSeconds)} data-look={model.lookUrl}>
        <p class="sr-only" id="announce" role="status" />
        <div class="top">
          <div>
            <h1>Today’s video visits</h1>
            <p class="lead">{model.date}</p>
          </div>
          <ButtonLink href={model.consultUrl}>Consult a colleague</ButtonLink>
        </div>
        <div data-stale hidden>
          <MessageBar tone="warning" title="Live updates have stopped">
            <p>
              What you see may be old. <ReloadLink>Reload the page</ReloadLink>.
            </p>
          </MessageBar>
        </div>
        <div
          id="day"
          data-live
          data-sign={JSON.stringify(model.lines)}
          data-announce={
            waiting === 0 ? '' : `${waiting} ${waiting === 1 ? 'patient waits' : 'patients wait'}.`
          }
        >
          {model.lines.length === 0 ? (
            <p class="card">You have no video visits today.</p>
          ) : (
            <ul class="day">
              {model.lines.map((line) => (
                <Line line={line} />
              ))}
            </ul>
          )}
        </div>
      </div>
    ),
  })
}

const Line = ({ line }: { line: BoardLine }) => (
  <li class={line.state.waiting ? 'card waits' : 'card'}>
    <strong class="time nums">{line.time}</strong>
    <div class="whom">
      <strong>{line.patient}</strong>
      <p class="quiet">{[line.type, `${line.minutes} minutes`].filter(Boolean).join(' · ')}</p>
    </div>
    <span class="state">
      <Badge tone={line.state.tone}>{line.state.words}</Badge>
    </span>
    {line.href === undefined ? null : (
      <span class="open">
        <ButtonLink href={line.href} look={line.state.waiting ? 'primary' : 'secondary'}>
          Open<span class="sr-only"> the visit of {line.patient}</span>
        </ButtonLink>
      </span>
    )}
    {line.problems.length === 0 ? null : (
      <ul class="problems">
        {line.problems.map(({ words, advice }) => (
          <li class="plain">
            <Icon name="warning" />
            <span>
              <strong>{words}</strong> {advice}
            </span>
          </li>
        ))}
      </ul>
    )}
  </li>
)

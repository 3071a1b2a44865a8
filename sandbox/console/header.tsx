import { ActionForm } from './action-form.tsx'
import { ahead, calendarDay, clockTime, type Zone, zoneName } from './times.ts'
import { type Parts, queryOf, type View } from './view.ts'

/** The pages of the console; `path` is the one that is shown. */
const PAGES = [
  ['/', 'Board and phone'],
  ['/desk', 'Registration desk'],
  ['/powershell', 'Teams PowerShell'],
] as const
export type Path = (typeof PAGES)[number][0]

type HeaderProps = { parts: Parts; view: View; zone: Zone; path?: Path }

export function Header({ parts, view, zone, path = '/' }: HeaderProps) {
  return (
    <header class="top">
      <h1>
        Teams EHR connector <span class="tag">sandbox</span>
      </h1>
      <Clinics parts={parts} view={view} path={path} />
      <Clock parts={parts} zone={zone} />
      <fieldset class="steps">
        <legend class="hidden">Move the sandbox clock forward</legend>
        <Step view={view} by="5" label="+5 min" />
        <Step view={view} by="60" label="+1 h" />
        <Step view={view} by="morning" label="Next morning" />
      </fieldset>
      <nav aria-label="The sandbox">
        {PAGES.map(([at, name]) => (
          <a href={`${at}${queryOf(view)}`} aria-current={at === path ? 'page' : undefined}>
            {name}
          </a>
        ))}
      </nav>
      <nav aria-label="The app">
        <a href={parts.appUrl} target="_blank" rel="noopener">
          App
        </a>
        <a href={`${parts.appUrl}/health`} target="_blank" rel="noopener">
          Health
        </a>
      </nav>
    </header>
  )
}

/** Which clinic the board shows; another one starts with its own busiest clinician and the newest text. */
function Clinics({ parts, view, path }: { parts: Parts; view: View; path: Path }) {
  const { clinics = [] } = parts
  if (clinics.length < 2) return null
  return (
    <nav class="clinics" aria-label="Clinic">
      {clinics.map(({ id, name }) => (
        <a href={`${path}?clinic=${id}`} aria-current={id === view.clinic ? 'true' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  )
}

export function Clock({ parts, zone }: { parts: Parts; zone: Zone }) {
  const now = parts.clock.now()
  const lead = ahead(parts.clock.offsetMs)
  return (
    <div class="clock" data-live="clock">
      <time datetime={now.toISOString()}>{clockTime(now, zone, true)}</time>
      <span class="day">
        {calendarDay(now, zone)} · {zoneName(now, zone)}
        {lead === '' ? null : <span class="lead"> · {lead} ahead</span>}
      </span>
    </div>
  )
}

function Step({ view, by, label }: { view: View; by: string; label: string }) {
  return (
    <ActionForm action="advance" view={view} fields={{ by }}>
      <button type="submit" class="step">
        {label}
      </button>
    </ActionForm>
  )
}

import type { LedgerEntry } from '../contracts.ts'
import { clockTime, type Zone } from './times.ts'
import type { Parts } from './view.ts'

const shownAtMost = 15

type Line = LedgerEntry & { readonly who: string }

/** What the app asked of whom: no bodies, and no query strings, which carry tokens and codes. */
export function Ledger({ parts, zone }: { parts: Parts; zone: Zone }) {
  const lines = latest(parts)
  return (
    <section class="panel ledger" aria-labelledby="ledger-title" data-live="ledger">
      <div class="panel-head">
        <h2 id="ledger-title">Latest calls to the stand-ins</h2>
      </div>
      {lines.length === 0 ? <p class="empty">Nothing has been called yet.</p> : null}
      <ol>
        {lines.map(({ at, who, method, path, status }) => (
          <li>
            <time datetime={at}>{clockTime(new Date(at), zone, true)}</time>
            <span class={`service ${who.toLowerCase()}`}>{who}</span>
            <span class="method">{method}</span>
            <code title={bare(path)}>{bare(path)}</code>
            <span class={status >= 500 ? 'code bad' : status >= 400 ? 'code refused' : 'code'}>{status}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function latest({ ehr, entra, graph, teams, acs }: Parts): Line[] {
  const named = { EHR: ehr, Entra: entra, Graph: graph, Teams: teams, ACS: acs }
  return Object.entries(named)
    .flatMap(([who, part]) => part.ledger.slice(-shownAtMost).map((entry) => ({ ...entry, who })))
    .sort((a, b) => b.at.localeCompare(a.at))
    .slice(0, shownAtMost)
}

function bare(path: string): string {
  return path.split('?')[0] ?? path
}

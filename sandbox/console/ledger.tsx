import type { LedgerEntry } from '../contracts.ts'
import { clockTime, type Zone } from './times.ts'
import type { Parts } from './view.ts'

const shownAtMost = 15
const readAtMost = 100

type Line = LedgerEntry & { readonly who: string; readonly times: number }

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
        {lines.map(({ at, who, method, path, status, times }) => (
          <li>
            <time datetime={at}>{clockTime(new Date(at), zone, true)}</time>
            <span class={`service ${who.toLowerCase()}`}>{who}</span>
            <span class="method">{method}</span>
            <code title={bare(path)}>
              {short(path)}
              {times > 1 ? <b> × {times}</b> : null}
            </code>
            <span class={status >= 500 ? 'code bad' : status >= 400 ? 'code refused' : 'code'}>{status}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Newest first; the same call again and again, as in a sweep, is one line. */
function latest({ ehr, entra, graph, teams, acs }: Parts): Line[] {
  const named = { EHR: ehr, Entra: entra, Graph: graph, Teams: teams, ACS: acs }
  const calls = Object.entries(named)
    .flatMap(([who, part]) => part.ledger.slice(-readAtMost).map((entry) => ({ ...entry, who, times: 1 })))
    .sort((a, b) => b.at.localeCompare(a.at))
  const lines: Line[] = []
  for (const call of calls) {
    const last = lines.at(-1)
    if (last !== undefined && sameCall(last, call))
      lines[lines.length - 1] = { ...last, times: last.times + 1 }
    else lines.push(call)
  }
  return lines.slice(0, shownAtMost)
}

function sameCall(a: Line, b: Line): boolean {
  return a.who === b.who && a.method === b.method && a.status === b.status && bare(a.path) === bare(b.path)
}

function bare(path: string): string {
  return path.split('?')[0] ?? path
}

/** Without the FHIR base, which every call to the EHR shares. */
function short(path: string): string {
  return bare(path).replace(/^\/r4\/[^/]+(?=\/)/, '')
}

import { Header } from './header.tsx'
import { Head, type PageProps } from './page.tsx'
import { clockTime } from './times.ts'
import { queryOf } from './view.ts'

/** Teams PowerShell of the clinic's organization: a paste is run line by line; below is what came of it. */
export function PowerShell({ parts, view, zone }: PageProps) {
  const clinic = parts.clinics?.find(({ id }) => id === view.clinic)
  const entries = clinic ? parts.shell.transcript(clinic.tenantId) : []
  const { pending } = parts.shell.accessPolicy
  const minutes = Math.round(parts.shell.settings.delaySeconds / 60)
  return (
    <html lang="en">
      <Head title="Teams PowerShell" />
      <body>
        <Header parts={parts} view={view} zone={zone} path="/powershell" />
        <main class="single">
          <p class="synthetic">
            Paste the commands that the portal shows. You are the Teams administrator of {clinic?.name}. A
            granted policy counts{' '}
            {minutes >= 1 ? `after ${minutes} minutes by the clock above` : 'after some seconds'}; the switch
            “Access policy slow” on the board’s page changes that.
          </p>
          <section class="panel" aria-labelledby="paste-title">
            <div class="panel-head">
              <h2 id="paste-title">Teams PowerShell</h2>
            </div>
            <form method="post" action={`/powershell${queryOf(view)}`} class="desk">
              <div class="row">
                <label for="commands">Commands</label>
                <textarea name="commands" id="commands" rows={6} spellcheck={false} required />
              </div>
              <button type="submit" class="primary">
                Run
              </button>
            </form>
          </section>
          <section class="panel" aria-labelledby="transcript-title">
            <div class="panel-head">
              <h2 id="transcript-title">Transcript</h2>
              <span class="count">
                {pending > 0 ? `not in effect yet: ${pending}` : 'everything in effect'}
              </span>
            </div>
            {entries.length === 0 ? <p class="empty">Nothing was run yet.</p> : null}
            <ol class="transcript">
              {entries.toReversed().map(({ at, command, lines, failed }) => (
                <li class={failed ? 'failed' : undefined}>
                  <p>
                    <small>{clockTime(new Date(at), zone)}</small> <code>PS&gt; {command}</code>
                  </p>
                  {lines.length === 0 ? null : <pre>{lines.join('\n').trimEnd()}</pre>}
                </li>
              ))}
            </ol>
          </section>
        </main>
        <p id="problem" class="problem" role="alert" hidden />
      </body>
    </html>
  )
}

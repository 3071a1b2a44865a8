import { Badge } from '../layout/components/badge.tsx'
import { Button, ButtonLink } from '../layout/components/button.tsx'
import { Card } from '../layout/components/card.tsx'
import { TextField } from '../layout/components/field.tsx'
import { MessageBar } from '../layout/components/message-bar.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import { ReloadLink } from '../layout/components/reload-link.tsx'
import type { Rendered } from '../layout/document.ts'
import { liveRefresh } from '../layout/live-refresh.ts'
import { DoctorGroups } from './doctor/lines.tsx'
import type { DoctorModel, DoctorRunModel } from './doctor/model.ts'
import { announcement, verdict } from './doctor/verdict.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { UtcTime } from './layout/time.tsx'

/** Seconds between looks while a run is under way. */
const REFRESH = 2

/** One button that tries every part of a site's connection, and what came of it, line by line. */
export function doctorPage(model: DoctorModel): Rendered {
  const { frame, site, run } = model
  const running = run?.state === 'running'
  const sign = run === undefined ? 'none' : run.sign
  return portalDocument({
    frame,
    title: `Connection doctor: ${site.name}`,
    heading: 'Connection doctor',
    lead: (
      <>
        {site.name}, <span class="break">{site.fhirBaseUrl}</span>
      </>
    ),
    scripts: [liveRefresh],
    ...(running ? { refreshSeconds: REFRESH } : {}),
    children: (
      <div class="stack" data-refresh={running ? String(REFRESH) : undefined}>
        <p class="sr-only" id="announce" role="status" />
        <div data-stale hidden>
          <MessageBar tone="warning" title="Live updates have stopped">
            <p>
              The run goes on without this page. <ReloadLink>Reload the page</ReloadLink> to see how far it
              is.
            </p>
          </MessageBar>
        </div>
        {frame.may.configure ? <Start model={model} /> : null}
        <div class="stack" id="run" data-live data-sign={sign} data-announce={announcement(run)}>
          {run === undefined ? (
            <p class="card">The doctor has not run on this site yet.</p>
          ) : (
            <>
              <Result run={run} siteUrl={site.url} />
              <DoctorGroups lines={run.lines} />
            </>
          )}
        </div>
        <div class="actions">
          <ButtonLink href={site.url}>Back to the site</ButtonLink>
          <ButtonLink href="/portal/review">Review and finish</ButtonLink>
        </div>
      </div>
    ),
  })
}

const Start = ({ model: { frame, site, run, phone, phoneError } }: { model: DoctorModel }) => {
  const running = run?.state === 'running'
  return (
    <div id="start" data-live data-sign={running ? 'running' : 'ready'}>
      <Card id="run-card" heading={run === undefined ? 'Run the doctor' : 'Run it again'}>
        <PostForm action={`/portal/sites/${site.siteId}/doctor`} fields={{ csrf: frame.csrf }}>
          <div class="stack">
            <p>
              Everything is really tried: the EHR is read, a Teams meeting is made for each organizer and
              deleted again
              {site.emails ? ', and an e-mail is sent to your own address' : ''}. No patient is told anything.
            </p>
            {site.texts ? (
              <TextField
                id="phone"
                name="phone"
                type="tel"
                label="Your own mobile number, for a test text (optional)"
                hint="With the country code, such as +1 312 555 0100. It is used for this one text and not stored."
                value={phone ?? ''}
                error={phoneError}
                autocomplete="tel"
              />
            ) : null}
            <div class="actions">
              {running ? (
                <button type="button" class="btn btn-primary" disabled>
                  The doctor is running
                </button>
              ) : (
                <Button look="primary">Run the doctor</Button>
              )}
            </div>
          </div>
        </PostForm>
      </Card>
    </div>
  )
}

const Result = ({ run, siteUrl }: { run: DoctorRunModel; siteUrl: string }) => {
  const { tone, title, words } = verdict(run)
  return (
    <div class="stack">
      <MessageBar tone={tone} title={title}>
        {words === undefined ? null : <p>{words}</p>}
        <Failures run={run} />
        {run.state === 'outdated' ? (
          <p>
            <a href={siteUrl}>Look at the site</a>, then run the doctor again.
          </p>
        ) : null}
      </MessageBar>
      <p class="quiet tally">
        <Badge tone="success">{`${run.counts.pass} passed`}</Badge>{' '}
        {run.counts.warn === 0 ? null : <Badge tone="warning">{`${run.counts.warn} to look at`}</Badge>}{' '}
        {run.counts.fail === 0 ? null : <Badge tone="error">{`${run.counts.fail} failed`}</Badge>}{' '}
        {run.counts.skip === 0 ? null : <Badge>{`${run.counts.skip} left out`}</Badge>}{' '}
        <span>
          Started <UtcTime at={run.startedAt} />
          {run.by === undefined ? '' : ` by ${run.by}`}
        </span>
      </p>
    </div>
  )
}

/** Leads to the lines that failed: the list is long. */
const Failures = ({ run: { lines } }: { run: DoctorRunModel }) => {
  const failed = lines.filter(({ state }) => state === 'fail')
  if (failed.length === 0) return null
  return (
    <ul class="failures">
      {failed.map(({ id, title }) => (
        <li>
          <a href={`#line-${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  )
}

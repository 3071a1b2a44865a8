import { Badge } from '../../layout/components/badge.tsx'
import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { DefinitionList, type Fact } from '../../layout/components/definition-list.tsx'
import { Field } from '../../layout/components/field.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { type RecordModel, RecordTable } from './record.tsx'

export type ReviewSite = {
  readonly siteId: string
  readonly name: string
  readonly version: string
  readonly environment: 'testing' | 'production'
  readonly inSetup: boolean
  readonly fhirBaseUrl: string
  readonly facts: readonly { readonly term: string; readonly value: string }[]
  /** What has to be done before the setup can be finished; `href` leads there. */
  readonly missing: readonly { readonly words: string; readonly href: string }[]
  /** Production without a testing site that passed: can be finished by a decision that is recorded. */
  readonly needsOverride: boolean
  /** A form of this site that was refused: why, and what was typed. */
  readonly refused?:
    | { readonly overrideError: string; readonly reason: string; readonly override: boolean }
    | undefined
  readonly records: readonly RecordModel[]
}

/** The names of the form's fields. */
export const FINISH_FORM = { version: 'version', reason: 'reason', override: 'override' } as const

const State = ({ site }: { site: ReviewSite }) =>
  site.inSetup ? <Badge tone="warning">Setup not finished</Badge> : <Badge tone="success">In use</Badge>

const Override = ({ site }: { site: ReviewSite }) => {
  const { override, reason } = FINISH_FORM
  const id = `${site.siteId}-reason`
  const error = site.refused?.overrideError || undefined
  return (
    <div class="stack">
      <MessageBar tone="warning" title="No testing site has passed the connection doctor">
        <p>
          We advise to try the connection with a Testing FHIR base URL first: add one, run its doctor, then
          come back. You may also decide to go on without. Your decision and its reason are kept in the
          history.
        </p>
      </MessageBar>
      <div class="check">
        <input
          type="checkbox"
          id={`${site.siteId}-override`}
          name={override}
          value="yes"
          checked={site.refused?.override}
        />
        <label for={`${site.siteId}-override`}>Begin production without a passed test</label>
      </div>
      <Field id={id} label="Reason" error={error}>
        <input
          class="input"
          id={id}
          name={reason}
          value={site.refused?.reason}
          maxlength={500}
          autocomplete="off"
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby={error === undefined ? undefined : `${id}-error`}
        />
      </Field>
    </div>
  )
}

const Finish = ({ site, csrf }: { site: ReviewSite; csrf: string }) => {
  if (!site.inSetup) return null
  if (site.missing.length > 0)
    return (
      <div class="part">
        <h3>Still missing</h3>
        <ul class="next">
          {site.missing.map(({ words, href }) => (
            <li>
              <a href={href}>{words}</a>
            </li>
          ))}
        </ul>
      </div>
    )
  return (
    <PostForm
      action={`/portal/sites/${site.siteId}/finish`}
      fields={{ csrf, [FINISH_FORM.version]: site.version }}
    >
      <div class="stack">
        {site.needsOverride ? <Override site={site} /> : null}
        <div class="actions">
          <Button look="primary">Finish setup of {site.name}</Button>
        </div>
        <p class="quiet">
          From then on clinicians can launch visits from this EHR, and its patients are told about theirs
          where texts or e-mails are on.
        </p>
      </div>
    </PostForm>
  )
}

/** One site of the review: what is set, what is missing, and the records for its EHR team. */
export const SiteReview = ({
  site,
  csrf,
  configure,
}: {
  site: ReviewSite
  csrf: string
  configure: boolean
}) => {
  const facts: Fact[] = [
    { term: 'FHIR base URL', value: <span class="break">{site.fhirBaseUrl}</span> },
    { term: 'Environment', value: site.environment === 'production' ? 'Production' : 'Testing' },
    { term: 'State', value: <State site={site} /> },
    ...site.facts,
  ]
  return (
    <Card id={`${site.siteId}-review`} heading={site.name}>
      <div class="stack">
        <DefinitionList facts={facts} />
        {configure ? <Finish site={site} csrf={csrf} /> : null}
        <details class="fold" open={site.inSetup}>
          <summary>Integration records for the EHR team</summary>
          <div class="stack">
            {site.records.map((record) => (
              <RecordTable siteId={site.siteId} record={record} />
            ))}
            <div class="actions">
              <ButtonLink href={`/portal/sites/${site.siteId}/record`}>Download as a file</ButtonLink>
            </div>
          </div>
        </details>
      </div>
    </Card>
  )
}

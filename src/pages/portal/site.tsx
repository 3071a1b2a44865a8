import { Badge } from '../layout/components/badge.tsx'
import { Button, ButtonLink } from '../layout/components/button.tsx'
import { DefinitionList } from '../layout/components/definition-list.tsx'
import { MessageBar } from '../layout/components/message-bar.tsx'
import { PostForm } from '../layout/components/post-form.tsx'
import type { Rendered } from '../layout/document.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { Advanced } from './site/advanced.tsx'
import { Emails, WriteBack } from './site/also.tsx'
import { Clinicians, PatientPortal, SystemAccount } from './site/clients.tsx'
import { Departments } from './site/departments.tsx'
import { Meetings, VideoVisits } from './site/meetings.tsx'
import type { SiteModel } from './site/model.ts'
import { Patients } from './site/patients.tsx'
import { siteStyles } from './site/styles.ts'

const About = ({ model }: { model: SiteModel }) => {
  const page = `/portal/sites/${model.siteId}`
  return (
    <div class="card">
      <DefinitionList
        facts={[
          { term: 'FHIR base URL', value: <code>{model.url}</code> },
          { term: 'Environment', value: model.environment === 'production' ? 'Production' : 'Testing' },
          {
            term: 'State',
            value: model.inSetup ? (
              <Badge tone="warning">In setup</Badge>
            ) : (
              <Badge tone="success">In use</Badge>
            ),
          },
        ]}
      />
      {model.frame.may.configure ? (
        <div class="actions card-foot">
          <ButtonLink href={`${page}/push`}>Pushes from the EHR</ButtonLink>
          <ButtonLink href={`/portal/sites?edit=${model.siteId}#row`}>
            Edit address and environment
          </ButtonLink>
          <ButtonLink href={`${page}/doctor`}>Run the doctor</ButtonLink>
          <ButtonLink href={`${page}/remove`}>Remove</ButtonLink>
        </div>
      ) : null}
    </div>
  )
}

const State = ({ model }: { model: SiteModel }) => {
  const wrong = Object.keys(model.errors).length
  if (wrong > 0)
    return (
      <MessageBar tone="error" title="Not saved" role="alert">
        <p>{wrong === 1 ? 'One field needs your attention.' : `${wrong} fields need your attention.`}</p>
      </MessageBar>
    )
  if (!model.inSetup || model.missing.length === 0) return null
  return (
    <MessageBar tone="info" title="Before this site can be finished">
      <ul class="still">
        {model.missing.map(({ words, part }) => (
          <li>
            <a href={`#${part}`}>{words}</a>
          </li>
        ))}
      </ul>
    </MessageBar>
  )
}

/** The settings of one site. Everything of it is saved together; nothing typed is lost when something is refused. */
export function sitePage(model: SiteModel): Rendered {
  const { frame } = model
  const readOnly = !frame.may.configure
  return portalDocument({
    frame,
    title: model.name,
    lead: (
      <>
        Settings of this FHIR base URL. <a href="/portal/sites">All FHIR base URLs</a>
      </>
    ),
    styles: siteStyles,
    children: (
      <>
        <State model={model} />
        <About model={model} />
        <div class="settings">
          <PostForm
            action={`/portal/sites/${model.siteId}`}
            fields={{ csrf: frame.csrf, version: model.version }}
          >
            <fieldset disabled={readOnly}>
              {/* Enter in a field saves, whatever other buttons stand before. */}
              <button type="submit" hidden name="do" value="save">
                Save
              </button>
              <Patients model={model} />
              <Meetings model={model} />
              <Clinicians model={model} />
              <SystemAccount model={model} />
              <Departments model={model} />
              <VideoVisits model={model} />
              <PatientPortal model={model} />
              <Emails model={model} />
              <WriteBack model={model} />
              <Advanced model={model} />
              {readOnly ? null : (
                <div class="save-bar">
                  <Button look="primary" name="do" value="save">
                    Save
                  </Button>
                  <ButtonLink href="/portal/sites">Cancel</ButtonLink>
                </div>
              )}
            </fieldset>
          </PostForm>
        </div>
      </>
    ),
  })
}

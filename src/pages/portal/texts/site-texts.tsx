import { Badge } from '../../layout/components/badge.tsx'
import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Rendered } from '../../layout/document.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { MinorFields } from './minor-fields.tsx'
import { previewScript } from './preview-script.ts'
import type { SiteTextsModel } from './site-model.ts'
import { WhenFields } from './when-fields.tsx'
import { LanguageFields, SenderFields } from './who-fields.tsx'
import { Wording } from './wording.tsx'

const Switch = ({ model }: { model: SiteTextsModel }) => {
  const { frame, on, missing, warnings, siteId, version } = model
  const may = frame.may.configure
  return (
    <Card id="switch" heading="On or off">
      <div class="stack-s">
        <p>
          <Badge tone={on ? 'success' : 'info'}>{on ? 'Texts are on' : 'Texts are off'}</Badge>
        </p>
        {warnings.map((words) => (
          <MessageBar tone="warning">
            <p>{words}</p>
          </MessageBar>
        ))}
        {!on && missing.length > 0 ? (
          <>
            <p>Before texts can be switched on:</p>
            <ul class="next">
              {missing.map(({ words, href }) => (
                <li>
                  <a href={href}>{words}</a>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {may && on ? (
          <PostForm action={`/portal/texts/${siteId}/off`} fields={{ csrf: frame.csrf, version }}>
            <Button>Switch texts off</Button>
          </PostForm>
        ) : null}
        {may && !on && missing.length === 0 ? (
          <div class="actions">
            <ButtonLink href={`/portal/texts/${siteId}/on`} look="primary">
              See the cost and switch texts on
            </ButtonLink>
          </div>
        ) : null}
      </div>
    </Card>
  )
}

/** The texts of one FHIR base URL. */
export function siteTextsPage(model: SiteTextsModel): Rendered {
  const { frame, siteId, name, version, errors } = model
  const wrong = Object.keys(errors).length
  const action = `/portal/texts/${siteId}`
  return portalDocument({
    frame,
    title: `Texts of ${name}`,
    lead: 'Which number texts, what it says, and when.',
    scripts: [previewScript],
    children: (
      <>
        {wrong === 0 ? null : (
          <MessageBar tone="error" title="Nothing was saved" role="alert">
            <p>{wrong === 1 ? 'One field needs' : `${wrong} fields need`} another look; each says why.</p>
          </MessageBar>
        )}
        {model.unsaved && wrong === 0 ? (
          <MessageBar tone="info" title="Not saved yet">
            <p>You see what the words would become. Choose Save to keep them.</p>
          </MessageBar>
        ) : null}
        <Switch model={model} />
        <form method="post" action={action} data-preview={`${action}/preview`} class="stack">
          <input type="hidden" name="csrf" value={frame.csrf} />
          <input type="hidden" name="version" value={version} />
          <Card id="sending" heading="Number and countries">
            <div class="stack-s">
              <SenderFields model={model} />
            </div>
          </Card>
          <Card id="when" heading="What and when">
            <div class="stack-s">
              <WhenFields model={model} />
            </div>
          </Card>
          <Card id="minors" heading="Patients under age">
            <div class="stack-s">
              <MinorFields model={model} />
            </div>
          </Card>
          <Card id="languages" heading="Languages and name">
            <div class="stack-s">
              <LanguageFields model={model} />
            </div>
          </Card>
          <Card id="wording" heading="Wording">
            <Wording model={model} />
          </Card>
          {frame.may.configure ? (
            <div class="actions">
              <Button look="primary">Save</Button>
              <button type="submit" class="btn" formaction={`${action}/preview`}>
                Show what it becomes
              </button>
              <ButtonLink href="/portal/texts">Back to SMS notifications</ButtonLink>
            </div>
          ) : null}
        </form>
      </>
    ),
  })
}

import { Badge } from '../../layout/components/badge.tsx'
import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { DefinitionList } from '../../layout/components/definition-list.tsx'
import { TextField } from '../../layout/components/field.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Rendered } from '../../layout/document.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { KIND, type SenderFacts, verificationBadge, verificationRemedy } from '../texts/sender-words.ts'

export type SenderModel = {
  readonly frame: Frame
  readonly version: string
  readonly sender: SenderFacts
  readonly typed: { readonly perMinute: string; readonly perMinuteError: string | undefined }
}

const STATES = [
  ['not_submitted', 'Not submitted yet'],
  ['submitted', 'Submitted, waiting for the carriers'],
  ['verified', 'Verified: the Azure portal says so'],
] as const

const HOW = [
  'In the Azure portal open the Communication Services resource, then Phone numbers, then Regulatory documents (toll-free verification), and start an application for this number.',
  'Use case: “Healthcare: appointment confirmations and reminders for video visits”. Attach a picture of how patients agree to texts.',
  'Give the texts of this portal as samples (SMS configuration shows them as patients get them).',
  'Come back here and say that it is submitted. Approval takes up to six weeks.',
]

const VerificationCard = ({ model }: { model: SenderModel }) => {
  const { sender, frame, version } = model
  const remedy = verificationRemedy(sender)
  return (
    <Card id="verification" heading="Verification by the carriers">
      <div class="stack-s">
        <p>
          <Badge tone={verificationBadge(sender).tone}>{verificationBadge(sender).words}</Badge>
        </p>
        {remedy === undefined ? null : <p>{remedy}</p>}
        <p class="quiet">
          Microsoft’s interfaces do not tell how far the verification is. What you say here is kept, and
          corrected by what becomes of texts: one that arrives proves it, one that is blocked (code 4010)
          disproves it.
        </p>
        <details class="fold">
          <summary>How to submit it</summary>
          <ol class="next">
            {HOW.map((line) => (
              <li>{line}</li>
            ))}
          </ol>
        </details>
        {frame.may.configure ? (
          <PostForm
            action={`/portal/senders/${encodeURIComponent(sender.id)}`}
            fields={{ csrf: frame.csrf, version }}
          >
            <div class="stack-s">
              <fieldset>
                <legend>How far is it?</legend>
                {STATES.map(([value, label]) => (
                  <label class="check" for={`state-${value}`}>
                    <input
                      type="radio"
                      id={`state-${value}`}
                      name="verification"
                      value={value}
                      checked={sender.verification === value}
                    />
                    <span>{label}</span>
                  </label>
                ))}
              </fieldset>
              <div class="actions">
                <Button look="primary">Save the state</Button>
              </div>
            </div>
          </PostForm>
        ) : null}
      </div>
    </Card>
  )
}

/** One sender: its verification, its pace, its release. */
export function senderPage(model: SenderModel): Rendered {
  const { frame, sender, version, typed } = model
  const may = frame.may.configure && !sender.releasing
  return portalDocument({
    frame,
    title: sender.shown,
    lead: KIND[sender.kind],
    children: (
      <>
        <div class="card">
          <DefinitionList
            facts={[
              { term: 'Country', value: sender.country },
              {
                term: 'Linked to',
                value: sender.sites.length === 0 ? 'no FHIR base URL yet' : sender.sites.join(', '),
              },
              { term: 'Pace', value: `${sender.perMinute.toLocaleString('en-US')} texts a minute` },
            ]}
          />
        </div>
        {sender.verification === 'not_needed' ? null : <VerificationCard model={model} />}
        {may ? (
          <Card id="pace" heading="Pace">
            <PostForm
              action={`/portal/senders/${encodeURIComponent(sender.id)}`}
              fields={{ csrf: frame.csrf, version }}
            >
              <div class="stack-s">
                <TextField
                  id="per-minute"
                  name="per_minute"
                  label="Texts a minute"
                  hint="Microsoft’s limit: toll-free 200, short code 6,000, name 600. Change it only where Microsoft granted you another."
                  value={typed.perMinute}
                  error={typed.perMinuteError}
                  required
                />
                <div class="actions">
                  <Button>Save the pace</Button>
                </div>
              </div>
            </PostForm>
          </Card>
        ) : null}
        <div class="actions">
          <ButtonLink href="/portal/texts">Back to SMS notifications</ButtonLink>
          {may ? (
            <ButtonLink href={`/portal/senders/${encodeURIComponent(sender.id)}/release`}>
              {sender.kind === 'tollFree' ? 'Release this number' : 'Take it off the list'}
            </ButtonLink>
          ) : null}
        </div>
      </>
    ),
  })
}

/** Asks before a number is given back. */
export function releasePage({ frame, version, sender }: Omit<SenderModel, 'typed'>): Rendered {
  const bought = sender.kind === 'tollFree'
  const linked = sender.sites.length > 0
  return portalDocument({
    frame,
    title: bought ? `Release ${sender.shown}` : `Take ${sender.shown} off the list`,
    children: (
      <div class="card stack-s">
        {linked ? (
          <>
            <p>
              It is linked to {sender.sites.join(', ')}. Choose another number there, or none, before it can
              be released.
            </p>
            <div class="actions">
              <ButtonLink href="/portal/texts#configuration" look="primary">
                SMS configuration
              </ButtonLink>
            </div>
          </>
        ) : (
          <PostForm
            action={`/portal/senders/${encodeURIComponent(sender.id)}/release`}
            fields={{ csrf: frame.csrf, version }}
          >
            <div class="stack-s">
              <p>
                {bought
                  ? 'The number goes back to the carrier for good: it cannot be had again, its verification is lost, and patients who saved it reach somebody else one day. It costs nothing from the next month on.'
                  : 'The number or name stays on the Communication Services resource and costs what it costs; only your organization no longer uses it. Another organization of this deployment may attach it then.'}
              </p>
              <div class="actions">
                <Button look="primary">
                  {bought ? 'Release the number for good' : 'Take it off the list'}
                </Button>
                <ButtonLink href="/portal/texts">Keep it</ButtonLink>
              </div>
            </div>
          </PostForm>
        )}
      </div>
    ),
  })
}

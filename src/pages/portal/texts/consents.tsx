import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import { Icon } from '../../layout/icons.tsx'
import { UtcTime } from '../layout/time.tsx'

/** What is agreed to. Whoever changes these words raises CONSENT_WORDING (core/senders/consents.ts). */
const WORDS = {
  sending: 'This service may send text messages to patients on behalf of my organization.',
  recipients:
    'My organization makes sure that every patient who is texted has agreed to receive text messages about appointments.',
} as const
type Kind = keyof typeof WORDS
const KINDS: readonly Kind[] = ['sending', 'recipients']

export type ConsentsModel = {
  readonly version: string
  /** What was given: when, by whom (absent where Microsoft no longer knows the account), to which words. */
  readonly given: Readonly<
    Partial<Record<Kind, { at: string; by: string | undefined; wording: number; current: boolean }>>
  >
  /** Boxes that were posted unticked. */
  readonly missing?: readonly Kind[] | undefined
  readonly ticked?: readonly Kind[] | undefined
}

const Box = ({ kind, checked, missing }: { kind: Kind; checked: boolean; missing: boolean }) => (
  <div class="field">
    <label class="check" for={`consent-${kind}`}>
      <input
        type="checkbox"
        id={`consent-${kind}`}
        name={kind}
        value="yes"
        checked={checked}
        required
        aria-invalid={missing ? 'true' : undefined}
        aria-describedby={missing ? `consent-${kind}-error` : undefined}
      />
      <span>{WORDS[kind]}</span>
    </label>
    {missing ? (
      <p class="error" id={`consent-${kind}-error`}>
        <Icon name="error" />
        <span>Tick this box: without it no patient may be texted.</span>
      </p>
    ) : null}
  </div>
)

/** The two consents: asked for, or who gave them and when. */
export const Consents = ({ model, csrf, may }: { model: ConsentsModel; csrf: string; may: boolean }) => {
  const { version, given, missing = [], ticked = [] } = model
  const complete = KINDS.every((kind) => given[kind]?.current)
  return (
    <Card id="consents" heading="Consents">
      {complete ? (
        <div class="stack-s">
          <ul class="consents">
            {KINDS.map((kind) => (
              <li>
                <span class="state state-good">
                  <Icon name="check" />
                </span>
                <div>
                  <p>{WORDS[kind]}</p>
                  <p class="quiet">
                    Given by {given[kind]?.by ?? 'an account that Microsoft no longer knows'},{' '}
                    <UtcTime at={given[kind]?.at ?? ''} />, wording {given[kind]?.wording}
                  </p>
                </div>
              </li>
            ))}
          </ul>
          {may ? (
            <div class="actions">
              <ButtonLink href="/portal/consents/withdraw">Withdraw the consents</ButtonLink>
            </div>
          ) : null}
        </div>
      ) : may ? (
        <PostForm action="/portal/consents" fields={{ csrf, version }}>
          <div class="stack-s">
            <p>Both are needed before the first text. Who ticked them, and when, is kept.</p>
            {KINDS.map((kind) => (
              <Box
                kind={kind}
                checked={ticked.includes(kind) || given[kind]?.current === true}
                missing={missing.includes(kind)}
              />
            ))}
            <div class="actions">
              <Button look="primary">Save consents</Button>
            </div>
          </div>
        </PostForm>
      ) : (
        <p>An administrator has not given them yet. No patient is texted.</p>
      )}
    </Card>
  )
}

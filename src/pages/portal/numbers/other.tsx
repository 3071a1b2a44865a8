import { AskForm } from '../../layout/components/ask-form.tsx'
import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { describedBy, Field, TextField } from '../../layout/components/field.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Rendered } from '../../layout/document.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { failureWords } from './order-words.ts'

export type OtherModel = {
  readonly frame: Frame
  readonly countries: readonly { readonly code: string; readonly name: string }[]
  readonly country: {
    readonly code: string
    readonly name: string
    readonly tollFree: boolean
    readonly shortCode: boolean
    readonly name11: 'at_once' | 'registered' | undefined
  }
  /** Numbers of the resource that are free to attach and reach the country. */
  readonly numbers: readonly { readonly number: string; readonly shown: string; readonly what: string }[]
  /** Why the resource's numbers could not be read: a code. */
  readonly failure: string | undefined
  readonly typed: {
    readonly name: string
    readonly error: string | undefined
    readonly short: string
    readonly shortError: string | undefined
  }
}

const Attach = ({ model }: { model: OtherModel }) => (
  <Card id="attach" heading="Attach a number of this resource">
    <div class="stack-s">
      <p>
        Numbers that the deployment’s Communication Services resource has and no organization uses yet. They
        cost nothing more than they do already.
      </p>
      {model.failure === undefined ? (
        model.numbers.length === 0 ? (
          <p>There is none that reaches {model.country.name}.</p>
        ) : (
          <ul class="choices">
            {model.numbers.map(({ number, shown, what }) => (
              <li>
                <div>
                  <strong class="number">{shown}</strong>
                  <p class="quiet">{what}</p>
                </div>
                <PostForm
                  action="/portal/numbers/attach"
                  fields={{ csrf: model.frame.csrf, number, country: model.country.code }}
                  inline
                >
                  <Button>{`Attach ${shown}`}</Button>
                </PostForm>
              </li>
            ))}
          </ul>
        )
      ) : (
        <MessageBar tone="error" title={failureWords(model.failure).title}>
          <p>The numbers of the resource could not be read. Load this page again in a minute.</p>
        </MessageBar>
      )}
    </div>
  </Card>
)

const ShortCode = ({ model }: { model: OtherModel }) => (
  <Card id="short" heading="A short code">
    <PostForm
      action="/portal/numbers/attach"
      fields={{ csrf: model.frame.csrf, country: model.country.code, short: 'yes' }}
    >
      <div class="stack-s">
        <p>
          Five or six digits, for many texts (6,000 a minute). It is applied for in the Azure portal, which
          takes six to eight weeks; once the resource has it, enter it here. No list of short codes can be
          read, so a typing mistake shows only when a text is refused: send yourself a test text.
        </p>
        <TextField
          id="short-code"
          name="number"
          label="Short code"
          value={model.typed.short}
          error={model.typed.shortError}
          required
        />
        <div class="actions">
          <Button>Attach the short code</Button>
        </div>
      </div>
    </PostForm>
  </Card>
)

const Name = ({ model }: { model: OtherModel }) => (
  <Card id="name" heading="A name instead of a number">
    <PostForm action="/portal/numbers/name" fields={{ csrf: model.frame.csrf, country: model.country.code }}>
      <div class="stack-s">
        <p>
          Patients see the name as the sender and cannot answer: texts say “Opt out at the link” instead of
          “Reply STOP”, and the page behind the link takes the wish. Texts stay one segment.
        </p>
        {model.country.name11 === 'registered' ? (
          <MessageBar tone="warning" title={`${model.country.name} wants names registered first`}>
            <p>
              Register the name in the Azure portal (Communication Services, Alphanumeric sender ID), which
              takes four to five weeks. Texts from a name that is not registered are blocked.
            </p>
          </MessageBar>
        ) : (
          <p>
            Switch on “Alphanumeric sender ID” for the resource in the Azure portal first; then any name can
            be used in {model.country.name} at once.
          </p>
        )}
        <TextField
          id="sender-name"
          name="name"
          label="Name"
          hint="3 to 11 letters, digits and spaces, at least one letter. Choose one that patients recognize and that tells others nothing."
          value={model.typed.name}
          error={model.typed.error}
          required
        />
        <div class="actions">
          <Button>Use this name</Button>
        </div>
      </div>
    </PostForm>
  </Card>
)

/** Every other way to a sender, by country: only what exists there is offered. */
export function otherNumberPage(model: OtherModel): Rendered {
  const { frame, country, countries } = model
  return portalDocument({
    frame,
    title: 'Use another number or a name',
    lead: 'What texts may come from differs by country. Choose where your patients’ phones are.',
    children: (
      <>
        <AskForm action="/portal/numbers/other" card>
          <Field id="country" label="Country">
            <select
              class="input"
              id="country"
              name="country"
              aria-describedby={describedBy({ id: 'country' })}
            >
              {countries.map(({ code, name }) => (
                <option value={code} selected={code === country.code}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
          <div class="actions">
            <Button>Show what exists there</Button>
          </div>
        </AskForm>
        {country.tollFree ? (
          <p class="card">
            {country.name} has toll-free numbers: <a href="/portal/numbers/new">generate a new one</a>, or
            attach one below.
          </p>
        ) : null}
        <Attach model={model} />
        {country.shortCode ? <ShortCode model={model} /> : null}
        {country.name11 === undefined ? (
          <p class="quiet">
            Names instead of numbers do not exist in {country.name}: its networks refuse them.
          </p>
        ) : (
          <Name model={model} />
        )}
        <div class="actions">
          <ButtonLink href="/portal/texts">Back to SMS notifications</ButtonLink>
        </div>
      </>
    ),
  })
}

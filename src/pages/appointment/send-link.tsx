import { Badge } from '../layout/components/badge.tsx'
import { Button } from '../layout/components/button.tsx'
import { Card } from '../layout/components/card.tsx'
import { TextField } from '../layout/components/field.tsx'
import { MessageBar } from '../layout/components/message-bar.tsx'
import { type Fields, PostForm } from '../layout/components/post-form.tsx'
import { SelectField } from '../layout/components/select.tsx'
import type { LinkLine, SendLinkModel } from './links-model.ts'

/** The names of the form's fields. */
export const SEND_LINK_FORM = {
  role: 'role',
  way: 'way',
  address: 'address',
  language: 'language',
  form: 'form',
} as const

/** To the patient again, to another number or address, or to a guest; each its own link. */
export const SendLink = ({ model, fields }: { model: SendLinkModel; fields: Fields }) => {
  const names = SEND_LINK_FORM
  const { given } = model
  return (
    <Card id="send-link" heading="Send the meeting link">
      {model.problem === undefined ? null : (
        <div class="gap">
          <MessageBar tone="error" title="Nothing was sent" role="alert">
            <p>{model.problem}</p>
          </MessageBar>
        </div>
      )}
      {model.ways.length === 0 ? (
        <p class="quiet">Neither texts nor e-mails are set up for this EHR. Ask your administrator.</p>
      ) : (
        <PostForm action={model.action} fields={{ ...fields, [names.form]: model.form }}>
          <div class="form-grid">
            <SelectField
              id="link-role"
              label="To"
              name={names.role}
              options={model.roles}
              value={given.role}
            />
            <SelectField id="link-way" label="By" name={names.way} options={model.ways} value={given.way} />
            <SelectField
              id="link-language"
              label="Language"
              name={names.language}
              options={model.languages}
              value={given.language}
            />
            <TextField
              id="link-address"
              label="Number or e-mail address"
              name={names.address}
              hint={addressHint(model)}
              {...(given.address === undefined ? {} : { value: given.address })}
            />
          </div>
          <div class="actions gap-top">
            <Button look="primary">Send the link</Button>
          </div>
        </PostForm>
      )}
    </Card>
  )
}

/** Whether the field may stay empty: only where there is a patient, and a chart that can be read. */
function addressHint({ roles, chartUnread }: SendLinkModel): string {
  const kept = 'Used once and not kept.'
  if (!roles.some(({ value }) => value === 'patient')) return kept
  return chartUnread
    ? `The chart cannot be read now: type it. ${kept}`
    : `Empty: the patient’s own, from the chart. ${kept}`
}

/** The links that were sent by hand, what became of each, and the button that takes it back. */
export const SentLinks = ({
  links,
  action,
  fields,
}: {
  links: readonly LinkLine[]
  action: string
  fields: Fields
}) =>
  links.length === 0 ? null : (
    <Card id="links-heading" heading="Links sent from here">
      <ul class="notices">
        {links.map(({ serial, who, at, status, tone, open }) => (
          <li>
            <strong>{who}</strong>
            <Badge tone={tone}>{status}</Badge>
            <span class="at nums">{at}</span>
            {open ? (
              <PostForm action={action} fields={{ ...fields, serial: String(serial) }} inline>
                <Button look="link">
                  Take back<span class="sr-only"> the link to {who}</span>
                </Button>
              </PostForm>
            ) : null}
          </li>
        ))}
      </ul>
    </Card>
  )

import { AskForm } from '../../layout/components/ask-form.tsx'
import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { DefinitionList } from '../../layout/components/definition-list.tsx'
import { TextField } from '../../layout/components/field.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Rendered } from '../../layout/document.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'

export type SwitchOnModel = {
  readonly frame: Frame
  readonly siteId: string
  readonly name: string
  readonly version: string
  /** Counted in the EHR; absent where it could not be read: then the administrator's own number counts. */
  readonly counted: { readonly visits: number; readonly cancelled: number } | undefined
  /** Why the EHR could not be read: a code for whoever helps. */
  readonly unread: string | undefined
  readonly typedVisits: string
  readonly estimate:
    | {
        readonly texts: number
        readonly segments: number
        readonly cost: string
        readonly segmentPrice: string
        readonly number: string | undefined
      }
    | undefined
  /** Reminders that are due at once, of the visits that come first where there are `more`. */
  readonly atOnce: { readonly due: number; readonly more: boolean }
  readonly withinADay: number | undefined
  readonly warnings: readonly string[]
}

function atOnceWords({ due, more }: SwitchOnModel['atOnce']): string {
  const count = due.toLocaleString('en-US')
  if (more) return `${count} reminders or more are due at once and leave as fast as the number may send.`
  if (due === 0) return 'No reminder is due at once.'
  if (due === 1) return 'One reminder is due at once and leaves within minutes.'
  return `${count} reminders are due at once and leave within minutes.`
}

const Estimate = ({ model }: { model: SwitchOnModel }) => {
  const { estimate, counted } = model
  if (estimate === undefined) return null
  return (
    <>
      <DefinitionList
        facts={[
          {
            term: counted === undefined ? 'Video visits a month' : 'Video visits in the last 30 days',
            value:
              counted === undefined
                ? `${model.typedVisits} (your number)`
                : `${counted.visits.toLocaleString('en-US')}, of which ${counted.cancelled.toLocaleString('en-US')} were cancelled`,
          },
          { term: 'Texts a month', value: `about ${estimate.texts.toLocaleString('en-US')}` },
          {
            term: 'Segments a text',
            value: `${estimate.segments} at most, in the language of everybody else`,
          },
          { term: 'Price of a segment', value: estimate.segmentPrice },
          ...(estimate.number === undefined ? [] : [{ term: 'The number', value: estimate.number }]),
          { term: 'Cost a month', value: <strong>{`about ${estimate.cost}`}</strong> },
        ]}
      />
      <p class="quiet">
        Each visit that is moved costs one text more, which nobody can tell beforehand. Microsoft bills the
        Azure subscription of this deployment.
      </p>
    </>
  )
}

/** What texts will cost and how many leave at once, before they are switched on. */
export function switchOnPage(model: SwitchOnModel): Rendered {
  const { frame, siteId, name, version, counted, unread, atOnce, withinADay } = model
  return portalDocument({
    frame,
    title: `Switch on texts of ${name}`,
    children: (
      <>
        {model.warnings.map((words) => (
          <MessageBar tone="warning">
            <p>{words}</p>
          </MessageBar>
        ))}
        <Card id="estimate" heading="What it will cost">
          <div class="stack-s">
            {counted === undefined ? (
              <>
                <MessageBar tone="warning" title="The EHR could not be asked">
                  <p>
                    The visits of the last 30 days could not be counted with the site’s system account (code{' '}
                    {unread}). Enter how many video visits you expect in a month; the connection doctor says
                    what keeps the EHR from answering.
                  </p>
                </MessageBar>
                <AskForm action={`/portal/texts/${siteId}/on`}>
                  <TextField
                    id="visits"
                    name="visits"
                    label="Video visits a month"
                    value={model.typedVisits}
                  />
                  <div class="actions">
                    <Button>Estimate the cost</Button>
                  </div>
                </AskForm>
              </>
            ) : null}
            <Estimate model={model} />
          </div>
        </Card>
        <Card id="begin" heading="What happens then">
          <ul class="next">
            <li>
              What is booked already is recorded first, without a text: nobody is told of a visit that they
              know. Confirmations begin with the next booking or change.
            </li>
            <li>{atOnceWords(atOnce)}</li>
            {withinADay === undefined ? null : (
              <li>
                {withinADay === 1
                  ? 'One reminder falls due within the next 24 hours.'
                  : `${withinADay.toLocaleString('en-US')} reminders fall due within the next 24 hours.`}
              </li>
            )}
          </ul>
        </Card>
        <PostForm action={`/portal/texts/${siteId}/on`} fields={{ csrf: frame.csrf, version }}>
          <div class="actions">
            <Button look="primary">Switch texts on</Button>
            <ButtonLink href={`/portal/texts/${siteId}`}>Not yet</ButtonLink>
          </div>
        </PostForm>
      </>
    ),
  })
}

import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { DefinitionList } from '../../layout/components/definition-list.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Rendered } from '../../layout/document.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { failureWords } from './order-words.ts'

export type NewNumberModel = {
  readonly frame: Frame
  /** The monthly price as the vendor says it now; a code where it could not be asked. */
  readonly price: { readonly amount: number; readonly currency: string; readonly shown: string } | undefined
  readonly failure: string | undefined
}

/** What a generated number costs, before anything is asked for. */
export function newNumberPage({ frame, price, failure }: NewNumberModel): Rendered {
  return portalDocument({
    frame,
    title: 'Generate a new phone number',
    lead: 'A toll-free number of the United States. Texts from it reach patients in the United States, Canada and Puerto Rico, and they can answer STOP.',
    children: (
      <>
        {price === undefined ? (
          <Unpriced failure={failure} />
        ) : (
          <Card id="cost" heading="What it costs">
            <PostForm
              action="/portal/numbers/new"
              fields={{ csrf: frame.csrf, amount: String(price.amount), currency: price.currency }}
            >
              <div class="stack-s">
                <DefinitionList
                  facts={[
                    { term: 'The number', value: `${price.shown} a month, until you release it` },
                    {
                      term: 'Each text',
                      value: 'about $0.01 for each segment of 160 characters, with the carriers’ fee',
                    },
                    { term: 'Paid by', value: 'the Azure subscription of this deployment' },
                  ]}
                />
                <p>
                  Finding and buying the number takes up to 2 minutes. Afterwards carriers want to verify it,
                  which takes up to six weeks; until then its texts are blocked.
                </p>
                <div class="actions">
                  <Button look="primary">{`Buy a number for ${price.shown} a month`}</Button>
                  <ButtonLink href="/portal/texts">Cancel</ButtonLink>
                </div>
              </div>
            </PostForm>
          </Card>
        )}
        <p>
          Texting to other countries? <a href="/portal/numbers/other">See what exists there</a>.
        </p>
      </>
    ),
  })
}

const Unpriced = ({ failure }: { failure: string | undefined }) => {
  const words = failureWords(failure ?? 'numbers_denied')
  return (
    <>
      <MessageBar tone="error" title={failure === undefined ? 'No toll-free number is offered' : words.title}>
        <p>
          The price could not be asked for, so nothing can be bought now.{' '}
          {failure === undefined ? words.why : ''}
        </p>
      </MessageBar>
      <ul class="next">
        {words.next.map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <div class="actions">
        <ButtonLink href="/portal/numbers/new" look="primary">
          Ask for the price again
        </ButtonLink>
        <ButtonLink href="/portal/texts">Back</ButtonLink>
      </div>
    </>
  )
}

import { Badge } from '../../layout/components/badge.tsx'
import { ButtonLink } from '../../layout/components/button.tsx'
import { Card } from '../../layout/components/card.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { KIND, type SenderFacts, verificationBadge, verificationRemedy } from './sender-words.ts'

export type SendersModel = {
  readonly senders: readonly SenderFacts[]
  /** Where a purchase is under way, or ended in a way that somebody should see. */
  readonly order: { readonly open: boolean; readonly words: string } | undefined
  readonly consented: boolean
}

const Sender = ({ sender }: { sender: SenderFacts }) => {
  const badge = verificationBadge(sender)
  const remedy = verificationRemedy(sender)
  return (
    <li>
      <div class="sender-head">
        <strong class="number">{sender.shown}</strong>
        <Badge tone={badge.tone}>{badge.words}</Badge>
      </div>
      <p class="quiet">
        {KIND[sender.kind]}, {sender.country}, {sender.perMinute.toLocaleString('en-US')} texts a minute
      </p>
      {remedy === undefined ? null : <p>{remedy}</p>}
      <p>
        {sender.sites.length > 0 ? (
          `Linked to ${sender.sites.join(', ')}.`
        ) : sender.releasing ? null : (
          <>
            <strong>Not linked yet.</strong> <a href="#configuration">Choose it for a FHIR base URL</a> below:
            only then texts are sent from it.
          </>
        )}
      </p>
      <a href={`/portal/senders/${encodeURIComponent(sender.id)}`}>
        {`Verification, pace and release of ${sender.shown}`}
      </a>
    </li>
  )
}

/** "Your phone numbers". */
export const Senders = ({ model, may }: { model: SendersModel; may: boolean }) => (
  <Card id="numbers" heading="Your phone numbers">
    <div class="stack-s">
      {model.order === undefined ? null : (
        <MessageBar
          tone={model.order.open ? 'info' : 'warning'}
          title={model.order.open ? 'A number is being generated' : 'The last number was not generated'}
        >
          <p>
            {model.order.words} <a href="/portal/numbers/order">Look at it</a>
          </p>
        </MessageBar>
      )}
      {model.senders.length === 0 ? (
        <p>
          No number yet. Patients see the number as the sender of every text; one may serve several FHIR base
          URLs.
        </p>
      ) : (
        <ul class="senders">
          {model.senders.map((sender) => (
            <Sender sender={sender} />
          ))}
        </ul>
      )}
      {may ? (
        model.consented ? (
          <div class="actions">
            <ButtonLink
              href="/portal/numbers/new"
              look={model.senders.length === 0 ? 'primary' : 'secondary'}
            >
              Generate a new phone number
            </ButtonLink>
            <ButtonLink href="/portal/numbers/other">Use another number or a name</ButtonLink>
          </div>
        ) : (
          <p class="quiet">Give both consents first; then a number can be generated or attached here.</p>
        )
      ) : null}
    </div>
  </Card>
)

import { Button, ButtonLink } from '../../layout/components/button.tsx'
import { MessageBar } from '../../layout/components/message-bar.tsx'
import { PostForm } from '../../layout/components/post-form.tsx'
import type { Rendered } from '../../layout/document.ts'
import { Icon } from '../../layout/icons.tsx'
import { liveRefresh } from '../../layout/live-refresh.ts'
import type { Frame } from '../layout/frame.ts'
import { portalDocument } from '../layout/portal-document.tsx'
import { UtcTime } from '../layout/time.tsx'
import { failureWords, orderLine } from './order-words.ts'
import { supportText } from './support.ts'

export type OrderModel = {
  readonly frame: Frame
  readonly state:
    | 'asked'
    | 'searching'
    | 'found'
    | 'price_changed'
    | 'purchasing'
    | 'bought'
    | 'done'
    | 'failed'
    | 'cancelled'
  readonly orderId: string
  readonly failure: string | undefined
  readonly failedIn: string | undefined
  readonly retryAt: string | undefined
  /** As people read it. */
  readonly number: string | undefined
  readonly senderId: string | undefined
  readonly shownPrice: string
  readonly foundPrice: string | undefined
  readonly elapsedSeconds: number
  readonly askedAt: string
  readonly resource: string
}

const STEPS = [
  { label: 'Asked for', states: ['asked'] },
  { label: 'Looking for a number', states: ['searching'] },
  { label: 'Checking the price', states: ['found', 'price_changed'] },
  { label: 'Buying it', states: ['purchasing'] },
  { label: 'Setting it up', states: ['bought'] },
] as const

function stepNow({ state, failedIn }: OrderModel): number {
  if (state === 'done') return STEPS.length
  const at = state === 'failed' ? (failedIn ?? 'asked') : state
  return Math.max(
    0,
    STEPS.findIndex(({ states }) => (states as readonly string[]).includes(at)),
  )
}

const Steps = ({ model }: { model: OrderModel }) => {
  const now = stepNow(model)
  const failed = model.state === 'failed'
  return (
    <ol class="progress">
      {STEPS.map(({ label }, index) => {
        const state = index < now ? 'done' : index > now ? 'to come' : failed ? 'failed' : 'now'
        return (
          <li
            class={`progress-${state.replace(' ', '-')}`}
            aria-current={state === 'now' ? 'step' : undefined}
          >
            <Icon name={state === 'done' ? 'check' : state === 'failed' ? 'error' : 'clock'} />
            <span>
              {label}
              <span class="sr-only">{`: ${state}`}</span>
            </span>
          </li>
        )
      })}
    </ol>
  )
}

function elapsed(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} seconds` : `${minutes} min ${String(seconds % 60).padStart(2, '0')} s`
}

const Failed = ({ model }: { model: OrderModel }) => {
  const { failure = '', failedIn, number, frame, orderId, retryAt, resource, askedAt } = model
  const words = failureWords(failure)
  return (
    <>
      <MessageBar tone="error" title={words.title}>
        <p>{words.why}</p>
      </MessageBar>
      <div class="part">
        <h2>What to do next</h2>
        <ol class="next">
          {words.next.map((line) => (
            <li>{line}</li>
          ))}
        </ol>
        {failedIn !== 'bought' || number === undefined ? null : (
          <p>
            The number that was bought: <strong class="number">{number}</strong>
          </p>
        )}
        {retryAt === undefined ? null : (
          <p>
            Possible again from <UtcTime at={retryAt} /> on.
          </p>
        )}
      </div>
      {words.support === undefined ? null : (
        <div class="part">
          <h2>Text for the support request</h2>
          <p class="quiet">Azure portal, Help + support, Create a support request. Paste this:</p>
          <pre class="code">{supportText({ kind: words.support, resource, at: askedAt, code: failure })}</pre>
        </div>
      )}
      {frame.may.configure ? (
        <div class="actions">
          {words.again === undefined ? null : (
            <PostForm action="/portal/numbers/order" fields={{ csrf: frame.csrf, orderId }} inline>
              <Button look="primary" name="action" value="again">
                {words.again}
              </Button>
            </PostForm>
          )}
          <ButtonLink href="/portal/numbers/other">Use another number</ButtonLink>
        </div>
      ) : null}
      <p class="ref">Code {failure}</p>
    </>
  )
}

const PriceChanged = ({ model }: { model: OrderModel }) => (
  <>
    <MessageBar tone="warning" title="The price is not the one that was shown">
      <p>
        The number {model.number} costs {model.foundPrice} a month. You agreed to {model.shownPrice}. Nothing
        is bought until you say so; Microsoft holds the number for some fifteen minutes.
      </p>
    </MessageBar>
    {model.frame.may.configure ? (
      <PostForm action="/portal/numbers/order" fields={{ csrf: model.frame.csrf, orderId: model.orderId }}>
        <div class="actions">
          <Button look="primary" name="action" value="accept">
            {`Buy it for ${model.foundPrice} a month`}
          </Button>
          <Button name="action" value="cancel">
            Do not buy
          </Button>
        </div>
      </PostForm>
    ) : null}
  </>
)

const Done = ({ model }: { model: OrderModel }) => (
  <>
    <MessageBar tone="success" title="Your new number">
      <p class="number big">{model.number}</p>
    </MessageBar>
    <p>
      It is yours and not linked yet. Next: submit its verification, since carriers block a toll-free number
      until they have verified it, and choose it for your FHIR base URLs.
    </p>
    <div class="actions">
      <ButtonLink href="/portal/texts" look="primary">
        Done
      </ButtonLink>
      <ButtonLink href={`/portal/senders/${encodeURIComponent(model.senderId ?? '')}`}>
        How to verify it
      </ButtonLink>
    </div>
  </>
)

/** The purchase of a number, live. It goes on whether somebody looks or not. */
export function orderPage(model: OrderModel): Rendered {
  const { frame, state, elapsedSeconds } = model
  const busy = ['asked', 'searching', 'found', 'purchasing', 'bought'].includes(state)
  const title = state === 'done' ? 'Your new phone number' : 'Generate a new phone number'
  return portalDocument({
    frame,
    title,
    scripts: [liveRefresh],
    ...(busy ? { refreshSeconds: 5 } : {}),
    children: (
      <div data-refresh={busy ? '2' : undefined}>
        <p class="sr-only" id="announce" role="status" />
        <section
          class="card stack-s"
          id="order"
          data-live
          data-sign={`${state} ${model.failure ?? ''}`}
          data-announce={orderLine({ state, failure: model.failure }) || title}
          aria-label="Progress"
        >
          {state === 'cancelled' ? null : <Steps model={model} />}
          {busy ? <p>{orderLine({ state })}</p> : null}
          {state === 'failed' ? <Failed model={model} /> : null}
          {state === 'price_changed' ? <PriceChanged model={model} /> : null}
          {state === 'done' ? <Done model={model} /> : null}
          {state === 'cancelled' ? (
            <>
              <p>The number was not bought. Nothing costs anything.</p>
              <div class="actions">
                <ButtonLink href="/portal/texts">Back to SMS notifications</ButtonLink>
              </div>
            </>
          ) : null}
        </section>
        <div id="elapsed" class="elapsed" data-live data-sign={`${state} ${elapsedSeconds}`}>
          {busy ? (
            <>
              <p class="quiet">{`${elapsed(elapsedSeconds)} so far. It usually takes up to 2 minutes.`}</p>
              {elapsedSeconds > 120 ? (
                <p>
                  This takes longer than usual; it goes on by itself. You may close this page and come back to
                  SMS notifications later: no second number is bought.
                </p>
              ) : null}
            </>
          ) : null}
        </div>
        <p class="quiet" data-stale hidden>
          This page has lost its connection: what it shows may be old. Load it again.
        </p>
      </div>
    ),
  })
}

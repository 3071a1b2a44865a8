import { ActionForm } from './action-form.tsx'
import { type Bubble, type Conversation, conversations, shownNumber } from './conversations.ts'
import { Icon } from './icons.tsx'
import { Linked } from './links.tsx'
import { calendarDay, clockTime, type Zone } from './times.ts'
import type { Parts, View } from './view.ts'

type Props = { readonly parts: Parts; readonly view: View; readonly zone: Zone }

/** The patient's phone: its frame stays, what is on the screen is refreshed. */
export function Phone({ parts, view, zone }: Props) {
  return (
    <section class="phone-panel" aria-labelledby="phone-title">
      <h2 id="phone-title" class="hidden">
        The patient's phone
      </h2>
      <PhonePicker parts={parts} view={view} />
      <div class="phone">
        <PhoneScreen parts={parts} view={view} zone={zone} />
        <Reply parts={parts} view={view} />
      </div>
    </section>
  )
}

/** Whose phone it is: the numbers with texts, the latest first. */
export function PhonePicker({ parts, view }: Omit<Props, 'zone'>) {
  return (
    <form method="get" action="/" class="picker" data-live="picker">
      <input type="hidden" name="practitioner" value={view.practitionerId} />
      <input type="hidden" name="scope" value={view.scope} />
      <label>
        <span>Phone of</span>
        <select name="phone" data-submit>
          <option value="">whoever got the newest text</option>
          {conversations(parts).map(({ phone, patientName }) => (
            <option value={phone} selected={phone === view.phone}>
              {patientName === undefined ? shownNumber(phone) : `${patientName} · ${shownNumber(phone)}`}
            </option>
          ))}
        </select>
      </label>
      <noscript>
        <button type="submit">Show</button>
      </noscript>
    </form>
  )
}

export function PhoneScreen({ parts, view, zone }: Props) {
  const shown = chosen(parts, view)
  return (
    <div class="screen" data-live="screen" data-phone={shown?.phone}>
      <div class="phone-top" aria-hidden="true">
        <span>{clockTime(parts.clock.now(), zone)}</span>
        <span class="notch" />
        <span>LTE</span>
      </div>
      <div class="contact">
        <span class="avatar" aria-hidden="true">
          <Icon name="person" />
        </span>
        <b>{shown === undefined ? 'Messages' : shownNumber(shown.clinicNumber)}</b>
        <small>{shown === undefined ? 'no texts yet' : ownerOf(shown)}</small>
      </div>
      {/* Focusable, because a scrolling region has to be reachable by keyboard. */}
      <div class="texts" role="log" aria-label="Texts" tabindex={0} data-scroll-end>
        {shown === undefined ? (
          <p class="empty">
            Texts appear here as they are sent. Book a video appointment and one comes in some ten seconds.
          </p>
        ) : (
          <Bubbles bubbles={shown.bubbles} zone={zone} />
        )}
      </div>
    </div>
  )
}

function Bubbles({ bubbles, zone }: { bubbles: readonly Bubble[]; zone: Zone }) {
  let day = ''
  return (
    <>
      {bubbles.map((bubble) => {
        const at = new Date(bubble.at)
        const today = calendarDay(at, zone)
        const dayLine = today === day ? null : <p class="date">{today}</p>
        day = today
        return (
          <>
            {dayLine}
            <div class={`bubble ${bubble.side}${bubble.state === 'Failed' ? ' failed' : ''}`}>
              <p>
                <Linked text={bubble.text} />
              </p>
              <small>
                <time datetime={bubble.at}>{clockTime(at, zone)}</time>
                {note(bubble)}
              </small>
            </div>
          </>
        )
      })}
    </>
  )
}

function note({ state }: Bubble): string {
  if (state === 'Failed') return ' · never arrived'
  return state === 'pending' ? ' · no receipt' : ''
}

/** Stays in place while texts arrive, so that a half-written answer is kept. */
function Reply({ parts, view }: Omit<Props, 'zone'>) {
  const phone = chosen(parts, view)?.phone ?? ''
  return (
    <div class="reply">
      <div class="words">
        {['STOP', 'START', 'HELP'].map((word) => (
          <ActionForm action="reply" view={view} fields={{ message: word, phone }}>
            <button type="submit" class="word">
              {word}
            </button>
          </ActionForm>
        ))}
      </div>
      <ActionForm action="reply" view={view} fields={{ phone }} class="compose">
        <label class="hidden" for="answer">
          Answer as the patient
        </label>
        <input
          id="answer"
          name="message"
          required
          maxlength={160}
          autocomplete="off"
          placeholder="Answer as the patient"
        />
        <button type="submit" class="send" aria-label="Send">
          <Icon name="send" />
        </button>
      </ActionForm>
    </div>
  )
}

/** The conversation that the view shows. */
function chosen(parts: Parts, view: View): Conversation | undefined {
  const all = conversations(parts)
  return all.find(({ phone }) => phone === view.phone) ?? all[0]
}

function ownerOf({ patientName, phone }: Conversation): string {
  return patientName === undefined ? `to ${shownNumber(phone)}` : `to ${patientName} · ${shownNumber(phone)}`
}

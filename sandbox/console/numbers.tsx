import { ActionForm } from './action-form.tsx'
import { shownNumber } from './conversations.ts'
import type { Parts, View } from './view.ts'

/**
 * The numbers of the Communication Services resource. Carriers verify a toll-free number in their own time; here a
 * button does it. Until then every text from it ends with delivery code 4010, and no API says so beforehand.
 */
export function Numbers({ parts, view }: { parts: Parts; view: View }) {
  const numbers = parts.acs.numbers()
  return (
    <section class="panel numbers" aria-labelledby="numbers-title" data-live="numbers">
      <div class="panel-head">
        <h2 id="numbers-title">Phone numbers</h2>
      </div>
      {numbers.length === 0 ? <p class="empty">The resource has no number.</p> : null}
      <ul>
        {numbers.map(({ phoneNumber, verified }) => (
          <li>
            <span>
              {shownNumber(phoneNumber)}
              <small>
                {verified ? 'verified by the carriers' : 'not verified: every text fails with 4010'}
              </small>
            </span>
            <ActionForm
              action="verify"
              view={view}
              fields={{ number: phoneNumber, verified: verified ? 'off' : 'on' }}
            >
              <button type="submit" class="small" id={`verify-${phoneNumber.slice(1)}`}>
                {verified ? 'Take back' : 'Verify'}
              </button>
            </ActionForm>
          </li>
        ))}
      </ul>
    </section>
  )
}

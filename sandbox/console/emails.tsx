import { calendarLine } from './calendar-line.ts'
import { Linked } from './links.tsx'
import { clockTime, type Zone } from './times.ts'
import type { Parts } from './view.ts'

const shownAtMost = 8

/** The patients' e-mails, newest first. */
export function Emails({ parts, zone }: { parts: Parts; zone: Zone }) {
  const emails = parts.acs.emails().toReversed().slice(0, shownAtMost)
  return (
    <section class="panel emails" aria-labelledby="emails-title" data-live="emails">
      <div class="panel-head">
        <h2 id="emails-title">E-mails</h2>
      </div>
      {emails.length === 0 ? <p class="empty">No e-mails yet.</p> : null}
      {emails.map((email) => (
        <details id={`email-${email.id}`}>
          <summary>
            <b>{email.subject}</b>
            <small>
              {clockTime(new Date(email.at), zone)} · {email.to} · {email.status}
            </small>
          </summary>
          <p class="plain">
            <Linked text={email.plainText} />
          </p>
          {email.attachments.map((attachment, index) => (
            <p>
              <a href={`/emails/${encodeURIComponent(email.id)}/${index}`} download={attachment.name}>
                {attachment.name}
              </a>{' '}
              {calendarLine(attachment) ?? ''}
            </p>
          ))}
          {email.html === '' ? null : (
            <a href={`/emails/${encodeURIComponent(email.id)}`} target="_blank" rel="noopener">
              Open as the mail program shows it
            </a>
          )}
        </details>
      ))}
    </section>
  )
}

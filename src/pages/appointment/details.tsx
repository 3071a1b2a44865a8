import { Badge } from '../layout/components/badge.tsx'
import { Card } from '../layout/components/card.tsx'
import { DefinitionList, type Fact } from '../layout/components/definition-list.tsx'
import type { AppointmentFacts, NoticeLine } from './model.ts'

/** `checked-in` as people read it: `Checked in`. */
export function statusWords(code: string): string {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What the EHR says of the appointment. */
export const Details = ({ appointment }: { appointment: AppointmentFacts }) => {
  const { start, durationMinutes, serviceType, locationName, participants, status } = appointment
  const facts: Fact[] = [
    { term: 'Time', value: <time datetime={start.iso}>{`${start.date}, ${start.time}`}</time> },
    { term: 'Time zone', value: start.zone },
  ]
  if (durationMinutes !== undefined) facts.push({ term: 'Duration', value: `${durationMinutes} minutes` })
  if (serviceType !== undefined) facts.push({ term: 'Type', value: serviceType })
  if (locationName !== undefined) facts.push({ term: 'Location', value: locationName })
  if (participants.length > 0) {
    facts.push({
      term: 'Participants',
      value: (
        <ul>
          {participants.map((role) => (
            <li>{role}</li>
          ))}
        </ul>
      ),
    })
  }
  facts.push({
    term: 'Status',
    value: status === undefined ? 'Not known now' : <Badge>{statusWords(status)}</Badge>,
  })
  return (
    <Card id="details" heading="Appointment">
      <DefinitionList facts={facts} />
    </Card>
  )
}

/** The texts and e-mails about this visit, and what became of each. */
export const Notices = ({ notices }: { notices: readonly NoticeLine[] }) => (
  <Card id="notices-heading" heading="Messages to the patient">
    {notices.length === 0 ? (
      <p class="quiet">No messages have been sent for this visit.</p>
    ) : (
      <ul class="notices">
        {notices.map(({ kind, status, tone, at }) => (
          <li>
            <strong>{kind}</strong>
            <Badge tone={tone}>{status}</Badge>
            <span class="at nums">{at}</span>
          </li>
        ))}
      </ul>
    )}
  </Card>
)

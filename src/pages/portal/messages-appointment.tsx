import { ButtonLink } from '../layout/components/button.tsx'
import { Card } from '../layout/components/card.tsx'
import { DefinitionList } from '../layout/components/definition-list.tsx'
import type { Rendered } from '../layout/document.ts'
import type { Frame } from './layout/frame.ts'
import { portalDocument } from './layout/portal-document.tsx'
import { UtcTime } from './layout/time.tsx'

/** The EHR's id of one appointment, for whoever calls the patient. */
export function appointmentIdPage(model: {
  readonly frame: Frame
  readonly site: string
  readonly start: string
  readonly appointmentId: string
}): Rendered {
  const { frame, site, start, appointmentId } = model
  return portalDocument({
    frame,
    title: 'Appointment',
    lead: 'Look the appointment up in the EHR by this id. That it was shown to you is in the history.',
    children: (
      <>
        <Card id="appointment" heading={site}>
          <DefinitionList
            facts={[
              { term: 'Appointment id', value: appointmentId },
              { term: 'Start', value: <UtcTime at={start} /> },
            ]}
          />
        </Card>
        <div class="actions">
          <ButtonLink href="/portal/messages">Back to messages</ButtonLink>
        </div>
      </>
    ),
  })
}

import { statusWords } from './appointment/details.tsx'
import type { AppointmentFacts } from './appointment/model.ts'
import { clinicianDocument } from './layout/clinician-document.tsx'
import { Badge } from './layout/components/badge.tsx'
import { Button } from './layout/components/button.tsx'
import { PostForm } from './layout/components/post-form.tsx'
import type { Rendered } from './layout/document.ts'

export type AppointmentChoiceModel = {
  readonly patientInitials?: string | undefined
  /** `value` is sent as `choice`: an opaque handle of the session, never an EHR id. */
  readonly candidates: readonly {
    readonly value: string
    readonly appointment: Omit<AppointmentFacts, 'patientInitials' | 'participants' | 'status'> & {
      readonly status: string
    }
  }[]
  readonly action: string
  readonly csrf: string
}

/** The name of the field that says which appointment was chosen. */
export const CHOICE_FIELD = 'choice'

/** Several video appointments fit the launch: the clinician says which. */
export function appointmentChoicePage(model: AppointmentChoiceModel): Rendered {
  return clinicianDocument({
    title: 'Choose the appointment',
    narrow: true,
    children: (
      <div class="stack">
        <div class="head">
          <h1>Which appointment?</h1>
          <p class="lead">
            {model.patientInitials === undefined
              ? 'The chart'
              : `The chart of patient ${model.patientInitials}`}{' '}
            has more than one that fits.
          </p>
        </div>
        <PostForm action={model.action} fields={{ csrf: model.csrf }}>
          <ul class="choices">
            {model.candidates.map(({ value, appointment }, index) => (
              <li class="card">
                <div id={`choice-${index}`}>
                  <p>
                    <strong class="nums">
                      {appointment.start.date}, {appointment.start.time}
                    </strong>{' '}
                    <Badge>{statusWords(appointment.status)}</Badge>
                  </p>
                  <p class="quiet">
                    {[
                      appointment.serviceType,
                      appointment.locationName,
                      appointment.durationMinutes === undefined
                        ? undefined
                        : `${appointment.durationMinutes} minutes`,
                    ]
                      .filter((part) => part !== undefined)
                      .join(' · ')}
                  </p>
                </div>
                <Button name={CHOICE_FIELD} value={value} describedBy={`choice-${index}`}>
                  Open
                </Button>
              </li>
            ))}
          </ul>
        </PostForm>
      </div>
    ),
  })
}

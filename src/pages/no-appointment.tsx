import { failurePage } from './failure.tsx'
import type { Rendered } from './layout/document.ts'

export type NoAppointmentModel = {
  readonly reference: string
  /** The launch named a patient, but none of the patient's appointments is a video visit near this time. */
  readonly patientKnown: boolean
  readonly retryUrl?: string | undefined
}

/** The launch worked, but no appointment came with it or was found. */
export function noAppointmentPage(model: NoAppointmentModel): Rendered {
  const { reference, retryUrl, patientKnown } = model
  return failurePage({
    audience: 'clinician',
    code: 'launch_no_context',
    title: 'No appointment in this launch',
    what: patientKnown
      ? 'The EHR opened this app for a patient, but we found no video appointment of that patient near this time.'
      : 'The EHR opened this app without saying which appointment it is about.',
    why: patientKnown
      ? 'The appointment may be on another day, cancelled, or not booked as a video visit.'
      : 'The app was probably opened from a menu instead of from an appointment.',
    next: [
      'Go back to the patient board and choose Teams beside the appointment.',
      'Check that the appointment is booked as a video visit.',
      'If this keeps happening, ask your EHR team to send the appointment with the launch.',
    ],
    reference,
    retryUrl,
  })
}

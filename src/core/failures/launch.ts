import type { FailureWords } from '../smart/failure-words.ts'
import { ADMIN, AGAIN, SUPPORT } from './next-steps.ts'

/** Opening a visit from the EHR: what a launch lacks, and appointments that no meeting is opened for. */
export const launchWords = {
  launch_parameters_missing: {
    status: 400,
    title: 'This address is opened by the EHR',
    what: 'The launch came without the two things that an EHR sends along: who it is (iss) and which chart it is (launch).',
    why: 'The address was opened by hand, or the EHR’s link to it is not set up as a SMART launch.',
    next: [
      'Open the video visit from the chart.',
      'EHR team: set this address up as a SMART on FHIR EHR launch.',
    ],
  },
  launch_unknown_issuer: {
    status: 403,
    title: 'This EHR is not set up here',
    what: 'The launch comes from a FHIR server that no organization has set up in this connector.',
    why: 'The FHIR base URL in the portal differs from the one that the EHR uses, or the launch went to the wrong deployment.',
    next: [
      'Administrator: add the FHIR base URL in the portal, exactly as the EHR sends it in “iss”.',
      'EHR team: check that the launch URL is the one of the integration record.',
      SUPPORT,
    ],
  },
  launch_wrong_environment: {
    status: 403,
    title: 'The launch comes from the EHR’s other environment',
    what: 'This EHR is set up here under another address: testing and production are different FHIR servers.',
    why: 'The launch was made in one environment of the EHR and the connector was set up for the other one.',
    next: [
      'Open the video visit in the environment that is set up.',
      'Administrator: add this FHIR base URL too, with its own environment, Testing or Production.',
      SUPPORT,
    ],
  },
  launch_tenant_not_allowed: {
    status: 403,
    title: 'Your organization does not use this deployment',
    what: 'The EHR belongs to an organization that this deployment no longer serves.',
    why: 'The operator’s list of allowed organizations does not name it.',
    next: ['Ask the operator of the deployment (setting ALLOWED_TENANTS).', SUPPORT],
  },
  launch_site_in_setup: {
    status: 409,
    title: 'The setup of this EHR is not finished',
    what: 'An administrator has added this EHR to the connector, and not finished its setup yet.',
    why: 'Visits open once the last step of the configuration portal, “Review and finish”, is done.',
    next: [ADMIN],
  },
  launch_no_context: {
    status: 404,
    title: 'No appointment came with this launch',
    what: 'The EHR opened the visit without saying for which appointment or patient.',
    why: 'The launch was started outside of a chart.',
    next: ['Open the video visit from the patient’s appointment.', SUPPORT],
  },
  launch_no_appointment: {
    status: 404,
    title: 'No video appointment was found',
    what: 'The EHR has no video appointment of this patient within twelve hours of now.',
    why: 'It was moved, cancelled, or booked as a visit in the clinic.',
    next: ['Check the appointment in the schedule.', AGAIN],
  },
  appointment_not_video: {
    status: 409,
    title: 'This appointment is not by video',
    what: 'In the EHR this is not a video visit, so there is no Teams meeting for it.',
    why: 'It was booked, or changed to, a visit in the clinic.',
    next: ['Change the appointment’s type in the schedule if it should be by video.', AGAIN],
  },
  appointment_cancelled: {
    status: 409,
    title: 'This appointment is cancelled',
    what: 'In the EHR this appointment is cancelled. No meeting is opened for it.',
    why: 'Somebody cancelled it, perhaps a moment ago.',
    next: ['Check the schedule.', 'Book the visit again if it should take place.'],
  },
  appointment_over: {
    status: 409,
    title: 'This appointment is over',
    what: 'In the EHR this visit has taken place or its time has long passed.',
    why: 'The launch was made from an older appointment.',
    next: ['Open the video visit from today’s appointment.'],
  },
} as const satisfies Record<string, FailureWords>

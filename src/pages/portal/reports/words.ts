/** Code -> what people read. */
export const OUTCOMES: Readonly<Record<string, string>> = {
  completed: 'Completed',
  in_progress: 'In progress',
  no_show: 'No show',
  patient_not_admitted: 'Patient never admitted',
  clinician_absent: 'Clinician absent',
  technical_failure: 'Technical failure',
  cancelled: 'Cancelled',
  upcoming: 'Upcoming',
}

export const REASONS: Readonly<Record<string, string>> = {
  cancelled: 'taken off in the EHR',
  not_video: 'no longer by video',
  nobody_came: 'neither side came',
  clinician_alone: 'the clinician came alone',
  meeting_not_made: 'the meeting could not be made',
  device_failed: 'the patient’s device check failed',
  nobody_got_in: 'both tried to join, nobody got in',
}

export const DEVICES: Readonly<Record<string, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  none: 'Not done',
}
export const RATINGS: Readonly<Record<string, string>> = {
  good: 'Good',
  fair: 'Fair',
  poor: 'Poor',
  none: 'Not measured',
}
export const CHANNELS: Readonly<Record<string, string>> = { text: 'Text', email: 'E-mail' }
export const SUBJECTS: Readonly<Record<string, string>> = {
  booked: 'Confirmation: booked',
  moved: 'Confirmation: new time',
  cancelled: 'Confirmation: cancelled',
  not_video: 'Confirmation: no longer by video',
  reminder: 'Reminder',
}
export const RESULTS: Readonly<Record<string, string>> = {
  delivered: 'Delivered',
  sent: 'Sent, no receipt yet',
  on_the_way: 'Being sent',
  not_known: 'Not known',
  opted_out: 'Opted out',
  invalid_number: 'Invalid number or address',
  number_does_not_exist: 'Number does not exist',
  blocked_number: 'Blocked number',
  unreachable: 'Unreachable',
  spam: 'Refused as spam or by volume',
  recipient_blocked: 'Recipient blocked',
  other_error: 'Other error',
  not_sent: 'Not sent',
}
export const BASES: Readonly<Record<string, string>> = {
  planned: 'plan only',
  live: 'live events',
  attendance: 'attendance report',
}

type ColumnWords = {
  readonly label: string
  /** What the figure is, for those who compare it with another report. */
  readonly definition: string
  readonly numeric?: boolean
  /** Unit in an export. */
  readonly unit?: string
}

export const COLUMN_WORDS: Readonly<Record<string, ColumnWords>> = {
  start: {
    label: 'Start (UTC)',
    definition: 'Planned start of the appointment, as the patient was told, in UTC.',
  },
  site: { label: 'Site', definition: 'The FHIR base URL’s site that the appointment belongs to.' },
  department: { label: 'Department', definition: 'The department whose locations the appointment lies in.' },
  outcome: {
    label: 'Status',
    definition:
      'What became of the visit. What failed is shown from the planned end on, and set right should somebody come later. Each status is defined below.',
  },
  reason: { label: 'Why', definition: 'What the status rests on, where there is more to say.' },
  begun: {
    label: 'Began (UTC)',
    definition: 'When a member of staff and a participant were both in the meeting for the first time.',
  },
  duration: {
    label: 'Duration',
    definition: 'From that moment until the last person left. Zero where both sides did not meet.',
    numeric: true,
    unit: 'seconds',
  },
  waited: {
    label: 'Lobby wait',
    definition:
      'From the first participant’s wait until one participant was let in. The wait begins when somebody presses Join on the link’s page, or is first seen in the lobby. Empty where nobody was let in.',
    numeric: true,
    unit: 'seconds',
  },
  attendees: {
    label: 'Attendees',
    definition: 'The most people who were in the meeting at once; the lobby does not count.',
    numeric: true,
  },
  clinician: {
    label: 'Clinician',
    definition:
      'The person of your organization who was in the meeting longest, or pressed Join. Kept as a Microsoft 365 id; the name is asked of Microsoft now.',
  },
  device: {
    label: 'Device check',
    definition:
      'Failed: camera, microphone or connection did not pass on the patient’s page. The loudspeaker does not count.',
  },
  messages: { label: 'Messages', definition: 'What became of the texts and e-mails about the visit.' },
  rating: {
    label: 'Call quality',
    definition:
      'Of the worst audio or video stream. Poor: jitter over 30 ms, loss over 10 % or round trip over 500 ms. Fair: over 15 ms, 1 % or 200 ms. Good: below. Measured only where call quality is switched on.',
  },
  jitter: {
    label: 'Jitter',
    definition: 'Highest average jitter of any stream.',
    numeric: true,
    unit: 'milliseconds',
  },
  loss: {
    label: 'Packet loss',
    definition: 'Highest average share of lost packets of any stream.',
    numeric: true,
    unit: 'percent',
  },
  roundTrip: {
    label: 'Round trip',
    definition: 'Highest average round trip time of any stream.',
    numeric: true,
    unit: 'milliseconds',
  },
  planned: { label: 'Planned', definition: 'Planned length.', numeric: true, unit: 'minutes' },
  basis: {
    label: 'Known by',
    definition:
      'By which account: Microsoft’s attendance report, which is final; live events of the meeting until it is in; or the plan alone.',
  },
  reference: {
    label: 'Reference',
    definition: 'Names the visit here. It leads to no patient, and cannot be found in the EHR.',
  },
  sent: {
    label: 'Sent (UTC)',
    definition: 'When the message was first handed to the vendor, or when it was decided not to send it.',
  },
  subject: { label: 'Type', definition: 'What the message is about.' },
  channel: { label: 'Sent by', definition: 'Text message or e-mail. No number and no address is kept.' },
  result: {
    label: 'Result',
    definition:
      'Delivered and every failure are what the carrier or mail server reported. Not sent: it was skipped or too late, and Why says which. Not known: no report came, and it is never sent again blindly.',
  },
  resultReason: {
    label: 'Why',
    definition: 'The reason as a code; carrier_ is followed by the vendor’s own code.',
  },
}

export const FIGURE_WORDS: Readonly<Record<string, string>> = {
  'Median lobby wait':
    'Half of the visits with a wait waited no longer. Rounded to 5 seconds below five minutes, to 30 below half an hour.',
  '90th percentile': 'Nine of ten waited no longer.',
  'Median duration': 'Half of the completed visits were no longer.',
  'Completed share':
    'Completed visits among those that were held or failed: without cancelled, upcoming and running ones.',
}

/** Of each status, as the page says it. */
export const OUTCOME_MEANINGS: Readonly<Record<string, string>> = {
  completed: 'Staff and a participant were in the meeting at the same time, and it ended.',
  in_progress: 'Somebody is in the meeting or waits for it.',
  no_show: 'No participant came, whether the clinician did or not.',
  patient_not_admitted: 'A participant waited, staff was in the meeting, and nobody let them in.',
  clinician_absent: 'A participant waited and no staff came.',
  technical_failure:
    'The meeting could not be made; or the patient’s device check failed and they did not come; or both sides tried to join and nobody got in.',
  cancelled: 'Taken off in the EHR, or no longer by video.',
  upcoming: 'Not over yet, and nobody is there.',
}

import type { Missing } from '../../../core/sites/may-finish.ts'

/** What is missing, in a sentence that says where it is entered, and the part of the site's page that it leads to. */
export const MISSING_WORDS: Readonly<Record<Missing, { readonly words: string; readonly part: string }>> = {
  client_id: {
    words: 'Enter the client id that the EHR team gave the clinicians’ application.',
    part: 'clinicians',
  },
  organizers: { words: 'Choose at least one account that organizes the meetings.', part: 'meetings' },
  time_zone: { words: 'Choose the time zone of the clinic.', part: 'patients' },
  patient_phone: {
    words: 'Enter the phone number that patients can call. Production needs one.',
    part: 'patients',
  },
  system_account: {
    words: 'Enter the system account: texts and e-mails are written from what it reads.',
    part: 'system',
  },
  department: {
    words: 'Add a department and switch it on: only its patients are told.',
    part: 'departments',
  },
  tested: {
    words:
      'Run the connection doctor on a Testing site until it passes, or record why Production starts without.',
    part: 'override',
  },
}

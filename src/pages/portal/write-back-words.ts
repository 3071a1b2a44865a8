/** What the EHR refused to take, and what to do about it; codes of which nobody knows more read as the last one. */
const WORDS: Readonly<Record<string, { readonly what: string; readonly remedy: string }>> = {
  ehr_conflict: {
    what: 'Somebody else kept changing the appointment',
    remedy: 'Close the appointment in the EHR; opening the visit an hour later writes again.',
  },
  ehr_not_found: {
    what: 'The EHR no longer has the appointment',
    remedy: 'Check the schedule: it was deleted or merged.',
  },
  ehr_scope_missing: {
    what: 'The system account may not write appointments',
    remedy:
      'EHR team: add system/Appointment.write to the system account. Then add it to the site’s system scopes.',
  },
  ehr_refused: {
    what: 'The EHR does not take the links or the status',
    remedy: 'Ask the EHR team whether the appointment has video link fields, then run the doctor.',
  },
  write_back_link_too_long: {
    what: 'The link is longer than the EHR’s field',
    remedy: 'Ask the operator for shorter PUBLIC_URL and LINK_URL addresses.',
  },
}
const SIGN_IN = {
  what: 'The system account could not sign in at the EHR',
  remedy: 'Run the doctor: it tries the system account and its scopes.',
}
const BUSY = {
  what: 'The EHR was busy, away, or somebody had the appointment open, at six tries',
  remedy: 'Opening the visit an hour later writes again.',
}

/** The code of a failed write in words. */
export function writeBackWords(code: string): { readonly what: string; readonly remedy: string } {
  const known = Object.hasOwn(WORDS, code) ? WORDS[code] : undefined
  return known ?? (code.startsWith('smart_') ? SIGN_IN : BUSY)
}

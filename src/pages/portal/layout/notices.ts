import type { Notice } from './frame.ts'

/**
 * What the address of a page may say was just done (`?done=…`): a code chooses the words, so that nobody can put words
 * of their own on our page by a link.
 */
const NOTICES: Readonly<Record<string, Notice>> = {
  saved: { tone: 'success', title: 'Saved.' },
  removed: { tone: 'success', title: 'Removed.' },
  checked: { tone: 'success', title: 'Checked again.' },
  consented: {
    tone: 'success',
    title: 'The permissions are granted.',
    words: 'This was asked of Microsoft just now. Choose the organizer accounts next.',
  },
  'consent-partly': {
    tone: 'warning',
    title: 'Consent came back, but something is still missing.',
    words: 'Below is what Microsoft really granted. A change can take a minute; check again then.',
  },
  'organizer-added': {
    tone: 'success',
    title: 'The account was added.',
    words: 'It may organize visits once the access policy below is granted to it.',
  },
  'site-added': {
    tone: 'success',
    title: 'FHIR base URL added.',
    words:
      'Open its settings next: departments, phone number, time zone, organizers. It is not in use until you finish.',
  },
  'site-in-setup': {
    tone: 'warning',
    title: 'Saved. The site is in setup again.',
    words:
      'It became a Production site: nobody can launch from it, and no patient is told anything, until you finish it under “Review and finish”.',
  },
  'push-on': {
    tone: 'success',
    title: 'The engine’s key is registered.',
    words: 'Give its team the address and the example below.',
  },
  'push-off': {
    tone: 'success',
    title: 'The key is removed.',
    words: 'Requests of the engine are refused from now on.',
  },
  'site-removed': { tone: 'success', title: 'FHIR base URL removed.' },
  finished: {
    tone: 'success',
    title: 'The setup of this FHIR base URL is finished.',
    words: 'Clinicians can launch visits now. Give the records below to the EHR team if you have not yet.',
  },
  consents: { tone: 'success', title: 'Both consents are given.' },
  withdrawn: { tone: 'success', title: 'The consents are withdrawn.', words: 'All texts are off.' },
  sender: {
    tone: 'success',
    title: 'It is on your list.',
    words: 'It is not linked yet: choose it for a FHIR base URL under SMS configuration.',
  },
  releasing: { tone: 'success', title: 'The number is being released.' },
  'texts-on': {
    tone: 'success',
    title: 'Texts are on.',
    words: 'What is booked already is recorded first; confirmations begin with the next change.',
  },
  'texts-off': { tone: 'success', title: 'Texts are off.' },
  replayed: {
    tone: 'success',
    title: 'Put back.',
    words: 'They are tried again within seconds. What fails five times more comes back to this list.',
  },
  'signed-in': { tone: 'success', title: 'You are signed in.' },
}

export function noticeOf(done: string | null): Notice | undefined {
  return done !== null && Object.hasOwn(NOTICES, done) ? NOTICES[done] : undefined
}

import type { EmailWords } from './words.ts'

export const en: EmailWords = {
  booked: { subject: 'Your video visit is booked', lead: 'Your video visit is on {when}.' },
  moved: { subject: 'Your video visit has a new time', lead: 'Your video visit is now on {when}.' },
  cancelled: {
    subject: 'Your video visit is cancelled',
    lead: 'Your video visit on {when} is cancelled. There is nothing to join.',
  },
  not_video: {
    subject: 'Your visit is no longer by video',
    lead: 'Your visit on {when} is no longer by video. Ask your clinic where to go.',
  },
  reminder: { subject: 'Reminder of your video visit', lead: 'Your video visit is on {when}.' },
  summary: 'Video visit',
  open: 'Open your visit',
  linkNote:
    'This link opens your visit in the browser, with no app and no account. Please do not pass it on.',
  callClinic: 'Questions? Call your clinic: {phone}',
  emergency: 'In an emergency, do not wait for this visit. Call your local emergency number.',
}

import type { OptOutWords, TextWords } from './words.ts'

export const en: TextWords = {
  booked: 'Video visit booked: {when}. Join here: {link} {optOut}',
  moved: 'Your video visit is now {when}. Join: {link} {optOut}',
  cancelled: 'Video visit on {when} is cancelled. {link} {optOut}',
  not_video: 'No longer by video: your visit {when}. {link} {optOut}',
  reminder: 'Reminder: video visit {when}. Join: {link} {optOut}',
}

export const enOptOut: OptOutWords = { reply: 'Reply STOP to opt out.', link: 'Opt out at the link.' }

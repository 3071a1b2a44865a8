import type { TextWords } from './words.ts'

export const en: TextWords = {
  booked: 'Video visit booked: {when}. Join here: {link} Reply STOP to opt out.',
  moved: 'Your video visit is now {when}. Join here: {link} Reply STOP to opt out.',
  cancelled: 'Your video visit on {when} is cancelled. {link} Reply STOP to opt out.',
  not_video: 'Your visit on {when} is no longer by video. {link} Reply STOP to opt out.',
  reminder: 'Reminder: video visit {when}. Join here: {link} Reply STOP to opt out.',
}

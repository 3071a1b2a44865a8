import type { TextWords } from './words.ts'

export const en: TextWords = {
  booked: 'Video visit booked: {when}. Join here: {link} Reply STOP to opt out.',
  moved: 'Your video visit is now {when}. Join: {link} Reply STOP to opt out.',
  cancelled: 'Video visit on {when} is cancelled. {link} Reply STOP to opt out.',
  not_video: 'No longer by video: your visit {when}. {link} Reply STOP to opt out.',
  late: 'Running late: video visit {when}. Join {link} Reply STOP to opt out.',
  link: 'Your video visit: {when}. Join here: {link} Reply STOP to opt out.',
  guest: 'You are invited to a video visit {when}. {link} STOP to opt out.',
  reminder: 'Reminder: video visit {when}. Join {link} Reply STOP to opt out.',
}

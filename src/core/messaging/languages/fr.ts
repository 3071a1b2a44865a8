import type { TextWords } from './words.ts'

export const fr: TextWords = {
  booked: 'Rendez-vous video: {when}. Rejoindre: {link} STOP pour ne plus recevoir.',
  moved: 'Rendez-vous video reporté: {when}. Rejoindre: {link} STOP pour arrêter.',
  cancelled: 'Rendez-vous video annulé: {when}. {link} STOP pour ne plus recevoir.',
  not_video: "Votre rendez-vous n'est plus en video: {when}. {link} STOP pour arrêter.",
  reminder: 'Rappel, rendez-vous video: {when}. Rejoindre: {link} STOP pour arrêter.',
}

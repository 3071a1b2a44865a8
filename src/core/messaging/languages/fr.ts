import type { TextWords } from './words.ts'

export const fr: TextWords = {
  booked: 'Rendez-vous vidéo: {when}. Rejoindre: {link} STOP pour arrêter.',
  moved: 'Rendez-vous vidéo déplacé: {when}. Lien: {link} STOP pour arrêter.',
  cancelled: 'Rendez-vous vidéo annulé: {when}. {link} STOP pour arrêter.',
  not_video: "Le rendez-vous n'est plus en vidéo: {when}. {link} STOP pour arrêter.",
  late: 'Retard: rendez-vous vidéo {when}. Lien: {link} STOP pour arrêter.',
  link: 'Votre rendez-vous vidéo: {when}. Lien: {link} STOP pour arrêter.',
  guest: 'Vous êtes invité à un rendez-vous vidéo {when}. {link} STOP: arrêt.',
  reminder: 'Rappel: rendez-vous vidéo {when}. Lien: {link} STOP pour arrêter.',
}

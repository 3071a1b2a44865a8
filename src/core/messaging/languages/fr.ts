import type { OptOutWords, TextWords } from './words.ts'

export const fr: TextWords = {
  booked: 'Rendez-vous vidéo: {when}. Rejoindre: {link} {optOut}',
  moved: 'Rendez-vous vidéo déplacé: {when}. Lien: {link} {optOut}',
  cancelled: 'Rendez-vous vidéo annulé: {when}. {link} {optOut}',
  not_video: "Le rendez-vous n'est plus en vidéo: {when}. {link} {optOut}",
  reminder: 'Rappel: rendez-vous vidéo {when}. Lien: {link} {optOut}',
}

export const frOptOut: OptOutWords = { reply: 'STOP pour arrêter.', link: 'Arrêt par le lien.' }

import type { Language } from '../../sites/site.ts'

/**
 * What a patient is answered who writes to the number. `{call}` is the sentence with the clinic's phone, where it is
 * known; with it, and with the longest link, each is one segment of GSM-7.
 */
export type ReplyWords = {
  readonly help: string
  readonly link: string
  readonly noLink: string
  readonly unknown: string
  readonly call: string
}

export const replyWords: Readonly<Record<Language, ReplyWords>> = {
  en: {
    help: 'This number sends links to video visits. Reply LINK for yours, STOP to opt out.{call}',
    link: 'Your next video visit: {link} Reply STOP to opt out.',
    noLink: 'We found no video visit for this number.{call}',
    unknown: 'Nobody reads replies here. Reply LINK for your visit link, STOP to opt out.{call}',
    call: ' Questions: {phone}',
  },
  es: {
    help: 'Este numero manda enlaces de citas por video. Responda ENLACE para el suyo, STOP para baja.{call}',
    link: 'Su próxima cita por video: {link} Baja: responda STOP.',
    noLink: 'No hay ninguna cita por video para este número.{call}',
    unknown: 'Nadie lee las respuestas. Responda ENLACE para su enlace, STOP para baja.{call}',
    call: ' Preguntas: {phone}',
  },
  fr: {
    help: 'Ce numéro envoie les liens de rendez-vous vidéo. Répondez LIEN pour le vôtre, STOP pour arrêter.{call}',
    link: 'Votre prochain rendez-vous vidéo: {link} STOP pour arrêter.',
    noLink: 'Aucun rendez-vous vidéo pour ce numéro.{call}',
    unknown: 'Personne ne lit les réponses. Répondez LIEN pour votre lien, STOP pour arrêter.{call}',
    call: ' Questions: {phone}',
  },
}

import type { EmailWords } from './words.ts'

export const fr: EmailWords = {
  booked: {
    subject: 'Votre consultation vidéo est programmée',
    lead: 'Votre consultation vidéo a lieu le {when}.',
  },
  moved: {
    subject: 'Votre consultation vidéo a un nouvel horaire',
    lead: 'Votre consultation vidéo a désormais lieu le {when}.',
  },
  cancelled: {
    subject: 'Votre consultation vidéo est annulée',
    lead: 'Votre consultation vidéo du {when} est annulée. Il n’y a rien à rejoindre.',
  },
  not_video: {
    subject: 'Votre consultation n’a plus lieu par vidéo',
    lead: 'Votre consultation du {when} n’a plus lieu par vidéo. Demandez à votre établissement où vous rendre.',
  },
  reminder: {
    subject: 'Rappel de votre consultation vidéo',
    lead: 'Votre consultation vidéo a lieu le {when}.',
  },
  summary: 'Consultation vidéo',
  open: 'Ouvrir votre consultation',
  linkNote:
    'Ce lien ouvre votre consultation dans le navigateur, sans application ni compte. Merci de ne pas le transmettre.',
  callClinic: 'Une question\u202f? Appelez votre établissement\u00a0: {phone}',
  emergency:
    'En cas d’urgence, n’attendez pas cette consultation. Appelez le numéro d’urgence de votre région.',
}

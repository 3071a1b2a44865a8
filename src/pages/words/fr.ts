import type { Words } from './en.ts'

/**
 * What patients read, in French. Before `?` stands a narrow no-break space (U+202F), before `:` and inside guillemets a
 * no-break space (U+00A0), written as escapes so that they can be seen.
 */
export const fr = {
  languageName: 'Français',
  locale: 'fr-FR',
  colon: '\u00a0: ',
  otherLanguages: 'Autres langues',
  videoVisit: 'Consultation vidéo',
  yourVisit: 'Votre consultation',
  newTime: 'Nouvel horaire',
  previousTime: 'Ancien horaire',
  plannedTime: 'Horaire prévu',
  expectedTime: 'Début estimé',
  startsIn: (duration: string) => `Commence dans ${duration}`,
  startsSoon: 'Commence dans moins d’une minute',
  opensAt: (time: string) => `Vous pourrez rejoindre à partir de ${time}`,
  addToCalendar: 'Ajouter au calendrier',
  updatesItself: 'Cette page se met à jour toute seule.',
  updateNow: 'Vérifier maintenant',
  updatesStopped:
    'Cette page ne peut pas se mettre à jour pour le moment. Vérifiez votre connexion, puis choisissez «\u00a0Vérifier maintenant\u00a0».',
  join: 'Rejoindre la consultation',
  joinNote: 'S’ouvre dans ce navigateur, sans application ni compte.',
  beforeYouJoin: 'Avant de rejoindre',
  tipPlace: 'Installez-vous dans un endroit calme et privé, avec une bonne connexion.',
  tipAllow: 'Lorsque le navigateur vous le demande, autorisez l’accès à la caméra et au micro.',
  tipName: 'Saisissez votre nom lorsque Teams le demande, pour que l’équipe soignante vous reconnaisse.',
  tipLobby: 'Vous patientez en salle d’attente jusqu’à ce que l’équipe soignante vous fasse entrer.',
  needHelp: 'Besoin d’aide\u202f?',
  callClinic: (number: string) => `Appeler le ${number}`,
  callClinicNote: 'Votre établissement peut vous aider par téléphone.',
  contactClinic: 'Contactez votre établissement de soins.',
  dialIn: (number: string) => `Rejoindre par téléphone\u00a0: ${number}`,
  dialInNote: 'Pas de vidéo\u202f? Rejoignez la consultation par téléphone, avec le son seulement.',
  dialInCode: (code: string) => `Lorsque l’ID de conférence vous est demandé, composez le ${code}.`,
  emergency:
    'En cas d’urgence, n’attendez pas cette consultation. Appelez le numéro d’urgence de votre région.',
  tooEarly: {
    title: 'Vous êtes en avance',
    lead: 'Votre consultation n’a pas encore commencé. Revenez sur cette page à l’heure indiquée, avec le même lien.',
  },
  ready: {
    title: 'Votre consultation est prête',
    lead: 'Vous pouvez la rejoindre dès maintenant.',
  },
  late: {
    title: 'L’équipe soignante a du retard',
    lead: 'Veuillez nous excuser. Votre consultation aura bien lieu. Merci de rester à proximité.',
  },
  moved: {
    title: 'Votre consultation a un nouvel horaire',
    lead: 'Elle a été déplacée. Le même lien fonctionnera à la nouvelle heure.',
  },
  cancelled: {
    title: 'Cette consultation a été annulée',
    lead: 'Il n’y a rien à rejoindre. Pour prendre un nouveau rendez-vous, contactez votre établissement de soins.',
  },
  notVideo: {
    title: 'Cette consultation n’a plus lieu par vidéo',
    lead: 'Votre rendez-vous est maintenu, mais pas par vidéo. Demandez à votre établissement où vous rendre.',
  },
  over: {
    title: 'Cette consultation est terminée',
    lead: 'Le lien n’ouvre plus de consultation. Si vous avez encore besoin de parler à quelqu’un, contactez votre établissement de soins.',
  },
  notFound: {
    title: 'Ce lien n’ouvre aucune consultation',
    lead: 'Il a peut-être expiré, ou il est incomplet. Ouvrez-le à nouveau depuis le dernier message reçu.',
  },
  unavailable: {
    title: 'Nous ne pouvons pas vérifier votre consultation pour le moment',
    lead: 'Le système de l’établissement ne répond pas. Nous continuons d’essayer\u00a0: vous n’avez rien à faire.',
    canJoin: 'Nous ne pouvons pas confirmer l’heure pour le moment, mais vous pouvez tout de même rejoindre.',
  },
  failure: {
    next: 'Que faire',
    tryAgain: 'Réessayer',
    reference: (reference: string) => `Si vous appelez, indiquez cette référence\u00a0: ${reference}`,
  },
} satisfies Words

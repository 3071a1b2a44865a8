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
  pressedJoin: (time: string) =>
    `Vous avez ouvert la consultation à ${time}. Si vous l’avez quittée, vous pouvez la rejoindre à nouveau.`,
  joinFailed:
    'La consultation n’a pas pu s’ouvrir. Patientez un instant, puis appuyez de nouveau sur le bouton.',
  calendarNote: 'Ouvrez ce lien à l’heure de votre consultation, sans application ni compte.',
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
    lead: 'Le système de l’établissement ou le nôtre ne répond pas. Nous continuons d’essayer\u00a0: vous n’avez rien à faire.',
    canJoin: 'Nous ne pouvons pas confirmer l’heure pour le moment, mais vous pouvez tout de même rejoindre.',
  },
  noVisit: {
    title: 'Nous n’avons trouvé aucune consultation vidéo',
    lead: 'Votre portail patient n’indique aucune consultation vidéo à venir. Si vous en attendez une, contactez votre établissement de soins.',
  },
  launchFailed: {
    title: 'Votre consultation n’a pas pu être ouverte d’ici',
    lead: 'Revenez à votre portail patient et ouvrez la consultation une nouvelle fois. Le lien de notre message fonctionne aussi.',
  },
  framed: {
    title: 'Votre consultation vidéo',
    lead: 'La consultation s’ouvre dans sa propre fenêtre.',
    open: 'Ouvrir la consultation',
  },
  browser: {
    inApp:
      'Vous avez ouvert cette page dans une autre application, où les consultations vidéo échouent souvent. Ouvrez plutôt le lien du message dans Safari ou Chrome.',
    ios: 'Teams risque de ne pas fonctionner dans ce navigateur. Sur cet appareil, ouvrez le lien du message dans Safari ou Chrome.',
    android:
      'Teams risque de ne pas fonctionner dans ce navigateur. Sur cet appareil, ouvrez le lien du message dans Chrome.',
    desktop:
      'Teams risque de ne pas fonctionner dans ce navigateur. Sur cet ordinateur, ouvrez le lien dans Chrome, Edge ou Safari.',
    old: 'Ce navigateur est trop ancien pour Teams. Mettez-le à jour ou ouvrez le lien sur un autre appareil.',
  },
  check: {
    title: 'Testez votre caméra et le son',
    intro:
      'Cela prend une minute et rien n’est enregistré. L’équipe soignante voit seulement ce qui a fonctionné ou non.',
    start: 'Commencer le test',
    again: 'Refaire le test',
    end: 'Terminer le test',
    testing: 'Test en cours',
    works: 'Fonctionne',
    fails: 'Ne fonctionne pas',
    camera: 'Caméra',
    microphone: 'Micro',
    speaker: 'Haut-parleur',
    connection: 'Connexion',
    picture: 'Image de votre caméra',
    level: 'Volume de votre voix',
    speak: 'Dites quelques mots. La barre doit bouger.',
    play: 'Écouter un son',
    heard: 'Avez-vous entendu le son\u202f?',
    yes: 'Oui, je l’ai entendu',
    no: 'Non, rien entendu',
    allGood: 'Tout fonctionne. Vous êtes prêt pour votre consultation.',
    notAllGood: 'Tout ne fonctionne pas encore. Suivez les conseils ci-dessus, puis refaites le test.',
    ways: 'Vous pouvez participer malgré tout',
    wayJoin: 'Rejoignez sans caméra\u00a0: l’équipe soignante pourra vous entendre.',
    wayPhone: 'Rejoignez par téléphone, avec le numéro indiqué sur cette page.',
    wayClinic: 'Contactez votre établissement et dites ce qui ne fonctionne pas.',
    help: {
      unsupported:
        'Ce navigateur ne permet pas à une page de l’utiliser. Ouvrez le lien du message dans Safari ou Chrome.',
      missingCamera: 'Aucune caméra trouvée. Si vous en avez une, branchez-la ou allumez-la.',
      missingMicrophone: 'Aucun micro trouvé. Si vous en avez un, branchez-le ou allumez-le.',
      slow: 'La connexion est lente. Rapprochez-vous de votre Wi-Fi, ou passez du Wi-Fi aux données mobiles.',
      offline: 'Cette page n’arrive pas à nous joindre. Vérifiez votre connexion à internet.',
      blocked: {
        ios: 'Cette page n’y a pas accès. Dans Safari, touchez le bouton à côté de l’adresse, puis les réglages du site web, et choisissez Autoriser. Dans Chrome, ouvrez l’app Réglages, choisissez Chrome et activez l’accès.',
        android:
          'Cette page n’y a pas accès. Touchez le bouton à gauche de l’adresse, puis Autorisations, et activez l’accès.',
        desktop:
          'Cette page n’y a pas accès. Choisissez le bouton à gauche de l’adresse et autorisez l’accès.',
      },
      busy: {
        ios: 'Une autre application l’utilise. Terminez vos appels et fermez vos autres applications.',
        android: 'Une autre application l’utilise. Terminez vos appels et fermez vos autres applications.',
        desktop: 'Un autre programme l’utilise. Fermez les autres programmes et onglets vidéo.',
      },
      silent: {
        ios: 'Nous n’avons rien entendu. Parlez plus fort et vérifiez que rien ne couvre le bas du téléphone.',
        android:
          'Nous n’avons rien entendu. Parlez plus fort et vérifiez que rien ne couvre le bas du téléphone.',
        desktop: 'Nous n’avons rien entendu. Vérifiez que le bon micro est choisi et qu’il n’est pas coupé.',
      },
      speaker: {
        ios: 'Montez le volume et désactivez le mode silencieux. Déconnectez les écouteurs que vous ne portez pas.',
        android: 'Montez le volume multimédia. Déconnectez les écouteurs que vous ne portez pas.',
        desktop: 'Montez le volume et vérifiez quel haut-parleur ou casque est choisi.',
      },
    },
  },
  failure: {
    next: 'Que faire',
    tryAgain: 'Réessayer',
    reference: (reference: string) => `Si vous appelez, indiquez cette référence\u00a0: ${reference}`,
  },
} satisfies Words

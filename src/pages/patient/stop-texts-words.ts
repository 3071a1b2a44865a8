import type { Language } from '../words/index.ts'

type StopWords = {
  readonly link: string
  readonly title: string
  readonly ask: string
  readonly stop: string
  readonly stoppedTitle: string
  readonly stopped: string
  readonly again: string
  readonly back: string
  readonly unreadable: string
}

/** The page on which a patient stops texts that cannot be answered. */
export const stopTextsWords: Readonly<Record<Language, StopWords>> = {
  en: {
    link: 'Stop text messages',
    title: 'Stop text messages?',
    ask: 'This phone will get no more confirmations and reminders of video visits from this clinic. Your visits stay as they are.',
    stop: 'Stop text messages',
    stoppedTitle: 'Text messages are stopped',
    stopped: 'This phone gets no more text messages about video visits from this clinic.',
    again: 'Get text messages again',
    back: 'Back to the visit',
    unreadable: 'This did not work just now. Try again in a minute, or call the clinic.',
  },
  es: {
    link: 'No recibir más mensajes',
    title: '¿No recibir más mensajes?',
    ask: 'Este teléfono no recibirá más confirmaciones ni recordatorios de citas por video de esta clínica. Sus citas no cambian.',
    stop: 'No recibir más mensajes',
    stoppedTitle: 'Ya no recibirá mensajes',
    stopped: 'Este teléfono no recibe más mensajes de esta clínica sobre citas por video.',
    again: 'Volver a recibir mensajes',
    back: 'Volver a la cita',
    unreadable: 'No ha funcionado en este momento. Inténtelo de nuevo en un minuto o llame a la clínica.',
  },
  fr: {
    link: 'Ne plus recevoir de SMS',
    title: 'Ne plus recevoir de SMS ?',
    ask: 'Ce téléphone ne recevra plus de confirmations ni de rappels de rendez-vous vidéo de cette clinique. Vos rendez-vous ne changent pas.',
    stop: 'Ne plus recevoir de SMS',
    stoppedTitle: 'Vous ne recevrez plus de SMS',
    stopped: 'Ce téléphone ne reçoit plus de SMS de cette clinique sur les rendez-vous vidéo.',
    again: 'Recevoir à nouveau des SMS',
    back: 'Retour au rendez-vous',
    unreadable: 'Cela n’a pas fonctionné. Réessayez dans une minute ou appelez la clinique.',
  },
}

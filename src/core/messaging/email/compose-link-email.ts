import type { Language } from '../../sites/site.ts'
import { localTime } from '../compose.ts'
import { type ComposedEmail, emailWords, escaped } from './compose-email.ts'

export type LinkEmail = {
  readonly guest: boolean
  readonly start: Date
  readonly timeZone: string
  readonly language: Language
  readonly link: string
  readonly clinicName?: string | undefined
}

const SAYS: Readonly<Record<Language, { patient: string; guest: string; subject: string }>> = {
  en: {
    subject: 'Link to a video visit',
    patient: 'Your video visit is on {when}.',
    guest: 'You are invited to a video visit on {when}. You wait in a lobby until somebody lets you in.',
  },
  es: {
    subject: 'Enlace a una cita por video',
    patient: 'Su cita por video es el {when}.',
    guest:
      'Le invitan a una cita por video el {when}. Esperará en una sala hasta que alguien le deje entrar.',
  },
  fr: {
    subject: 'Lien vers un rendez-vous vidéo',
    patient: 'Votre rendez-vous vidéo est le {when}.',
    guest:
      'Vous êtes invité à un rendez-vous vidéo le {when}. Vous attendez dans une salle jusqu’à ce qu’on vous fasse entrer.',
  },
}

/** The e-mail with a link that somebody at the clinic sent by hand. It names neither the patient nor the clinician. */
export function composeLinkEmail(input: LinkEmail): ComposedEmail {
  const words = SAYS[input.language]
  const { open, linkNote } = emailWords[input.language]
  const subject = input.clinicName ? `${words.subject} (${input.clinicName})` : words.subject
  const when = localTime(input.start, input.timeZone, input.language)
  const says = (input.guest ? words.guest : words.patient).replace('{when}', () => when)
  return {
    subject,
    plainText: [says, `${open}: ${input.link}`, linkNote].join('\n\n'),
    html: [
      `<!doctype html><html lang="${input.language}" dir="ltr"><head><meta charset="utf-8">`,
      '<meta name="viewport" content="width=device-width,initial-scale=1">',
      `<title>${escaped(subject)}</title></head>`,
      '<body style="margin:0;padding:24px 16px;font:17px/1.5 \'Segoe UI\',system-ui,sans-serif">',
      `<p>${escaped(says)}</p><p><a href="${escaped(input.link)}">${escaped(open)}</a></p>`,
      `<p>${escaped(linkNote)}</p></body></html>`,
    ].join(''),
    attachments: [],
  }
}

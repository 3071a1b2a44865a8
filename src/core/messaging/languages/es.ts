import type { OptOutWords, TextWords } from './words.ts'

export const es: TextWords = {
  booked: 'Cita por video: {when}. Entre: {link} {optOut}',
  moved: 'Su cita por video cambia a {when}. {link} {optOut}',
  cancelled: 'Cita por video cancelada: {when}. {link} {optOut}',
  not_video: 'Su cita no será por video: {when}. {link} {optOut}',
  reminder: 'Recuerde: cita por video {when}. {link} {optOut}',
}

export const esOptOut: OptOutWords = { reply: 'Baja: responda STOP.', link: 'Baja: en el enlace.' }

import type { TextWords } from './words.ts'

export const es: TextWords = {
  booked: 'Cita por video: {when}. Entre: {link} Baja: responda STOP.',
  moved: 'Su cita por video cambia a {when}. {link} Baja: responda STOP.',
  cancelled: 'Cita por video cancelada: {when}. {link} Baja: responda STOP.',
  not_video: 'Su cita no será por video: {when}. {link} Baja: responda STOP.',
  late: 'Retraso: su cita por video {when}. {link} Baja: responda STOP.',
  link: 'Su cita por video: {when}. Entre: {link} Baja: responda STOP.',
  guest: 'Le invitan a una cita por video: {when}. {link} Baja: STOP.',
  reminder: 'Recuerde: cita por video {when}. {link} Baja: responda STOP.',
}

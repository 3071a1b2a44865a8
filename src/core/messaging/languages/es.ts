import type { TextWords } from './words.ts'

export const es: TextWords = {
  booked: 'Cita por video: {when}. Entre aqui: {link} STOP para no recibir mas.',
  moved: 'Su cita por video cambia a: {when}. Entre: {link} STOP para no recibir mas.',
  cancelled: 'Cita por video cancelada: {when}. {link} STOP para no recibir mas.',
  not_video: 'Su cita ya no es por video: {when}. {link} STOP para no recibir mas.',
  reminder: 'Recuerde su cita por video: {when}. Entre: {link} STOP para no recibir mas.',
}

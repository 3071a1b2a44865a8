import type { EmailWords } from './words.ts'

export const es: EmailWords = {
  booked: {
    subject: 'Su consulta por video está programada',
    lead: 'Su consulta por video es el {when}.',
  },
  moved: {
    subject: 'Su consulta por video tiene un nuevo horario',
    lead: 'Su consulta por video ahora es el {when}.',
  },
  cancelled: {
    subject: 'Su consulta por video fue cancelada',
    lead: 'Su consulta por video del {when} fue cancelada. No hay ninguna consulta a la que entrar.',
  },
  not_video: {
    subject: 'Su consulta ya no es por video',
    lead: 'Su consulta del {when} ya no es por video. Pregunte a su clínica adónde debe ir.',
  },
  reminder: {
    subject: 'Recordatorio de su consulta por video',
    lead: 'Su consulta por video es el {when}.',
  },
  summary: 'Consulta por video',
  open: 'Abrir su consulta',
  linkNote:
    'Este enlace abre su consulta en el navegador, sin ninguna aplicación ni cuenta. Por favor, no lo comparta.',
  callClinic: '¿Tiene preguntas? Llame a su clínica: {phone}',
  emergency: 'En caso de emergencia, no espere a esta consulta. Llame al número de emergencias de su zona.',
}

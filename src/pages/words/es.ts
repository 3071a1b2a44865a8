import type { Words } from './en.ts'

/** What patients read, in Spanish (as spoken in the Americas, formal address). */
export const es = {
  languageName: 'Español',
  locale: 'es-US',
  colon: ': ',
  otherLanguages: 'Otros idiomas',
  videoVisit: 'Consulta por video',
  yourVisit: 'Su consulta',
  newTime: 'Nuevo horario',
  previousTime: 'Horario anterior',
  plannedTime: 'Horario previsto',
  expectedTime: 'Inicio estimado',
  startsIn: (duration: string) => `Comienza en ${duration}`,
  startsSoon: 'Comienza en menos de un minuto',
  opensAt: (time: string) => `Puede entrar a partir de esta hora: ${time}`,
  addToCalendar: 'Agregar al calendario',
  updatesItself: 'Esta página se actualiza sola.',
  updateNow: 'Comprobar ahora',
  updatesStopped:
    'Esta página no puede actualizarse en este momento. Revise su conexión y luego elija «Comprobar ahora».',
  join: 'Entrar a la consulta',
  joinNote: 'Se abre en este navegador. No necesita ninguna aplicación ni cuenta.',
  beforeYouJoin: 'Antes de entrar',
  tipPlace: 'Busque un lugar tranquilo y privado, con buena conexión.',
  tipAllow: 'Cuando se le pida, permita que este navegador use la cámara y el micrófono.',
  tipName: 'Escriba su nombre cuando Teams se lo pida, para que el equipo médico sepa quién es.',
  tipLobby: 'Esperará en la sala de espera hasta que el equipo médico le dé acceso.',
  needHelp: '¿Necesita ayuda?',
  callClinic: (number: string) => `Llamar al ${number}`,
  callClinicNote: 'Su clínica puede ayudarle por teléfono.',
  contactClinic: 'Comuníquese con su clínica.',
  dialIn: (number: string) => `Entrar por teléfono: ${number}`,
  dialInNote: '¿No tiene video? Entre a la consulta por teléfono, solo con sonido.',
  dialInCode: (code: string) => `Cuando se le pida el ID de conferencia, marque ${code}.`,
  emergency: 'En caso de emergencia, no espere a esta consulta. Llame al número de emergencias de su zona.',
  tooEarly: {
    title: 'Llegó temprano',
    lead: 'Su consulta aún no ha comenzado. Vuelva a esta página a la hora indicada, con el mismo enlace.',
  },
  ready: {
    title: 'Su consulta está lista',
    lead: 'Ya puede entrar.',
  },
  late: {
    title: 'Su equipo médico está retrasado',
    lead: 'Disculpe la espera. Su consulta sí se realizará. Por favor, permanezca cerca.',
  },
  moved: {
    title: 'Su consulta tiene un nuevo horario',
    lead: 'Se cambió el horario. El mismo enlace funcionará a la nueva hora.',
  },
  cancelled: {
    title: 'Esta consulta fue cancelada',
    lead: 'No hay ninguna consulta a la que entrar. Para programar otra, comuníquese con su clínica.',
  },
  notVideo: {
    title: 'Esta consulta ya no es por video',
    lead: 'Su cita sigue programada, pero no por video. Pregunte a su clínica adónde debe ir.',
  },
  over: {
    title: 'Esta consulta ya terminó',
    lead: 'El enlace ya no abre ninguna consulta. Si aún necesita hablar con alguien, comuníquese con su clínica.',
  },
  notFound: {
    title: 'Este enlace no abre ninguna consulta',
    lead: 'Es posible que haya vencido o que esté incompleto. Vuelva a abrirlo desde el último mensaje que le enviamos.',
  },
  unavailable: {
    title: 'No podemos verificar su consulta en este momento',
    lead: 'El sistema de la clínica no responde. Seguimos intentándolo; usted no tiene que hacer nada.',
    canJoin: 'No podemos confirmar la hora en este momento, pero de todos modos puede entrar.',
  },
  failure: {
    next: 'Qué hacer',
    tryAgain: 'Intentar de nuevo',
    reference: (reference: string) => `Si llama, indique esta referencia: ${reference}`,
  },
} satisfies Words
